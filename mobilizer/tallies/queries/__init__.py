"""The counts of any day, and what stands under what. None of it grows with the findings."""

from mobilizer.tallies.queries.beside import reasons, reported
from mobilizer.tallies.queries.counts import (
    Counted,
    counted,
    counted_all,
    counts_on,
    subjects,
)
from mobilizer.tallies.queries.moving import Moved, found_in, moved, readings
from mobilizer.tallies.queries.standing import (
    headlines,
    headlines_between,
    numbers_under,
    promises_under,
    sets_on,
    stands_on,
)

__all__ = [
    "Counted",
    "Moved",
    "counted",
    "counted_all",
    "counts_on",
    "found_in",
    "headlines",
    "headlines_between",
    "moved",
    "numbers_under",
    "promises_under",
    "readings",
    "reasons",
    "reported",
    "sets_on",
    "stands_on",
    "subjects",
]
