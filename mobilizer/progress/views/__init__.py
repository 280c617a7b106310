"""The pages and files on which months are counted."""

from mobilizer.progress.views import files, pages
from mobilizer.progress.views.frame import bp

__all__ = ["bp", "files", "pages"]
