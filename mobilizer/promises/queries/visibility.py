"""Who sees which promises."""

from sqlalchemy import ColumnElement, Select, and_, false, or_, select

from mobilizer.accounts.models import User
from mobilizer.accounts.rules import Reach, Role
from mobilizer.cycles.models import Cycle
from mobilizer.places.models import Place
from mobilizer.places.queries import inside
from mobilizer.places.rules import PlaceKind
from mobilizer.promises.models import Promise, PromisePlace
from mobilizer.promises.rules import PromiseState


def visible_to(user: User) -> Select[Promise]:
    """A mobilizer sees what has been checked in her cycles, and drafts of her own.

    A mentor and a coordinator see the drafts of others too.
    """
    reads, checks = cycle_ids(user, "promise.read"), cycle_ids(user, "promise.check")
    return select(Promise).where(
        Promise.cycle_id.in_(reads),
        or_(
            Promise.state != PromiseState.DRAFT,
            Promise.logged_by_id == user.id,
            Promise.cycle_id.in_(checks),
        ),
    )


def public_promises(cycle: Cycle) -> Select[Promise]:
    """The published promises of a cycle."""
    return select(Promise).where(
        Promise.cycle_id == cycle.id, Promise.state == PromiseState.PUBLISHED
    )


def within(user: User, permission: str) -> ColumnElement[bool]:
    """The promises a permission reaches for a person: her own, those of her regions, or all."""
    reached: list[ColumnElement[bool]] = [false()]
    for cycle_id in sorted(cycle_ids(user, permission)):
        in_cycle = Promise.cycle_id == cycle_id
        reach = user.reach(permission, cycle_id)
        if reach == Reach.OWN:
            reached.append(and_(in_cycle, Promise.logged_by_id == user.id))
        elif reach == Reach.REGION:
            mine = or_(
                stands_in(user.region_ids(Role.MENTOR, cycle_id)), Promise.logged_by_id == user.id
            )
            reached.append(and_(in_cycle, mine))
        elif reach is not None:
            reached.append(in_cycle)
    return or_(*reached)


def stands_in(region_ids: set[int]) -> ColumnElement[bool]:
    """Made for the whole country, or for a place in one of these regions."""
    there = select(Place.id).where(Place.id.in_(region_ids)).cte(recursive=True)
    there = there.union(select(Place.id).where(Place.parent_id == there.c.id))
    return Promise.id.in_(
        select(PromisePlace.promise_id)
        .join(Place, Place.id == PromisePlace.place_id)
        .where(or_(Place.kind == PlaceKind.COUNTRY, Place.id.in_(select(there.c.id))))
    )


def inside_places(*places: Place) -> ColumnElement[bool]:
    """Made for one of these places, or for a place that lies in one."""
    there = select(PromisePlace.promise_id).where(PromisePlace.place_id.in_(inside(*places)))
    return Promise.id.in_(there)


def cycle_ids(user: User, permission: str) -> set[int]:
    """The cycles in which a person holds a permission, however far it reaches there."""
    return {
        posting.cycle_id
        for posting in user.current_postings
        if posting.cycle_id is not None and user.reach(permission, posting.cycle_id) is not None
    }


def cycles_of(user: User, permission: str) -> Select[Cycle]:
    """The same as records, the latest first."""
    mine = Cycle.id.in_(cycle_ids(user, permission))
    return select(Cycle).where(mine).order_by(Cycle.first_month.desc(), Cycle.id.desc())
