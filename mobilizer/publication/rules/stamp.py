"""What a kept page was made of: the publication's number, and the days on which it was read.

Public pages tell days (late by so many, as of today), each where its cycle is. So a stamp holds
until the next midnight in any of these time zones.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(eq=False)
class Stamp:
    """A state of what the public sees. Two are the same only if they are one."""

    number: int
    #: The day on which the number was reached; None before the first.
    raised_on: date | None
    zones: frozenset[str]
    begins: datetime
    until: datetime
    #: When this process learned of the next one, on the clock that only goes forward.
    ended: float | None = field(default=None)

    @classmethod
    def at(
        cls, moment: datetime, number: int, raised_on: date | None, zones: Iterable[str]
    ) -> "Stamp":
        """The stamp that is in force at a moment."""
        known = frozenset(zones) or frozenset({"UTC"})
        days = [_day(moment, zone) for zone in known]
        begins, until = max(begin for begin, _ in days), min(end for _, end in days)
        return cls(number, raised_on, known, begins, until)

    def tells(self, number: int, raised_on: date | None, zones: frozenset[str]) -> bool:
        """Whether it is of this state of the publication."""
        return (number, raised_on) == (self.number, self.raised_on) and zones <= self.zones

    def holds(self, moment: datetime) -> bool:
        """Whether all its days are still the same."""
        return self.begins <= moment < self.until


def _day(moment: datetime, zone: str) -> tuple[datetime, datetime]:
    """When the day of a moment began in a time zone, and when it ends."""
    there = ZoneInfo(zone)
    day = moment.astimezone(there).date()
    return tuple(
        datetime.combine(one, time(), there).astimezone(moment.tzinfo)
        for one in (day, day + timedelta(days=1))
    )  # type: ignore[return-value]  # of two days two moments
