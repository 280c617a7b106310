"""Whose reports of a month are due soon."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import or_, select

from mobilizer.accounts.models import User
from mobilizer.assignments.models import Assignment
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle, Extension
from mobilizer.cycles.queries import months, window
from mobilizer.monitoring.models import Entry
from mobilizer.monitoring.rules.workflow import EntryState
from mobilizer.reminders.rules import DAYS_BEFORE, round_of


def near_months() -> Iterator[tuple[Cycle, date]]:
    """The months of all cycles that are due soon, for everybody or by an extension."""
    for cycle in db.session.scalars(select(Cycle).order_by(Cycle.id)):
        today = clock.today(cycle.time_zone)
        last = today + timedelta(days=max(DAYS_BEFORE))
        extended = set(
            db.session.scalars(
                select(Extension.month).where(
                    Extension.cycle_id == cycle.id, Extension.until.between(today, last)
                )
            )
        )
        for one in months(cycle):
            if round_of(one.window.due, today) or one.month in extended:
                yield cycle, one.month


def unfiled(cycle: Cycle, month: date, after: int, limit: int) -> list[tuple[int, int | None]]:
    """People with reports of a month that they have not sent, and the round it is time for.

    Args:
        cycle: whose month it is.
        month: the month.
        after: people with greater ids only.
        limit: at most so many.
    """
    today = clock.today(cycle.time_zone)
    people = db.session.scalars(
        select(Assignment.mobilizer_id)
        .join(User, User.id == Assignment.mobilizer_id)
        .outerjoin(Entry, (Entry.assignment_id == Assignment.id) & (Entry.month == month))
        .where(
            Assignment.cycle_id == cycle.id,
            Assignment.first_month <= month,
            Assignment.last_month >= month,
            Assignment.withdrawn_at.is_(None),
            User.deactivated_at.is_(None),
            or_(Entry.id.is_(None), Entry.state == EntryState.DRAFT),
            Assignment.mobilizer_id > after,
        )
        .distinct()
        .order_by(Assignment.mobilizer_id)
        .limit(limit)
    )
    to_all, later = window(cycle, month), _extensions(cycle, month)
    dues = {person: to_all.extended(later.get(person, to_all.due)).due for person in people}
    return [(person, round_of(due, today)) for person, due in dues.items()]


def _extensions(cycle: Cycle, month: date) -> dict[int, date]:
    """Until when those may file a month who were given longer, by person."""
    given = select(Extension.user_id, Extension.until).where(
        Extension.cycle_id == cycle.id, Extension.month == month
    )
    return {row.user_id: row.until for row in db.session.execute(given)}
