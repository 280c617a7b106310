"""Which assignments a person may see, and what a table of them can name."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, time

from sqlalchemy import CTE, ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload, lazyload

from mobilizer.accounts.models import Posting, StandIn, User
from mobilizer.accounts.queries import Absent, standing_in
from mobilizer.accounts.rules import Role
from mobilizer.assignments.models import Assignment, Handover
from mobilizer.assignments.rules import Held
from mobilizer.assignments.rules.plan import Ground, Mobilizer, Promised, Spot
from mobilizer.core.database import db
from mobilizer.core.text import normalise
from mobilizer.cycles.models import Cycle
from mobilizer.cycles.queries import posted
from mobilizer.cycles.rules import month_after
from mobilizer.places.models import Place
from mobilizer.places.queries import inside
from mobilizer.promises.models import Promise, PromisePlace
from mobilizer.promises.rules import PromiseState, Testability

# --- which assignments


def visible_to(user: User) -> Select[Assignment]:
    """Her own; a mentor's of her regions and mobilizers; a coordinator's of her cycles."""
    return select(Assignment).where(within_reach(user))


def run_by(user: User) -> Select[Assignment]:
    """Those of the cycles she coordinates: these she may withdraw."""
    return visible_to(user).where(Assignment.cycle_id.in_(user.cycle_ids(Role.COORDINATOR)))


def within_reach(user: User) -> ColumnElement[bool]:
    """The assignments a person may know of."""
    own = and_(
        Assignment.mobilizer_id == user.id,
        Assignment.cycle_id.in_(user.cycle_ids(Role.MOBILIZER)),
    )
    whole = Assignment.cycle_id.in_(user.cycle_ids(Role.COORDINATOR))
    return or_(own, mentored_by(user), stood_in_for(user), whole)


def mentored_by(user: User) -> ColumnElement[bool]:
    """Those given to a mentor, and those of her regions."""
    given = and_(
        Assignment.mentor_id == user.id, Assignment.cycle_id.in_(user.cycle_ids(Role.MENTOR))
    )
    of_her_regions = [
        and_(
            Assignment.cycle_id == cycle_id,
            Assignment.region_id.in_(user.region_ids(Role.MENTOR, cycle_id)),
        )
        for cycle_id in user.cycle_ids(Role.MENTOR)
    ]
    return or_(given, *of_her_regions)


def stood_in_for(user: User) -> ColumnElement[bool]:
    """Those of an absent mentor, on the days on which another looks after them."""
    return covering(user).with_only_columns(StandIn.id).correlate(Assignment).exists()


def in_place_of(user: User, assignment: Assignment) -> int | None:
    """The absent mentor for whom somebody looks after an assignment; None where it is her own."""
    own = select(Assignment.id).where(Assignment.id == assignment.id, mentored_by(user))
    covered = covering(user).join(Assignment, Assignment.id == assignment.id).where(~own.exists())
    # Rather the one it was given to than another of its region.
    first = covered.order_by(Absent.user_id != Assignment.mentor_id, StandIn.id).limit(1)
    return db.session.scalar(first.with_only_columns(Absent.user_id))


def covering(user: User) -> Select[StandIn]:
    """By what she looks after an assignment that is not hers: to be correlated with it."""
    return standing_in(user).where(
        Absent.cycle_id == Assignment.cycle_id,
        or_(Absent.region_id == Assignment.region_id, Absent.user_id == Assignment.mentor_id),
    )


def expected_in(month: date) -> ColumnElement[bool]:
    """The assignments a report on this month is owed for (``rules.is_expected``, in SQL)."""
    return and_(
        Assignment.first_month <= month,
        Assignment.last_month >= month,
        or_(
            Assignment.withdrawn_at.is_(None),
            Assignment.withdrawn_at >= datetime.combine(month_after(month), time(), UTC),
        ),
    )


def due(user: User, month: date) -> Select[Assignment]:
    """What a mobilizer owes a report on for a month."""
    return visible_to(user).where(
        Assignment.mobilizer_id == user.id, Assignment.withdrawn_at.is_(None), expected_in(month)
    )


def listed(assignments: Select[Assignment]) -> Select[Assignment]:
    """The same with all that a list shows of them, the newest first."""
    nobodys = lazyload(User.postings)
    return assignments.order_by(Assignment.created_at.desc(), Assignment.id).options(
        joinedload(Assignment.cycle),
        joinedload(Assignment.mobilizer).options(nobodys),
        joinedload(Assignment.mentor).options(nobodys),
        joinedload(Assignment.promise),
        joinedload(Assignment.place),
        joinedload(Assignment.region),
    )


def like(promise_id: int, place_id: int) -> Select[Assignment]:
    """The active assignments to a promise in a place, whoever has them."""
    return select(Assignment).where(
        Assignment.promise_id == promise_id,
        Assignment.place_id == place_id,
        Assignment.withdrawn_at.is_(None),
    )


def mobilizers_in(assignments: Select[Assignment]) -> Select[User]:
    """Whose assignments these are, by name."""
    ids = assignments.with_only_columns(Assignment.mobilizer_id)
    return (
        select(User)
        .where(User.id.in_(ids))
        .order_by(func.lower(User.full_name), User.id)
        .options(lazyload(User.postings))
    )


# --- what was handed over


def lines(assignment_ids: Iterable[str]) -> CTE:
    """These assignments and all that they were taken over from: (``of_id``, ``id``)."""
    begins = select(Assignment.id.label("of_id"), Assignment.id.label("id"))
    line = begins.where(Assignment.id.in_(assignment_ids)).cte("line", recursive=True)
    before = select(line.c.of_id, Handover.ended_id).join(Handover, Handover.begun_id == line.c.id)
    return line.union_all(before)


def passed(assignment: Assignment) -> Select[Handover]:
    """How it was taken over from another and handed over to another, if it was."""
    both = or_(Handover.begun_id == assignment.id, Handover.ended_id == assignment.id)
    return select(Handover).where(both).order_by(Handover.first_month, Handover.id)


def handed_over(assignment: Assignment) -> Select[Handover]:
    """How it was handed over to another, if it was."""
    return select(Handover).where(Handover.ended_id == assignment.id)


def is_or_was_of(assignment: Assignment, month: date) -> bool:
    """Whether a month belongs to an assignment, or did until it was handed over."""
    if assignment.first_month <= month <= assignment.last_month:
        return True
    given = db.session.scalar(handed_over(assignment))
    return given is not None and assignment.first_month <= month <= given.was_until


# --- what can be assigned, where, to whom


def promise(cycle: Cycle, number: int) -> Select[Promise]:
    """The promise of this number, if it is one of the cycle's."""
    return select(Promise).where(Promise.cycle_id == cycle.id, Promise.number == number)


def assignable(cycle: Cycle) -> Select[Promise]:
    """The promises the gate has found testable, by number."""
    return (
        select(Promise)
        .where(
            Promise.cycle_id == cycle.id,
            Promise.state != PromiseState.DRAFT,
            Promise.testability == Testability.TESTABLE,
            Promise.duplicate_of_id.is_(None),
        )
        .order_by(Promise.number)
    )


def spots(promise: Promise) -> Select[Place]:
    """The places of a promise, and all that lie in them."""
    return select(Place).where(Place.id.in_(inside(*promise.places))).order_by(Place.code)


def posting(cycle: Cycle, user_id: int, role: Role) -> Select[Posting]:
    """A person's posting of this role in a cycle."""
    return select(Posting).where(
        Posting.cycle_id == cycle.id,
        Posting.user_id == user_id,
        Posting.role == role,
        Posting.ended_at.is_(None),
    )


def mentor_ids(cycle: Cycle) -> frozenset[int]:
    """The people who are mentors in a cycle."""
    return frozenset(person.id for person in db.session.scalars(posted(cycle, Role.MENTOR)))


# --- the ground a table stands on


def ground(cycle: Cycle) -> Ground:
    """All that a table of this cycle can name, in a few queries."""
    return Ground(
        first_month=cycle.first_month,
        last_month=cycle.last_month,
        promises=_promises(cycle),
        mobilizers=_mobilizers(cycle),
        places=_places(cycle.country),
        mentor_ids=mentor_ids(cycle),
        held=_held(cycle),
    )


def _promises(cycle: Cycle) -> dict[int, Promised]:
    of_it = Promise.cycle_id == cycle.id
    places = defaultdict(set)
    made_for = select(PromisePlace).join(Promise, Promise.id == PromisePlace.promise_id)
    for one in db.session.scalars(made_for.where(of_it)):
        places[one.promise_id].add(one.place_id)
    columns = (
        Promise.number,
        Promise.id,
        Promise.state,
        Promise.testability,
        Promise.duplicate_of_id,
    )
    return {
        number: Promised(id_, state, testability, frozenset(places[id_]), duplicate is not None)
        for number, id_, state, testability, duplicate in db.session.execute(
            select(*columns).where(of_it)
        )
    }


def _mobilizers(cycle: Cycle) -> dict[str, list[Mobilizer]]:
    rows = db.session.execute(
        select(User.sign_in_name, User.alias, User.id, Posting.region_id, Posting.mentor_id)
        .join(Posting, Posting.user_id == User.id)
        .where(
            Posting.cycle_id == cycle.id,
            Posting.role == Role.MOBILIZER,
            Posting.ended_at.is_(None),
            User.deactivated_at.is_(None),
        )
    )
    found: dict[str, list[Mobilizer]] = defaultdict(list)
    for sign_in_name, alias, user_id, region_id, mentor_id in rows:
        for name in {sign_in_name.casefold(), alias.casefold()} - {""}:
            found[name].append(Mobilizer(user_id, region_id, mentor_id))
    return found


def _places(country: str) -> dict[str, list[Spot]]:
    there = {
        place.id: place
        for place in db.session.scalars(select(Place).where(Place.country == country, Place.sure))
    }
    found: dict[str, list[Spot]] = defaultdict(list)
    for place in there.values():
        region = place.region
        spot = Spot(
            place.id,
            place.code,
            frozenset(one.id for one in _and_above(place)),
            region.id if region else None,
        )
        names = [*place.names.values(), *(place.also_called or [])]
        for key in {place.code.casefold(), *map(normalise, names)} - {""}:
            found[key].append(spot)
    return found


def _and_above(place: Place) -> Iterable[Place]:
    above: Place | None = place
    while above is not None:
        yield above
        above = above.parent


def _held(cycle: Cycle) -> dict[tuple[int, int], list[Held]]:
    found: dict[tuple[int, int], list[Held]] = defaultdict(list)
    active = select(Assignment).where(
        Assignment.cycle_id == cycle.id, Assignment.withdrawn_at.is_(None)
    )
    for one in db.session.scalars(active):
        found[one.promise_id, one.place_id].append(one)
    return found
