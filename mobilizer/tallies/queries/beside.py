"""What is told beside the counts of a subject, at the end of any day."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import aliased

from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.tallies.models import SideTally
from mobilizer.tallies.queries.counts import is_past
from mobilizer.tallies.queries.sources import REASONS
from mobilizer.tallies.rules import Subject
from mobilizer.tallies.rules.beside import label


def reasons(cycle: Cycle, subject: Subject, as_of: date | None = None) -> dict[str, int]:
    """How many readings of a subject give each reason why the promise stands still, by its code."""
    return _said(cycle, subject, REASONS, as_of)


def reported(cycle: Cycle, subject: Subject, month: date, as_of: date | None = None) -> int:
    """About how many promises of a subject something was found about a month.

    In a place or region each counts once for each place, as it does in the score.
    """
    return sum(_said(cycle, subject, [label(month)], as_of).values())


def _said(
    cycle: Cycle, subject: Subject, says: Iterable[str], as_of: date | None
) -> dict[str, int]:
    now = aliased(SideTally)
    last = select(now.says, now.number).where(
        now.cycle_id == cycle.id,
        now.kind == subject[0],
        now.subject_id == subject[1],
        now.says.in_(says),
        now.until.is_(None),
    )
    if is_past(cycle, as_of):  # One look for each, however many days.
        then, past = aliased(SideTally), aliased(SideTally)
        earlier = select(func.max(past.since)).where(*_same(past, now), past.since <= as_of)
        since = earlier.correlate(now).scalar_subquery()
        here = and_(*_same(then, now), then.since == since)
        last = last.join(then, here).with_only_columns(now.says, then.number)
    return {code: number for code, number in db.session.execute(last) if number}


def _same(one: Any, other: Any) -> tuple[ColumnElement[bool], ...]:
    names = ("cycle_id", "kind", "subject_id", "says")
    return tuple(getattr(one, name) == getattr(other, name) for name in names)
