"""What was found in a cycle a year ago."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, select, union_all

from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.findings.models import Finding
from mobilizer.findings.queries import published
from mobilizer.scorecards.queries.board import end_of_day
from mobilizer.scorecards.rules.ago import Span, span, year_before

#: So many findings are told, the newest ones.
TOLD = 3


@dataclass(frozen=True)
class Ago:
    """What was found a year ago, the newest first: on the very day, or as near as there is any."""

    span: Span
    findings: Sequence[Finding]


def latest_and_year_ago(cycle: Cycle, today: date, many: int) -> tuple[list[Finding], Ago | None]:
    """The newest findings of a cycle, and what was found a year before a day. One query.

    There is nothing of a year ago where nothing was found, or where the cycle is younger.
    """
    newest = _numbers(cycle).order_by(Finding.number.desc()).limit(many)
    then = (_within(cycle, *span(year_before(today), of)) for of in Span)
    wanted = union_all(*(select(some.subquery()) for some in (newest, *then)))
    found = list(db.session.scalars(published(cycle.id).where(Finding.number.in_(wanted))))
    return found[:many], _nearest(found, year_before(today), cycle.first_month)


def _within(cycle: Cycle, first: date, last: date) -> Select[int]:
    """The numbers of what was found last between two days."""
    return (
        _numbers(cycle)
        .where(
            Finding.published_at > end_of_day(first - timedelta(days=1), cycle),
            Finding.published_at <= end_of_day(last, cycle),
        )
        .order_by(Finding.published_at.desc(), Finding.number.desc())
        .limit(TOLD)
    )


def _numbers(cycle: Cycle) -> Select[int]:
    return select(Finding.number).where(Finding.cycle_id == cycle.id)


def _nearest(found: Sequence[Finding], day: date, since: date) -> Ago | None:
    """Of some findings, the newest first, those nearest to a day."""
    for of in Span if day >= since else ():
        first, last = span(day, of)
        near = [one for one in found if max(first, since) <= one.published_on <= last]
        if near:
            return Ago(of, near[:TOLD])
    return None
