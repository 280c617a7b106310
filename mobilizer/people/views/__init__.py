"""The desk for people: who is in, invitations, postings."""

from mobilizer.people.views import absences, invitations, people, postings
from mobilizer.people.views.frame import bp

__all__ = ["absences", "bp", "invitations", "people", "postings"]
