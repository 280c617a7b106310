"""How a score came to be what it is: which days are told, and what moved between two of them."""

from dataclasses import dataclass
from datetime import date, timedelta

from mobilizer.core.words import N_, Word
from mobilizer.scoring.rules import LADDER, Rating

#: So many days a history tells at most: a year of month ends, the last being today.
LONGEST = 12

#: Below the ladder stands what is on no rung of it.
_RUNGS = (Rating.NOT_YET_RATED, Rating.CANNOT_BE_RATED, *LADDER)

#: What one reading is of: a promise as a whole (then there is no place), or a promise in a place.
Key = tuple[int, int | None]


def last_month_end(day: date) -> date:
    """The last day of the month before."""
    return day.replace(day=1) - timedelta(days=1)


def told_days(first_month: date, last_month: date, as_of: date) -> tuple[date, ...]:
    """The days a cycle's history tells, in order: month ends in it, and the day it is told as of.

    Before the cycle there is that day alone.

    Args:
        first_month: the first day of the cycle's first month.
        last_month: the first day of its last month.
        as_of: the day the page is of.
    """
    days = [as_of]
    end = last_month_end(as_of)
    while end >= first_month and len(days) < LONGEST:
        if end.replace(day=1) <= last_month:
            days.append(end)
        end = last_month_end(end)
    return tuple(reversed(days))


class Direction(Word):
    """Which way a promise moved."""

    UP = "up", N_("Moved up")
    DOWN = "down", N_("Moved down")
    FIRST = "first", N_("Rated for the first time")
    OTHER = "other", N_("Can be rated no more, or again")


@dataclass(frozen=True)
class Move:
    """A promise, as a whole or in a place, whose rating is another one than on an earlier day."""

    key: Key
    before: Rating
    now: Rating

    @property
    def direction(self) -> Direction:
        """Up is towards kept, down is to the graver, in the order by which the method decides ties.

        What was not rated, or cannot be, stands on no rung: it did not move up or down.
        """
        if self.before is Rating.NOT_YET_RATED:
            return Direction.FIRST
        if not (self.before.counts and self.now.counts):
            return Direction.OTHER
        return Direction.UP if self.rungs > 0 else Direction.DOWN

    @property
    def rungs(self) -> int:
        """By how many ratings it moved up the ladder; down it is less than nought."""
        return _RUNGS.index(self.now) - _RUNGS.index(self.before)
