"""What a phone asks and sends by itself (its blueprint stands in ``frame``), and by hand."""

from mobilizer.sync.views import asking, files, things
from mobilizer.sync.views.frame import bp
from mobilizer.sync.views.parcels import parcels

__all__ = ["asking", "bp", "files", "parcels", "things"]
