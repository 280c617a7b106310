"""The ground all numbers stand on: each expected report, and the entry that came of it, if any.

A cell and the list behind it ask here with the same conditions, so that they cannot disagree.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    FromClause,
    Select,
    Subquery,
    and_,
    literal,
    or_,
    select,
    true,
    union_all,
)

from mobilizer.assignments.models import Assignment
from mobilizer.assignments.queries import expected_in
from mobilizer.cycles.models import Cycle
from mobilizer.cycles.rules import Timeliness
from mobilizer.monitoring.models import Entry
from mobilizer.monitoring.rules.workflow import EntryState
from mobilizer.progress.rules import Measure
from mobilizer.review.queries import overdue

IN_TIME = [timeliness for timeliness in Timeliness if timeliness.in_time]


@dataclass(frozen=True)
class Narrowed:
    """What is looked at of a cycle: some of its months, and whose."""

    months: tuple[date, ...]
    region_id: int | None = None
    mentor_id: int | None = None
    mobilizer_id: int | None = None

    @property
    def conditions(self) -> list[ColumnElement[bool]]:
        """The same in SQL, but for the months."""
        asked = {
            Assignment.region_id: self.region_id,
            Assignment.mentor_id: self.mentor_id,
            Assignment.mobilizer_id: self.mobilizer_id,
        }
        return [column == wanted for column, wanted in asked.items() if wanted is not None]


def listed(months: Sequence[date]) -> Subquery:
    """Months as a table of one column."""
    return union_all(*(select(literal(one, Date).label("month")) for one in months)).subquery("m")


def pairs(months: Subquery, asked: Sequence[date], *columns: Any) -> Select[Any]:
    """Assignments × the months a report on them is owed for, each beside its entry or none.

    Exactly as ``assignments.queries.expected_in`` says: what was withdrawn before a month was
    over, or handed over to somebody else, is not owed twice.
    """
    owed = or_(*(and_(months.c.month == one, expected_in(one)) for one in asked))
    its_own = (Entry.assignment_id == Assignment.id) & (Entry.month == months.c.month)
    ground: FromClause = Assignment.__table__
    return select(*columns).select_from(
        ground.join(months, owed).outerjoin(Entry.__table__, its_own)
    )


def conditions(cycle: Cycle) -> Mapping[Measure, ColumnElement[bool]]:
    """What an expected report must be to be counted under each measure."""
    came = and_(Entry.newest > 0, Entry.state != EntryState.WITHDRAWN)
    nothing = or_(Entry.id.is_(None), Entry.newest == 0, Entry.state == EntryState.WITHDRAWN)
    counted = and_(came, Entry.is_quarantined.is_(False))
    late = or_(Entry.timeliness.is_(None), Entry.timeliness.not_in(IN_TIME))
    waiting = and_(counted, Entry.state == EntryState.SUBMITTED)
    return {
        Measure.EXPECTED: true(),
        Measure.RECEIVED: counted,
        Measure.ON_TIME: and_(counted, Entry.timeliness.in_(IN_TIME)),
        Measure.LATE: and_(counted, late),
        Measure.MISSING: nothing,
        Measure.AFTER_CLOSE: and_(came, Entry.is_quarantined.is_(True)),
        Measure.WAITING: waiting,
        Measure.OVERDUE: and_(waiting, overdue([cycle])),
        Measure.RETURNED: and_(counted, Entry.state == EntryState.RETURNED),
        Measure.APPROVED: and_(counted, Entry.state == EntryState.APPROVED),
        Measure.REJECTED: and_(counted, Entry.state == EntryState.REJECTED),
    }
