"""What a sitemap lists: all public pages, those of promises in parts."""

from datetime import date
from math import ceil
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from mobilizer.core.database import db
from mobilizer.cycles import queries as cycles
from mobilizer.cycles.models import Cycle
from mobilizer.findings.models import Finding
from mobilizer.promises.models import Promise, PromiseChange
from mobilizer.promises.queries import public_promises
from mobilizer.sharing.rules.sitemap import PER_PART


def listed_cycles() -> list[Cycle]:
    """The public cycles that search engines are told of: nothing that is made up."""
    return list(db.session.scalars(cycles.public().where(~Cycle.is_demonstration)))


def last_finding(cycle: Cycle) -> date | None:
    """The day on which something was last published in a cycle."""
    return db.session.scalar(
        select(func.max(Finding.published_on)).where(Finding.cycle_id == cycle.id)
    )


def parts_of(cycle: Cycle) -> int:
    """In how many parts the promises of a cycle are listed."""
    published = public_promises(cycle).subquery()
    return ceil((db.session.scalar(select(func.count()).select_from(published)) or 0) / PER_PART)


def part(cycle: Cycle, number: int) -> list[tuple[int, date | None]]:
    """The numbers of a part's promises, counted from 1, and the days they last changed.

    No more is held in memory than one part lists, however many promises there are.
    """
    wanted = (
        public_promises(cycle)
        .with_only_columns(Promise.id, Promise.number, Promise.published_at)
        .order_by(Promise.number)
        .limit(PER_PART)
        .offset((number - 1) * PER_PART)
    )
    of_part = wanted.subquery()
    found = (
        select(Finding.promise_id, func.max(Finding.published_on))
        .join(of_part, of_part.c.id == Finding.promise_id)
        .group_by(Finding.promise_id)
    )
    changed = (
        select(PromiseChange.promise_id, func.max(PromiseChange.changed_at))
        .join(of_part, of_part.c.id == PromiseChange.promise_id)
        .group_by(PromiseChange.promise_id)
    )
    zone = ZoneInfo(cycle.time_zone)
    rows = db.session.execute(wanted).all()
    days = {key: [day] for key, day in db.session.execute(found)}
    moments = [(row.id, row.published_at) for row in rows]
    for key, moment in [*moments, *db.session.execute(changed)]:
        if moment:
            days.setdefault(key, []).append(moment.astimezone(zone).date())
    return [(row.number, max(days.get(row.id, ()), default=None)) for row in rows]
