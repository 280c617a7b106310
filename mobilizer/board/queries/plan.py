"""What would pass from one mobilizer to others, and from when on."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import joinedload, lazyload

from mobilizer.accounts.models import Posting, User
from mobilizer.accounts.rules import Role
from mobilizer.assignments.models import Assignment, Handover
from mobilizer.board.rules import Passing, digest, earliest, ends_before, nothing_left, spread
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_
from mobilizer.cycles.models import Cycle
from mobilizer.cycles.queries import month_at_hand, next_months, serving
from mobilizer.cycles.rules import month_after
from mobilizer.monitoring.models import Entry
from mobilizer.monitoring.rules.workflow import EntryState


@dataclass(frozen=True)
class Passed:
    """One assignment, who would take it from when on, or why nobody does."""

    assignment: Assignment
    first_month: date
    taker: User
    #: She has begun or filed what lies before; so it passes later than was asked.
    is_later: bool


@dataclass(frozen=True)
class Kept:
    """One assignment that stays as it is, and why."""

    assignment: Assignment
    fault: RuleBroken


@dataclass(frozen=True)
class Plan:
    """All that somebody has, from a month on, and what would become of it."""

    cycle: Cycle
    of_id: int
    first_month: date
    taker_ids: tuple[int, ...]
    passing: tuple[Passed, ...]
    kept: tuple[Kept, ...]

    @property
    def digest(self) -> str:
        """Names what passes, to whom and when."""
        return digest((row.assignment.id, row.taker.id, row.first_month) for row in self.passing)


# --- when


def begun_months(assignment_ids: Collection[str]) -> Mapping[str, set[date]]:
    """The months in which something was typed or sent and not taken back, by assignment."""
    rows = db.session.execute(
        select(Entry.assignment_id, Entry.month).where(
            Entry.assignment_id.in_(assignment_ids), _is_begun()
        )
    )
    found: dict[str, set[date]] = defaultdict(set)
    for assignment_id, month in rows:
        found[assignment_id].add(month)
    return found


def _is_begun() -> ColumnElement[bool]:
    untouched = and_(Entry.state == EntryState.DRAFT, Entry.draft.is_(None))
    return and_(Entry.state != EntryState.WITHDRAWN, ~untouched)


def first_open(cycle: Cycle) -> date:
    """The first month that can pass on: the one at hand; none of a cycle that is over."""
    today = clock.today(cycle.time_zone)
    last = next_months(cycle, today)[-1]
    is_over = last.window.closes < today
    return month_after(cycle.last_month) if is_over else month_at_hand(cycle, today)


def earliest_of(assignment: Assignment) -> date | None:
    """The first month from which an assignment can be handed over; None when none is left."""
    if assignment.withdrawn_at is not None:
        return None
    begun = begun_months([assignment.id])[assignment.id]
    return earliest(assignment, first_open(assignment.cycle), begun)


# --- who


def takers(cycle: Cycle) -> Select[Posting]:
    """The mobilizers of a cycle who can be given something, region by region."""
    return (
        serving(cycle, Role.MOBILIZER)
        .order_by(Posting.region_id, func.lower(User.full_name), User.alias, User.id)
        .options(
            joinedload(Posting.user).options(lazyload(User.postings)), joinedload(Posting.region)
        )
    )


def holders(cycle: Cycle) -> Select[User]:
    """Who has anything in a cycle from the present month on, posted still or not."""
    ids = _to_come(cycle).with_only_columns(Assignment.mobilizer_id)
    return (
        select(User)
        .where(User.id.in_(ids))
        .order_by(func.lower(User.full_name), User.alias, User.id)
        .options(lazyload(User.postings))
    )


def _to_come(cycle: Cycle) -> Select[Assignment]:
    return select(Assignment).where(
        Assignment.cycle_id == cycle.id,
        Assignment.withdrawn_at.is_(None),
        Assignment.last_month >= first_open(cycle),
    )


# --- what


def handed_by(cycle: Cycle, sending: str) -> Sequence[Handover]:
    """What a form has handed over in a cycle already; nothing where it was not sent before."""
    return db.session.scalars(
        select(Handover)
        .join(Assignment, Assignment.id == Handover.begun_id)
        .where(Handover.sending == sending, Assignment.cycle_id == cycle.id)
        .order_by(Handover.id)
    ).all()


def plan_of(cycle: Cycle, of_id: int, first_month: date, taker_ids: Sequence[int]) -> Plan:
    """What would become of all that somebody has, from a month on: as many queries as ever."""
    at_hand = max(first_month, first_open(cycle))
    held = db.session.scalars(
        _to_come(cycle)
        .where(Assignment.mobilizer_id == of_id)
        .options(joinedload(Assignment.promise), joinedload(Assignment.place))
        .order_by(Assignment.first_month, Assignment.promise_id, Assignment.id)
    ).all()
    begun = begun_months([one.id for one in held])
    first = {one.id: earliest(one, at_hand, begun[one.id]) for one in held}
    people = {
        one.user_id: one.user
        for one in db.session.scalars(takers(cycle).where(Posting.user_id.in_(taker_ids)))
        if one.user_id != of_id
    }
    named = [taker for taker in taker_ids if taker in people]
    have_it = _have_it(held, named)
    shares = spread(
        (Passing(one.id, first[one.id], have_it[one.id]) for one in held),
        named,
        _loads(cycle, named, at_hand),
    )
    passing, kept = [], []
    for one in held:
        month, taker = first[one.id], shares.to.get(one.id)
        if month is not None and taker is not None:
            is_later = month > max(at_hand, one.first_month)
            passing.append(Passed(one, month, people[taker], is_later))
        else:
            kept.append(Kept(one, _why_kept(one, first_month, month)))
    return Plan(cycle, of_id, first_month, tuple(taker_ids), tuple(passing), tuple(kept))


def _why_kept(held: Assignment, wished: date, month: date | None) -> RuleBroken:
    if wished > held.last_month:
        return ends_before(held)
    if month is None:
        return nothing_left()
    return RuleBroken(N_("Each of those chosen follows this promise in the same place already."))


def _have_it(held: Sequence[Assignment], takers: Collection[int]) -> dict[str, frozenset[int]]:
    """Who of the takers has the same work in months to come, by the assignment's id."""
    rows = db.session.execute(
        select(Assignment.promise_id, Assignment.place_id, Assignment.mobilizer_id).where(
            Assignment.promise_id.in_({one.promise_id for one in held}),
            Assignment.mobilizer_id.in_(takers),
            Assignment.withdrawn_at.is_(None),
            Assignment.last_month >= min((one.first_month for one in held), default=date.max),
        )
    )
    found: dict[tuple[int, int], set[int]] = defaultdict(set)
    for promise_id, place_id, taker in rows:
        found[promise_id, place_id].add(taker)
    return {one.id: frozenset(found[one.promise_id, one.place_id]) for one in held}


def _loads(cycle: Cycle, people: Collection[int], month: date) -> dict[int, int]:
    """How many assignments each has from a month on."""
    rows = db.session.execute(
        select(Assignment.mobilizer_id, func.count())
        .where(
            Assignment.cycle_id == cycle.id,
            Assignment.mobilizer_id.in_(people),
            Assignment.withdrawn_at.is_(None),
            Assignment.last_month >= month,
        )
        .group_by(Assignment.mobilizer_id)
    )
    return dict(rows.all())
