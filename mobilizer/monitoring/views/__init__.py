"""The phone: a mobilizer's month, and the screens on which she files it."""

from mobilizer.monitoring.views import evidence, home, screens, sending
from mobilizer.monitoring.views.shared import bp

__all__ = ["bp", "evidence", "home", "screens", "sending"]
