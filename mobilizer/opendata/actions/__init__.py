"""Making the other forms of a package, and keeping all of them to be fetched."""

from mobilizer.opendata.actions.copies import add_copies, add_zip
from mobilizer.opendata.actions.keeping import keep, keep_month

__all__ = ["add_copies", "add_zip", "keep", "keep_month"]
