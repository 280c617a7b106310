"""The list behind a number: which reports these are, or which are missing, and whose they are."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import defer, joinedload, lazyload

from mobilizer.accounts.models import User
from mobilizer.assignments.models import Assignment
from mobilizer.core.database import db
from mobilizer.core.pages import Page
from mobilizer.cycles.models import Cycle
from mobilizer.monitoring.models import Entry
from mobilizer.progress.queries.pairs import Narrowed, conditions, listed, pairs
from mobilizer.progress.queries.visible import overseen_by
from mobilizer.progress.rules import Measure

PER_PAGE = 25


@dataclass(frozen=True)
class Behind:
    """One expected report: who owes it on what, and what came of it."""

    assignment: Assignment
    month: date
    entry: Entry | None

    @property
    def came(self) -> bool:
        """Whether something was sent that can be looked at."""
        return self.entry is not None and self.entry.newest > 0


def behind(
    user: User, cycle: Cycle, measure: Measure, asked: Narrowed, number: int, total: int
) -> Page[Behind]:
    """One page of the reports that a number counts: the latest month first, then by promise.

    The number itself is known by now (``table.counts``), and not counted again.
    """
    months = listed(asked.months)
    which = (overseen_by(user, cycle), conditions(cycle)[measure], *asked.conditions)
    keys = (
        pairs(months, asked.months, Assignment.id, months.c.month, Entry.id)
        .where(*which)
        .order_by(months.c.month.desc(), Assignment.promise_id, Assignment.id)
        .limit(PER_PAGE)
        .offset((number - 1) * PER_PAGE)
    )
    found = [tuple(row) for row in db.session.execute(keys)]
    assignments = _assignments({assignment for assignment, _, _ in found})
    entries = _entries({entry for _, _, entry in found if entry})
    rows = [Behind(assignments[one], month, entries.get(entry)) for one, month, entry in found]
    return Page(rows, number, PER_PAGE, total)


def _assignments(ids: set[str]) -> dict[str, Assignment]:
    nobodys = lazyload(User.postings)
    listing = (
        select(Assignment)
        .where(Assignment.id.in_(ids))
        .options(
            joinedload(Assignment.promise),
            joinedload(Assignment.place),
            joinedload(Assignment.mobilizer).options(nobodys),
            joinedload(Assignment.mentor).options(nobodys),
        )
    )
    return {one.id: one for one in db.session.scalars(listing)}


def _entries(ids: set[str]) -> dict[str | None, Entry]:
    listing = select(Entry).where(Entry.id.in_(ids)).options(defer(Entry.draft))
    return {one.id: one for one in db.session.scalars(listing)}
