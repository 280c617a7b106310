"""What a package is of: a cycle, as far as it was published by the end of a day."""

from dataclasses import dataclass
from datetime import date, datetime

from mobilizer.core import clock
from mobilizer.cycles.models import Cycle
from mobilizer.findings.models import Finding
from mobilizer.findings.queries import head
from mobilizer.scorecards.queries import end_of_day


@dataclass(frozen=True)
class Edition:
    """What was published by the end of a day, of which ``head`` is the last finding of all.

    Where promises count, findings, replies and scores are of that day. Words, names and settings
    are as they stand when it is written: what they were before is told by ``changes`` alone.
    """

    cycle: Cycle
    day: date
    head: Finding | None

    @property
    def end(self) -> datetime:
        """The last moment of the day, where the cycle is."""
        return end_of_day(self.day, self.cycle)

    @property
    def last(self) -> int:
        """The number of the last finding; 0 before the first."""
        return self.head.number if self.head else 0


def edition(cycle: Cycle, day: date | None = None) -> Edition:
    """A cycle as of the end of a day; of today without one."""
    day = day or clock.today(cycle.time_zone)
    return Edition(cycle, day, head(until=end_of_day(day, cycle)))
