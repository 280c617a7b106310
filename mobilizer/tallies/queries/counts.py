"""How many promises of each rating a subject has, at the end of any day."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, extract, func, literal, or_, select, union_all
from sqlalchemy.orm import aliased

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.scoring.rules import Counts, Rating
from mobilizer.tallies.models import Tally
from mobilizer.tallies.rules import Kind, Subject

_RATINGS = [rating.value for rating in Rating]
_COLUMNS = [getattr(Tally, name) for name in (*_RATINGS, "listed")]

#: Made once: SQLAlchemy takes longer to learn another name of a table than a database to answer.
_LAST, _PAST = aliased(Tally), aliased(Tally)


class Counted(NamedTuple):
    """The counts of a subject, and how many promises it has, each once."""

    counts: Counts = Counts()
    listed: int = 0


def counted(cycle: Cycle, subject: Subject, as_of: date | None = None) -> Counted:
    """The counts of a cycle, topic, party, region or place; nothing where it never had any.

    Args:
        cycle: the cycle.
        subject: what is counted for.
        as_of: at the end of which day where the cycle is; now for None and from today on.
    """
    row = db.session.execute(_rows(cycle, subject, as_of)).one_or_none()
    return _counted(row) if row else Counted()


def counted_all(cycle: Cycle, as_of: date | None = None) -> dict[Subject, Counted]:
    """The same of everything in a cycle that ever had any, in one query."""
    rows = db.session.execute(_rows(cycle, None, as_of))
    return {(row.kind, row.subject_id): _counted(row) for row in rows}


def counted_on_both(
    cycle: Cycle, first: date, second: date
) -> tuple[dict[Subject, Counted], dict[Subject, Counted]]:
    """The same at the end of each of two days, in one query."""
    each = [_rows(cycle, None, day).add_columns(literal(day)) for day in (first, second)]
    found: tuple[dict[Subject, Counted], dict[Subject, Counted]] = {}, {}
    for *row, day in db.session.execute(union_all(*each)):
        found[day == second][row[0], row[1]] = _counted(row)
    return found


def subjects(cycle: Cycle, kind: Kind) -> Select[int]:
    """The keys of the topics, parties, regions or places that have a promise now."""
    return _of(Tally, cycle, kind).where(Tally.until.is_(None), Tally.listed > 0)


def counts_on(cycle: Cycle, subject: Subject, days: Sequence[date]) -> tuple[Counted, ...]:
    """The counts of a subject at the end of each of some days, in one query.

    Args:
        cycle: the cycle.
        subject: what is counted for.
        days: in order; all but the last one are the last days of months.
    """
    if not days:
        return ()
    last = days[-1] if is_past(cycle, days[-1]) else None
    at_last = Tally.until.is_(None) if last is None else _holds(last)
    at_ends = and_(Tally.until > days[0], _month(Tally.since) < _month(Tally.until))
    wanted = _of(Tally, cycle, subject[0]).where(
        Tally.subject_id == subject[1], or_(Tally.until.is_(None), at_last, at_ends)
    )
    rows = db.session.execute(
        wanted.order_by(Tally.since).with_only_columns(Tally.since, Tally.until, *_COLUMNS)
    ).all()
    told = []
    for day in days:
        now = day == days[-1] and last is None
        there = [
            row
            for row in rows
            if (row.until is None or day < row.until) and (now or row.since <= day)
        ]
        told.append(_counted(there[-1]) if there else Counted())
    return tuple(told)


def _holds(day: date) -> ColumnElement[bool]:
    return and_(Tally.since <= day, or_(Tally.until.is_(None), Tally.until > day))


def is_past(cycle: Cycle, as_of: date | None) -> bool:
    """Whether a day is over where the cycle is."""
    return as_of is not None and as_of < clock.today(cycle.time_zone)


def _rows(cycle: Cycle, subject: Subject | None, as_of: date | None) -> Select[Any]:
    """The counts of one subject, or of all of a cycle, at the end of a day."""
    columns = (Tally.kind, Tally.subject_id, *_COLUMNS)
    if not is_past(cycle, as_of):
        return _now(Tally, cycle, subject).with_only_columns(*columns)
    since = (  # One look for each subject, however many days.
        select(func.max(_PAST.since))
        .where(*_same(_PAST, _LAST), _PAST.since <= as_of)
        .correlate(_LAST)
        .scalar_subquery()
    )
    here = and_(*_same(Tally, _LAST), Tally.since == since)
    return _now(_LAST, cycle, subject).join(Tally, here).with_only_columns(*columns)


def _now(tally: Any, cycle: Cycle, subject: Subject | None) -> Select[Any]:
    """The last counts of one subject, or of all of a cycle."""
    last = select(tally.subject_id).where(tally.cycle_id == cycle.id, tally.until.is_(None))
    if subject is None:
        return last
    return last.where(tally.kind == subject[0], tally.subject_id == subject[1])


def _of(tally: Any, cycle: Cycle, kind: Kind) -> Select[Any]:
    return select(tally.subject_id).where(tally.cycle_id == cycle.id, tally.kind == kind)


def _same(one: Any, other: Any) -> tuple[ColumnElement[bool], ...]:
    names = ("cycle_id", "kind", "subject_id")
    return tuple(getattr(one, name) == getattr(other, name) for name in names)


def _counted(row: Any) -> Counted:
    *counts, listed = row[-len(_COLUMNS) :]
    return Counted(Counts(*counts), listed)


def _month(day: Any) -> ColumnElement[int]:
    return extract("year", day) * 12 + extract("month", day)
