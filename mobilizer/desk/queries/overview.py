"""What the first page of the desk counts. As many queries as ever, however much is counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, distinct, func, or_, select
from sqlalchemy.orm import lazyload

from mobilizer.accounts.models import Posting, StandIn, User
from mobilizer.accounts.rules import Role
from mobilizer.assignments.models import Assignment
from mobilizer.assignments.queries import expected_in
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.cycles.queries import month_now, months
from mobilizer.cycles.rules import Quotas, QuotaWarning, Timeliness, Window, quota_warnings
from mobilizer.follow.queries import how_many_follow
from mobilizer.monitoring.models import Entry
from mobilizer.monitoring.rules.workflow import EntryState
from mobilizer.people.queries import invitations_visible_to, is_open, posted, stands_in_for
from mobilizer.places.models import Place
from mobilizer.places.queries import regions
from mobilizer.promises.models import Promise
from mobilizer.promises.queries import publishable_by, waiting_for
from mobilizer.replies import queries as replies
from mobilizer.requests import queries as requests
from mobilizer.review.queries import Shown, counts, overdue

#: So long after its last month has closed a cycle stays on the desk.
LINGERS = timedelta(days=60)
IN_TIME = [timeliness for timeliness in Timeliness if timeliness.in_time]


@dataclass(frozen=True)
class Running:
    """A cycle somebody works in now, and the month that is worked on."""

    cycle: Cycle
    month: date
    window: Window


@dataclass(frozen=True)
class Tally:
    """How far a month is. Whatever is not said is none."""

    expected: int = 0
    received: int = 0
    on_time: int = 0
    returned: int = 0
    approved: int = 0
    #: Of all months, not of this one alone.
    waiting: int = 0
    overdue: int = 0


@dataclass(frozen=True)
class Mentoring:
    """What a mentor finds on her desk, beside her mobilizers' month in each cycle."""

    counts: Mapping[Shown, int]
    promises_to_check: int
    #: For whom she stands in just now.
    stands_in: Sequence[StandIn] = ()
    months: list[tuple[Running, list[tuple[User, Tally]]]] = field(default_factory=list)


@dataclass(frozen=True)
class Board:
    """One cycle as its coordinator sees it."""

    running: Running
    regions: list[tuple[Place, Tally]]
    warnings: tuple[QuotaWarning, ...]
    promises_to_publish: int
    replies_waiting: int = 0
    #: Findings that are held back and nobody was told of.
    bodies_to_tell: int = 0
    #: What anybody asked and nobody has answered.
    requests_waiting: int = 0
    requests_overdue: int = 0
    #: Addresses and browsers that are told what is new.
    followers: int = 0

    @property
    def total(self) -> Tally:
        """All regions together."""
        tallies = [tally for _, tally in self.regions]
        names = Tally.__dataclass_fields__
        return Tally(**{name: sum(getattr(one, name) for one in tallies) for name in names})

    @property
    def names(self) -> dict[str, Place]:
        """The regions by their codes."""
        return {region.code: region for region, _ in self.regions}


@dataclass(frozen=True)
class People:
    """The accounts, as their administrator counts them."""

    by_role: dict[Role, int]
    accounts: int
    invitations: int


# --- when


def running(user: User, role: Role) -> list[Running]:
    """The cycles in which she holds a role and that are not long over; else her latest one."""
    cycles = db.session.scalars(
        select(Cycle)
        .where(Cycle.id.in_(user.cycle_ids(role)))
        .order_by(Cycle.first_month.desc(), Cycle.id.desc())
    ).all()
    found = [_running(cycle) for cycle in cycles]
    now = [one for one in found if _is_on(one)]
    return now or found[:1]


def _running(cycle: Cycle) -> Running:
    """The month that is open; between two, the one that was open last; at first, the first."""
    today = clock.today(cycle.time_zone)
    all_months = months(cycle)
    begun = [one for one in all_months if one.window.opens <= today] or all_months[:1]
    open_now = month_now(cycle, today)
    shown = next((one for one in all_months if one.month == open_now), begun[-1])
    return Running(cycle, shown.month, shown.window)


def _is_on(one: Running) -> bool:
    last = months(one.cycle)[-1]
    today = clock.today(one.cycle.time_zone)
    return today <= last.window.closes + LINGERS


# --- who has done what


def mentoring(user: User) -> Mentoring:
    """What waits for a mentor, and how far her mobilizers are."""
    return Mentoring(
        counts=counts(user),
        promises_to_check=count(waiting_for(user)),
        stands_in=db.session.scalars(stands_in_for(user)).all(),
        months=[(one, _mobilizers(user, one)) for one in running(user, Role.MENTOR)],
    )


def board(user: User, one: Running) -> Board:
    """A cycle's regions in numbers, and what its coordinator should see to."""
    tallies = _tallies(one, Assignment.region_id)
    there = db.session.scalars(regions(one.cycle.country)).all()
    waiting, late = requests.how_many_wait(user, one.cycle.id)
    return Board(
        running=one,
        regions=[(region, tallies.get(region.id, Tally())) for region in there],
        warnings=quota_warnings(Quotas.from_data(one.cycle.quotas), posted(one.cycle)),
        promises_to_publish=count(publishable_by(user).where(Promise.cycle_id == one.cycle.id)),
        replies_waiting=count(replies.waiting(user).where(Promise.cycle_id == one.cycle.id)),
        bodies_to_tell=count(replies.untold(user).where(Promise.cycle_id == one.cycle.id)),
        requests_waiting=waiting,
        requests_overdue=late,
        followers=how_many_follow(one.cycle.id),
    )


def people(user: User) -> People:
    """How many people there are, in which roles, and how many are expected."""
    held = db.session.execute(
        select(Posting.role, func.count(distinct(Posting.user_id)))
        .join(User, User.id == Posting.user_id)
        .where(Posting.ended_at.is_(None), User.deactivated_at.is_(None))
        .group_by(Posting.role)
    )
    numbers = dict(held.all())
    return People(
        by_role={role: numbers.get(role, 0) for role in Role},
        accounts=count(select(User).where(User.deactivated_at.is_(None))),
        invitations=count(invitations_visible_to(user).where(is_open())),
    )


def count(listing: Select[Any]) -> int:
    """How many there are in a list."""
    inside = listing.order_by(None).subquery()
    return db.session.scalar(select(func.count()).select_from(inside)) or 0


def _mobilizers(user: User, one: Running) -> list[tuple[User, Tally]]:
    mine = or_(
        Assignment.mentor_id == user.id,
        Assignment.region_id.in_(user.region_ids(Role.MENTOR, one.cycle.id)),
    )
    others = and_(mine, Assignment.mobilizer_id != user.id)
    tallies = _tallies(one, Assignment.mobilizer_id, others)
    them = db.session.scalars(
        select(User)
        .where(User.id.in_(tallies))
        .order_by(func.lower(User.full_name), User.alias, User.id)
        .options(lazyload(User.postings))
    )
    return [(mobilizer, tallies[mobilizer.id]) for mobilizer in them]


def _tallies(one: Running, by: Any, *which: ColumnElement[bool]) -> dict[int, Tally]:
    """The month in numbers, and what waits of all months, by a column of the assignment."""
    in_cycle = (Assignment.cycle_id == one.cycle.id, *which)
    came = and_(
        Entry.newest > 0, Entry.state != EntryState.WITHDRAWN, Entry.is_quarantined.is_(False)
    )
    waits = and_(came, Entry.state == EntryState.SUBMITTED)
    month: dict[str, Any] = {
        "expected": func.count(Assignment.id),
        "received": func.count(Entry.id).filter(came),
        "on_time": func.count(Entry.id).filter(came, Entry.timeliness.in_(IN_TIME)),
        "returned": func.count(Entry.id).filter(came, Entry.state == EntryState.RETURNED),
        "approved": func.count(Entry.id).filter(came, Entry.state == EntryState.APPROVED),
    }
    ever: dict[str, Any] = {
        "waiting": func.count(Entry.id).filter(waits),
        "overdue": func.count(Entry.id).filter(waits, overdue([one.cycle])),
    }
    this_month = (Entry.assignment_id == Assignment.id) & (Entry.month == one.month)
    of_month = select(by, *month.values()).outerjoin(Entry, this_month)
    of_month = of_month.where(*in_cycle, expected_in(one.month)).group_by(by)
    of_all = select(by, *ever.values()).join(Entry, Entry.assignment_id == Assignment.id)
    of_all = of_all.where(*in_cycle, waits).group_by(by)
    found: dict[int, dict[str, int]] = {}
    for listing, names in ((of_month, month), (of_all, ever)):
        for key, *numbers in db.session.execute(listing):
            found.setdefault(key, {}).update(zip(names, numbers, strict=True))
    return {key: Tally(**numbers) for key, numbers in found.items()}
