"""The coordinator's pages of replies, and the one page of the body that replies."""

from mobilizer.replies.views import contacts, links, moderating
from mobilizer.replies.views.addressee import bp as addressee_bp
from mobilizer.replies.views.frame import bp

__all__ = ["addressee_bp", "bp", "contacts", "links", "moderating"]
