"""The door, and a person's own pages."""

from mobilizer.accounts.views import invitation, own, returning, signing_in
from mobilizer.accounts.views.frame import bp

__all__ = ["bp", "invitation", "own", "returning", "signing_in"]
