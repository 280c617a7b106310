"""What a sitemap lists: all public pages, those of promises in parts."""

from datetime import date
from itertools import chain, product
from math import ceil
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from mobilizer.core.database import db
from mobilizer.cycles import queries as cycles
from mobilizer.cycles.models import Cycle
from mobilizer.findings.models import Finding
from mobilizer.findings.queries import last_day
from mobilizer.promises.models import Promise, PromiseChange
from mobilizer.sharing.rules.sitemap import PER_LIST, PER_PART
from mobilizer.tallies.queries import counted, numbers_under
from mobilizer.tallies.rules import Kind


def listed_cycles() -> list[Cycle]:
    """The public cycles that search engines are told of: nothing that is made up."""
    return list(db.session.scalars(cycles.public().where(~Cycle.is_demonstration)))


def last_finding(cycle: Cycle) -> date | None:
    """The day on which something was last published in a cycle."""
    return db.session.scalar(last_day(cycle.id))


def lists_of_parts() -> list[list[tuple[str, int]]]:
    """The lists, at least one, of parts: the code of a cycle, and which part of it is meant.

    Part 0 of a cycle is that of its scores, all others are of its promises.
    """
    each = (product([cycle.code], range(_parts_of(cycle) + 1)) for cycle in listed_cycles())
    parts = list(chain.from_iterable(each))
    return [parts[at : at + PER_LIST] for at in range(0, len(parts) or 1, PER_LIST)]


def _parts_of(cycle: Cycle) -> int:
    """In how many parts the promises of a cycle are listed."""
    return ceil(counted(cycle, (Kind.CYCLE, cycle.id)).listed / PER_PART)


def part(cycle: Cycle, number: int) -> list[tuple[int, date | None]]:
    """The numbers of a part's promises, counted from 1, and the days they last changed.

    No more is held in memory than one part lists, however many promises there are.
    """
    start = (number - 1) * PER_PART
    numbers = numbers_under(cycle, (Kind.CYCLE, cycle.id)).limit(PER_PART).offset(start)
    columns = Promise.id, Promise.number, Promise.published_at
    of_part = Promise.number.in_(db.session.scalars(numbers).all())
    rows = db.session.execute(select(*columns).where(of_part).order_by(Promise.number)).all()
    keys = [row.id for row in rows]
    found = (
        select(Finding.promise_id, func.max(Finding.published_on))
        .where(Finding.promise_id.in_(keys))
        .group_by(Finding.promise_id)
    )
    changed = (
        select(PromiseChange.promise_id, func.max(PromiseChange.changed_at))
        .where(PromiseChange.promise_id.in_(keys))
        .group_by(PromiseChange.promise_id)
    )
    zone = ZoneInfo(cycle.time_zone)
    days = {key: [day] for key, day in db.session.execute(found)}
    moments = [(row.id, row.published_at) for row in rows]
    for key, moment in [*moments, *db.session.execute(changed)]:
        if moment:
            days.setdefault(key, []).append(moment.astimezone(zone).date())
    return [(row.number, max(days.get(row.id, ()), default=None)) for row in rows]
