"""The counts of any day, and what stands under what. None of it grows with the findings."""

from mobilizer.tallies.queries.counts import Counted, counted, counted_all, history
from mobilizer.tallies.queries.standing import headlines, promises_under, stands_on

__all__ = [
    "Counted",
    "counted",
    "counted_all",
    "headlines",
    "history",
    "promises_under",
    "stands_on",
]
