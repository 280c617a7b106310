"""What is told beside the counts of a subject, at the end of any day."""

from collections.abc import Mapping, Set
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.tallies.models import SideTally
from mobilizer.tallies.queries.counts import is_past
from mobilizer.tallies.queries.sources import REASONS
from mobilizer.tallies.rules import Subject
from mobilizer.tallies.rules.beside import PLACE, label

#: Made once: SQLAlchemy takes longer to learn another name of a table than a database to answer.
_LAST, _THEN, _PAST = aliased(SideTally), aliased(SideTally), aliased(SideTally)


class Said(NamedTuple):
    """What is told beside the counts of a subject."""

    #: How many readings give each reason why the promise stands still, by its code.
    reasons: Mapping[str, int]
    #: About how many promises something was found about a month. In a place or region each counts
    #: once for each place, as it does in the score.
    reported: int
    #: The keys of the places in which anything was found.
    places: Set[int]


def said(
    cycle: Cycle, subject: Subject, month: date | None = None, as_of: date | None = None
) -> Said:
    """What is told beside a subject's counts at the end of a day, in one query.

    Args:
        cycle: the cycle.
        subject: what is told of.
        month: the one whose reports are counted; none for None.
        as_of: at the end of which day where the cycle is; now for None and from today on.
    """
    about = label(month) if month else ""
    told: dict[str, int] = dict(db.session.execute(_rows(cycle, subject, about, as_of)).all())
    places = {int(code.removeprefix(PLACE)) for code in told if code.startswith(PLACE)}
    return Said({code: told[code] for code in REASONS if code in told}, told.get(about, 0), places)


def _rows(cycle: Cycle, subject: Subject, about: str, as_of: date | None) -> Select[str, int]:
    last = select(_LAST.says, _LAST.number).where(
        _LAST.cycle_id == cycle.id,
        _LAST.kind == subject[0],
        _LAST.subject_id == subject[1],
        or_(_LAST.says.in_((*REASONS, about)), _LAST.says.startswith(PLACE)),
        _LAST.until.is_(None),
    )
    if not is_past(cycle, as_of):
        return last.where(_LAST.number > 0)
    earlier = select(func.max(_PAST.since)).where(*_same(_PAST, _LAST), _PAST.since <= as_of)
    since = earlier.correlate(_LAST).scalar_subquery()  # One look for each, however many days.
    here = and_(*_same(_THEN, _LAST), _THEN.since == since)
    then = last.join(_THEN, here).with_only_columns(_LAST.says, _THEN.number)
    return then.where(_THEN.number > 0)


def _same(one: Any, other: Any) -> tuple[ColumnElement[bool], ...]:
    names = ("cycle_id", "kind", "subject_id", "says")
    return tuple(getattr(one, name) == getattr(other, name) for name in names)
