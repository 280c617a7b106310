"""What a phone is told. Only what is hers."""

from mobilizer.sync.queries.pack import pack
from mobilizer.sync.queries.people import whose
from mobilizer.sync.queries.receipts import receipts_of, told

__all__ = ["pack", "receipts_of", "told", "whose"]
