"""What is counted of the months, and the two shares that are made of it.

Completeness is received / expected, timeliness on time / expected. A report that came in after
the close is kept apart: it is neither received nor missing until a coordinator lets it in.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Generic, Self, TypeVar

from mobilizer.core.words import N_, Word

Key = TypeVar("Key", bound=Hashable)


class By(Word):
    """What the rows of the table stand for."""

    REGION = "region", N_("Region")
    MENTOR = "mentor", N_("Mentor")
    MOBILIZER = "mobilizer", N_("Mobilizer")
    MONTH = "month", N_("Month")


class Measure(Word):
    """What is counted, in the order of every table and file."""

    EXPECTED = "expected", N_("Expected")
    RECEIVED = "received", N_("Received")
    ON_TIME = "on_time", N_("On time")
    LATE = "late", N_("Late")
    MISSING = "missing", N_("Missing")
    AFTER_CLOSE = "after_close", N_("After the close")
    WAITING = "waiting", N_("Waiting")
    OVERDUE = "overdue", N_("Decision overdue")
    RETURNED = "returned", N_("Returned")
    APPROVED = "approved", N_("Approved")
    REJECTED = "rejected", N_("Rejected")


class Ratio(Word):
    """The shares that a map of the months can show."""

    COMPLETENESS = "completeness", N_("Completeness")
    TIMELINESS = "timeliness", N_("Timeliness")

    @property
    def of(self) -> Measure:
        """What is divided by the expected."""
        return Measure.RECEIVED if self is Ratio.COMPLETENESS else Measure.ON_TIME


@dataclass(frozen=True)
class Share:
    """A part of what was expected; of nothing there is no share."""

    part: int
    whole: int

    @property
    def exact(self) -> Fraction | None:
        """The share as it is."""
        return Fraction(self.part, self.whole) if self.whole else None

    @property
    def percent(self) -> int | None:
        """The share as it is shown: rounded half up to whole percent."""
        return (200 * self.part + self.whole) // (2 * self.whole) if self.whole else None


@dataclass(frozen=True)
class Tally:
    """How many reports there are of each kind; the rest follows from these."""

    expected: int = 0
    received: int = 0
    on_time: int = 0
    after_close: int = 0
    waiting: int = 0
    overdue: int = 0
    returned: int = 0
    approved: int = 0
    rejected: int = 0

    @property
    def late(self) -> int:
        """Received after the month was due."""
        return self.received - self.on_time

    @property
    def missing(self) -> int:
        """Expected, and nothing came in, in time or out of it."""
        return self.expected - self.received - self.after_close

    def __getitem__(self, measure: Measure) -> int:
        """The count of one measure."""
        return int(getattr(self, measure.value))

    def __add__(self, other: Self) -> Self:
        """Both together."""
        names = self.__dataclass_fields__
        return type(self)(**{n: getattr(self, n) + getattr(other, n) for n in names})

    def share(self, ratio: Ratio) -> Share:
        """Completeness or timeliness."""
        return Share(self[ratio.of], self.expected)


#: What is counted by itself; the other measures are differences of these.
COUNTED = tuple(one for one in Measure if one.value in Tally.__dataclass_fields__)


@dataclass(frozen=True)
class Row(Generic[Key]):
    """One region, mentor, mobilizer or month, month by month."""

    key: Key
    months: Mapping[date, Tally]

    @property
    def total(self) -> Tally:
        """All its months together."""
        return total(self.months.values())

    def over(self, months: Iterable[date]) -> Tally:
        """Some of its months together."""
        return total(self.months.get(month, Tally()) for month in months)


def total(tallies: Iterable[Tally]) -> Tally:
    """Some tallies together; of none, nothing."""
    return sum(tallies, Tally())


def rows(cells: Mapping[tuple[Key, date], Tally]) -> dict[Key, Row[Key]]:
    """What was counted by key and month, as a row a key."""
    found: dict[Key, dict[date, Tally]] = {}
    for (key, month), tally in cells.items():
        found.setdefault(key, {})[month] = tally
    return {key: Row(key, months) for key, months in found.items()}


def by_month(
    cells: Mapping[tuple[Hashable, date], Tally], months: Iterable[date]
) -> list[Row[date]]:
    """The same turned: a row a month, whoever it was counted by."""
    return [
        Row(month, {month: total(one for (_, of), one in cells.items() if of == month)})
        for month in months
    ]
