"""The pages of following: a form, a confirmation, a page of one's own, messages in a browser."""

from mobilizer.follow.views import mail, push
from mobilizer.follow.views.frame import bp

__all__ = ["bp", "mail", "push"]
