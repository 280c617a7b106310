"""Whose board somebody sees, and what of it she may move."""

from sqlalchemy import ColumnElement, Select, or_, select, true

from mobilizer.accounts.models import Posting, User
from mobilizer.accounts.rules import Role
from mobilizer.cycles import queries as cycles
from mobilizer.cycles.models import Cycle
from mobilizer.places.models import Place


def cycles_of(user: User) -> Select[Cycle]:
    """The cycles she coordinates or mentors in, the current one first."""
    hers = user.cycle_ids(Role.COORDINATOR) | user.cycle_ids(Role.MENTOR)
    return (
        select(Cycle)
        .where(Cycle.id.in_(hers))
        .order_by(Cycle.is_current.desc(), Cycle.first_month.desc(), Cycle.id.desc())
    )


def is_whole(user: User, cycle: Cycle) -> bool:
    """Whether the whole cycle is hers to see, or her regions of it alone."""
    return cycle.id in user.cycle_ids(Role.COORDINATOR)


def postings_within(user: User, cycle: Cycle) -> ColumnElement[bool]:
    """The mobilizers on her board: all, or those of her regions and those she mentors."""
    if is_whole(user, cycle):
        return true()
    hers = user.region_ids(Role.MENTOR, cycle.id)
    return or_(Posting.region_id.in_(hers), Posting.mentor_id == user.id)


def regions_of(user: User, cycle: Cycle) -> Select[Place]:
    """The regions on her board."""
    every = cycles.regions_of(cycle)
    if is_whole(user, cycle):
        return every
    return every.where(Place.id.in_(user.region_ids(Role.MENTOR, cycle.id)))
