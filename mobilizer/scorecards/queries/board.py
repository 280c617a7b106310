"""All numbers of a cycle at the end of a day: each costs what is asked for, whatever the data."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from mobilizer.cycles.models import Cycle
from mobilizer.promises.models import Promise
from mobilizer.scoring.rules import Counts, Rating
from mobilizer.tallies.queries import (
    Counted,
    counted_all,
    headlines,
)
from mobilizer.tallies.rules import Kind, Subject


def end_of_day(day: date, cycle: Cycle) -> datetime:
    """The last moment of a day in a cycle's time zone: "as of" a day means all of it."""
    following = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(cycle.time_zone))
    return following - timedelta(microseconds=1)


class Board:
    """What a cycle counts at the end of a day, read from the tallies as it is asked for.

    Headline ratings count for the cycle, its topics and parties; readings count for a place, and
    for a region those made in it and in its municipalities (model, rule 3).
    """

    def __init__(self, cycle: Cycle, as_of: date | None = None) -> None:
        """Know nothing yet. ``as_of`` None is now."""
        self.cycle, self.as_of = cycle, as_of

    @cached_property
    def overall(self) -> Counts:
        """The whole cycle."""
        return self._counted.get((Kind.CYCLE, self.cycle.id), Counted()).counts

    @cached_property
    def by_topic(self) -> dict[int, Counts]:
        """Each topic that has a promise, by its id."""
        return self._of(Kind.TOPIC)

    @cached_property
    def by_party(self) -> dict[int, Counts]:
        """Each party or coalition that has a promise, by its id."""
        return self._of(Kind.PARTY)

    @cached_property
    def by_region(self) -> dict[int, Counts]:
        """Each region in which something was promised or looked at, by its id."""
        return self._of(Kind.REGION)

    @cached_property
    def by_place(self) -> dict[int, Counts]:
        """Each place that was promised something or looked at, by its id: not what lies in it."""
        return self._of(Kind.PLACE)

    def ratings_of(self, promises: Iterable[Promise]) -> dict[int, Rating]:
        """The headline rating of each of some public promises, by its key. One query."""
        return headlines(self.cycle, [promise.id for promise in promises], self.as_of)

    @cached_property
    def _counted(self) -> dict[Subject, Counted]:
        return counted_all(self.cycle, self.as_of)

    def _of(self, wanted: Kind) -> dict[int, Counts]:
        told = self._counted.items()
        return {key: one.counts for (kind, key), one in told if kind is wanted and one.listed}


def board(cycle: Cycle, as_of: date | None = None) -> Board:
    """What a cycle counts now, or at the end of an earlier day where it is."""
    return Board(cycle, as_of)
