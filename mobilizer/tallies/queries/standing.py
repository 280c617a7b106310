"""Which promises stand under a subject, and with which headline, at the end of any day."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select

from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.scoring.rules import Rating
from mobilizer.tallies.models import Standing
from mobilizer.tallies.queries.counts import is_past
from mobilizer.tallies.rules import Kind, Subject


def stands_on(cycle: Cycle, as_of: date | None, standing: Any = Standing) -> ColumnElement[bool]:
    """Whether something stands at the end of a day where the cycle is; now from today on."""
    if not is_past(cycle, as_of):
        return standing.until.is_(None)
    return and_(standing.since <= as_of, or_(standing.until.is_(None), standing.until > as_of))


def promises_under(cycle: Cycle, subject: Subject, as_of: date | None = None) -> Select[int]:
    """The keys of the promises that stand under a subject."""
    return _under(cycle, subject, as_of)


def headlines(
    cycle: Cycle, promise_ids: Iterable[int], as_of: date | None = None
) -> dict[int, Rating]:
    """The headline ratings of some promises; those that were not public yet have none."""
    keys = list(promise_ids)
    if not keys:
        return {}
    told = select(Standing.promise_id, Standing.rating).where(
        Standing.promise_id.in_(keys),
        Standing.kind == Kind.CYCLE,
        Standing.subject_id == cycle.id,
        stands_on(cycle, as_of),
    )
    return {key: rating for key, rating in db.session.execute(told) if rating}


def numbers_under(cycle: Cycle, subject: Subject, as_of: date | None = None) -> Select[int]:
    """The public numbers of the promises that stand under a subject, in their order."""
    wanted = _under(cycle, subject, as_of)
    return wanted.with_only_columns(Standing.number).order_by(Standing.number)


def _under(cycle: Cycle, subject: Subject, as_of: date | None) -> Select[Any]:
    kind, key = subject
    return select(Standing.promise_id).where(
        Standing.cycle_id == cycle.id,
        Standing.kind == kind,
        Standing.subject_id == key,
        stands_on(cycle, as_of),
    )
