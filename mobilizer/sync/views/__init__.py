"""What a phone asks and sends by itself. The blueprint stands in ``frame``."""

from mobilizer.sync.views import asking, files, things
from mobilizer.sync.views.frame import bp

__all__ = ["asking", "bp", "files", "things"]
