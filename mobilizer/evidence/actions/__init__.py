"""What is done with evidence. The caller commits."""

from mobilizer.evidence.actions.adding import add_link, add_photo, add_request
from mobilizer.evidence.actions.photos import keep_photo, remove

__all__ = ["add_link", "add_photo", "add_request", "keep_photo", "remove"]
