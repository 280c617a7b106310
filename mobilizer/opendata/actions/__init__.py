"""Making the other forms of a package, and keeping all of them to be fetched."""

from mobilizer.opendata.actions.copies import add_copies
from mobilizer.opendata.actions.keeping import keep

__all__ = ["add_copies", "keep"]
