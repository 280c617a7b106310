"""The counts of any day, and what stands under what. None of it grows with the findings."""

from mobilizer.tallies.queries.beside import Said, said
from mobilizer.tallies.queries.counts import (
    Counted,
    counted,
    counted_all,
    counted_on_both,
    counts_on,
    subjects,
)
from mobilizer.tallies.queries.found import newest_about, page_of_all, published_between
from mobilizer.tallies.queries.moving import Moved, moved, readings
from mobilizer.tallies.queries.sets import sets_on
from mobilizer.tallies.queries.standing import (
    headlines,
    numbers_under,
    promises_under,
    stands_on,
)

__all__ = [
    "Counted",
    "Moved",
    "Said",
    "counted",
    "counted_all",
    "counted_on_both",
    "counts_on",
    "headlines",
    "moved",
    "newest_about",
    "numbers_under",
    "page_of_all",
    "promises_under",
    "published_between",
    "readings",
    "said",
    "sets_on",
    "stands_on",
    "subjects",
]
