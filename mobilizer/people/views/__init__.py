"""The desk for people: who is in, invitations, postings."""

from mobilizer.people.views import invitations, people, postings
from mobilizer.people.views.frame import bp

__all__ = ["bp", "invitations", "people", "postings"]
