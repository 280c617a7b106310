"""The months of a cycle in numbers: counted in the database, whatever their number."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func

from mobilizer.accounts.models import User
from mobilizer.assignments.models import Assignment
from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.monitoring.models import Entry
from mobilizer.places.models import Place
from mobilizer.progress.queries.pairs import Narrowed, conditions, listed, pairs
from mobilizer.progress.queries.visible import (
    mentors_in,
    mobilizers_in,
    overseen_by,
    regions_in,
)
from mobilizer.progress.rules import COUNTED, By, Measure, Row, Tally, by_month, rows, total

#: What the rows stand for -> by which column of the assignment they are counted.
KEYS: dict[By, Any] = {
    By.REGION: Assignment.region_id,
    By.MENTOR: Assignment.mentor_id,
    By.MOBILIZER: Assignment.mobilizer_id,
    By.MONTH: Assignment.region_id,
}


@dataclass(frozen=True)
class Line:
    """One row with whom or what it stands for: a region, a person, or a month."""

    of: Place | User | date
    row: Row[Any]

    @property
    def key(self) -> str:
        """What names it in an address."""
        if isinstance(self.of, Place):
            return self.of.code
        return self.of.strftime("%Y-%m") if isinstance(self.of, date) else str(self.of.id)


@dataclass(frozen=True)
class Table:
    """A cycle so far, by region, mentor, mobilizer or month."""

    by: By
    months: tuple[date, ...]
    lines: list[Line]

    @property
    def total(self) -> Row[str]:
        """All rows together."""
        return Row("", {one: self.of_month(one) for one in self.months})

    def of_month(self, month: date) -> Tally:
        """One month of all rows together."""
        return total(line.row.months.get(month, Tally()) for line in self.lines)


def table(user: User, cycle: Cycle, by: By, asked: Narrowed) -> Table:
    """What she may count of a cycle, in two queries."""
    overseen = overseen_by(user, cycle)
    cells = _cells(overseen, cycle, KEYS[by], asked)
    if by is By.MONTH:
        lines = [Line(row.key, row) for row in by_month(cells, asked.months)]
    else:
        lines = list(_named(by, overseen, rows(cells)))
    return Table(by, asked.months, lines)


def counts(user: User, cycle: Cycle, asked: Narrowed) -> Mapping[Measure, int]:
    """Each measure of what is looked at, in one query."""
    tallies = _cells(overseen_by(user, cycle), cycle, Assignment.cycle_id, asked)
    together = total(tallies.values())
    return {measure: together[measure] for measure in Measure}


def _cells(
    overseen: ColumnElement[bool], cycle: Cycle, key: Any, asked: Narrowed
) -> dict[tuple[Any, date], Tally]:
    months = listed(asked.months)
    which = conditions(cycle)
    # Of the expected there may be no entry; all else is counted by the entries that there are.
    numbers = [
        func.count(Assignment.id)
        if measure is Measure.EXPECTED
        else func.count(Entry.id).filter(which[measure])
        for measure in COUNTED
    ]
    found = db.session.execute(
        pairs(months, asked.months, key, months.c.month, *numbers)
        .where(overseen, *asked.conditions)
        .group_by(key, months.c.month)
    )
    names = [measure.value for measure in COUNTED]
    return {
        (of, month): Tally(**dict(zip(names, counted, strict=True)))
        for of, month, *counted in found
    }


def _named(by: By, overseen: ColumnElement[bool], found: Mapping[Any, Row[Any]]) -> Iterable[Line]:
    """The rows in the order of their names. Who was assigned nothing so far has none."""
    listings: dict[By, Any] = {
        By.REGION: regions_in,
        By.MENTOR: mentors_in,
        By.MOBILIZER: mobilizers_in,
    }
    for one in db.session.scalars(listings[by](overseen)):
        if one.id in found:
            yield Line(one, found[one.id])
