"""The counts of any day, and what stands under what. None of it grows with the findings."""

from mobilizer.tallies.queries.counts import (
    Counted,
    Point,
    counted,
    counted_all,
    history,
    subjects,
)
from mobilizer.tallies.queries.standing import (
    headlines,
    headlines_between,
    numbers_under,
    promises_under,
    stands_on,
)
from mobilizer.tallies.queries.stored import sets

__all__ = [
    "Counted",
    "Point",
    "counted",
    "counted_all",
    "headlines",
    "headlines_between",
    "history",
    "numbers_under",
    "promises_under",
    "sets",
    "stands_on",
    "subjects",
]
