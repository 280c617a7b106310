"""Whose months a person oversees. Every number and every list starts here."""

from datetime import date

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import lazyload

from mobilizer.accounts.models import User
from mobilizer.accounts.rules import Role
from mobilizer.assignments.models import Assignment
from mobilizer.assignments.queries import within_reach
from mobilizer.core import clock
from mobilizer.cycles.models import Cycle
from mobilizer.cycles.queries import months
from mobilizer.places.models import Place


def cycles_of(user: User) -> Select[Cycle]:
    """The cycles she coordinates or mentors in: the one that is shown first, then the latest."""
    ids = user.cycle_ids(Role.COORDINATOR) | user.cycle_ids(Role.MENTOR)
    best_first = (Cycle.is_current.desc(), Cycle.first_month.desc(), Cycle.id.desc())
    return select(Cycle).where(Cycle.id.in_(ids)).order_by(*best_first)


def overseen_by(user: User, cycle: Cycle) -> ColumnElement[bool]:
    """A coordinator's whole cycle; of a mentor's regions and mobilizers what is not her own."""
    of_it = Assignment.cycle_id == cycle.id
    if cycle.id in user.cycle_ids(Role.COORDINATOR):
        return of_it
    return and_(of_it, within_reach(user), Assignment.mobilizer_id != user.id)


def months_so_far(cycle: Cycle) -> list[date]:
    """The months that have opened; before the first has, that one."""
    today = clock.today(cycle.time_zone)
    every = months(cycle)
    return [one.month for one in every if one.window.opens <= today] or [every[0].month]


# --- who and what the rows stand for


def regions_in(overseen: ColumnElement[bool]) -> Select[Place]:
    """The regions somebody is assigned in."""
    ids = select(Assignment.region_id).where(overseen)
    return select(Place).where(Place.id.in_(ids)).order_by(Place.code)


def mobilizers_in(overseen: ColumnElement[bool]) -> Select[User]:
    """Those who report."""
    return _people(select(Assignment.mobilizer_id).where(overseen))


def mentors_in(overseen: ColumnElement[bool]) -> Select[User]:
    """Those who answer for the reports."""
    return _people(select(Assignment.mentor_id).where(overseen))


def _people(ids: Select[int]) -> Select[User]:
    return (
        select(User)
        .where(User.id.in_(ids))
        .order_by(func.lower(User.full_name), User.alias, User.id)
        .options(lazyload(User.postings))
    )
