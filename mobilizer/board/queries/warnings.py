"""What somebody should see to: nothing of it blocks anything."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, joinedload, lazyload

from mobilizer.accounts.models import Posting, User
from mobilizer.assignments.models import Assignment
from mobilizer.board.queries.plan import takers
from mobilizer.board.rules import Gone
from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.cycles.rules import Headcount, Quotas, QuotaWarning, quota_warnings
from mobilizer.monitoring.models import Entry
from mobilizer.monitoring.rules.workflow import EntryState
from mobilizer.people.queries import without_mentor
from mobilizer.places.models import Place

#: So many promises that two follow are named.
MOST_TWICE = 10


@dataclass(frozen=True)
class Warnings:
    """All of them."""

    quotas: Sequence[QuotaWarning]
    #: The regions by their codes.
    names: Mapping[str, Place]
    #: Regions where mobilizers work and nobody mentors, though the plan asks for none.
    without_mentor: Sequence[Place]
    alone: Sequence[Posting]
    #: Two mobilizers follow the same promise in the same place at the same time.
    twice: Sequence[tuple[Assignment, Assignment]]

    def __bool__(self) -> bool:
        return bool(self.quotas or self.without_mentor or self.alone or self.twice)


@dataclass(frozen=True)
class Left:
    """Somebody who is no longer a mobilizer of the cycle, and what she left behind."""

    person: User
    gone: Gone


def warnings_of(
    cycle: Cycle, month: date, regions: Sequence[Place], there: Mapping[str, Headcount]
) -> Warnings:
    """What to see to in these regions."""
    names = {one.code: one for one in regions}
    here = {code: there.get(code, Headcount()) for code in names}
    found = quota_warnings(Quotas.from_data(cycle.quotas), here)
    said = {one.region for one in found}
    ids = {one.id for one in regions}
    return Warnings(
        quotas=found,
        names=names,
        without_mentor=[
            names[code]
            for code, people in here.items()
            if people.mobilizers and not people.mentors and code not in said
        ],
        alone=[
            one
            for one in db.session.scalars(without_mentor(cycle))
            if one.region_id is None or one.region_id in ids
        ],
        twice=_twice(cycle, month, ids),
    )


def _twice(cycle: Cycle, month: date, region_ids: set[int]) -> list[tuple[Assignment, Assignment]]:
    other = aliased(Assignment)
    names = joinedload(Assignment.mobilizer).options(lazyload(User.postings))
    rows = db.session.execute(
        select(Assignment, other)
        .join(
            other,
            (other.promise_id == Assignment.promise_id)
            & (other.place_id == Assignment.place_id)
            & (other.mobilizer_id != Assignment.mobilizer_id)
            & (other.id > Assignment.id),
        )
        .where(
            Assignment.cycle_id == cycle.id,
            Assignment.region_id.in_(region_ids),
            # Who follows it in a region that is not hers to see, a mentor is not told.
            other.region_id.in_(region_ids),
            Assignment.withdrawn_at.is_(None),
            other.withdrawn_at.is_(None),
            Assignment.last_month >= month,
            other.last_month >= month,
            Assignment.first_month <= other.last_month,
            other.first_month <= Assignment.last_month,
        )
        .order_by(Assignment.promise_id, Assignment.id)
        .limit(MOST_TWICE)
        .options(
            names,
            joinedload(Assignment.promise),
            joinedload(Assignment.place),
            joinedload(other.mobilizer).options(lazyload(User.postings)),
        )
    )
    return [(one, another) for one, another in rows]


def left_behind(cycle: Cycle, month: date) -> list[Left]:
    """Whoever has something here, and is no longer a mobilizer of the cycle."""
    there = takers(cycle).order_by(None).with_only_columns(Posting.user_id)
    gone = (Assignment.cycle_id == cycle.id, Assignment.mobilizer_id.not_in(there))
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    to_come = select(Assignment.mobilizer_id, func.count()).where(
        *gone, Assignment.withdrawn_at.is_(None), Assignment.last_month >= month
    )
    for person, number in db.session.execute(to_come.group_by(Assignment.mobilizer_id)):
        counts[person]["assignments"] = number
    open_entries = (
        select(Assignment.mobilizer_id, Entry.state, func.count())
        .join(Entry, Entry.assignment_id == Assignment.id)
        .where(*gone, Entry.state.in_((EntryState.SUBMITTED, EntryState.RETURNED)))
    )
    kinds = {EntryState.SUBMITTED: "waiting", EntryState.RETURNED: "returned"}
    by = open_entries.group_by(Assignment.mobilizer_id, Entry.state)
    for person, state, number in db.session.execute(by):
        counts[person][kinds[state]] = number
    people = db.session.scalars(
        select(User)
        .where(User.id.in_(counts))
        .order_by(func.lower(User.full_name), User.alias, User.id)
        .options(lazyload(User.postings))
    )
    return [Left(person, Gone(**counts[person.id])) for person in people]
