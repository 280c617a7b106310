"""How a score came to be what it is: which days are told, and what moved between two of them."""

from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from mobilizer.core.words import N_, Word
from mobilizer.scorecards.rules import Board
from mobilizer.scoring.rules import Rating, headline

#: So many days a history tells at most: a year of month ends, the last being today.
LONGEST = 12

#: What one reading is of: a promise as a whole (then there is no place), or a promise in a place.
Key = tuple[int, int | None]
Readings = Mapping[Key, Rating]


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


def readings(board: Board, place_ids: Collection[int] | None = None) -> Readings:
    """What a score counts: headline ratings, or what was found in some places (method, rule 3)."""
    if place_ids is None:
        return {(promise_id, None): rating for promise_id, rating in board.headlines.items()}
    return {key: rating for key, rating in board.placed.items() if key[1] in place_ids}


def by_promise(found: Readings) -> dict[int, Rating]:
    """The rating of each promise among some readings: of several, its headline (rule 2)."""
    several: dict[int, list[Rating]] = {}
    for (promise_id, _), rating in found.items():
        several.setdefault(promise_id, []).append(rating)
    return {promise_id: headline(ratings) for promise_id, ratings in several.items()}


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
        """Up is towards kept, in the order of every bar and table.

        What was not rated, or cannot be, stands on no rung: it did not move up or down.
        """
        if self.before is Rating.NOT_YET_RATED:
            return Direction.FIRST
        if not (self.before.counts and self.now.counts):
            return Direction.OTHER
        return Direction.UP if self.rungs > 0 else Direction.DOWN

    @property
    def rungs(self) -> int:
        """By how many ratings it moved, in their order."""
        order = list(Rating)
        return order.index(self.before) - order.index(self.now)


@dataclass(frozen=True)
class Moves:
    """All that moved between two days."""

    all: tuple[Move, ...]

    @cached_property
    def by_direction(self) -> dict[Direction, list[Move]]:
        """Those of each direction that has any, the longest ways first."""
        far = sorted(self.all, key=lambda move: (-abs(move.rungs), move.key[0], move.key[1] or 0))
        found = {way: [move for move in far if move.direction is way] for way in Direction}
        return {way: moved for way, moved in found.items() if moved}


def moves(before: Readings, now: Readings) -> Moves:
    """What is rated otherwise than on an earlier day; what was not there was not yet rated."""
    return Moves(
        tuple(
            Move(key, before.get(key, Rating.NOT_YET_RATED), rating)
            for key, rating in now.items()
            if rating is not before.get(key, Rating.NOT_YET_RATED)
        )
    )


@dataclass(frozen=True)
class Coverage:
    """How many municipalities something was found in, of those there are."""

    monitored: int
    of: int
    #: Something was found that is about a region or the whole country.
    is_wider: bool


def coverage(place_ids: Set[int], municipality_ids: Collection[int]) -> Coverage:
    """In how many of some municipalities something was found, given where all was found."""
    known = set(municipality_ids)
    return Coverage(len(place_ids & known), len(known), is_wider=bool(place_ids - known))
