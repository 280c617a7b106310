"""Which reports wait for whose decision, the oldest first. As many queries as ever."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, tuple_
from sqlalchemy.orm import defer, joinedload, lazyload

from mobilizer.accounts.models import User
from mobilizer.accounts.rules import Role
from mobilizer.assignments.models import Assignment
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.pages import Page, paged
from mobilizer.core.words import N_, Word
from mobilizer.cycles.models import Cycle
from mobilizer.monitoring.models import Entry, Revision
from mobilizer.monitoring.queries import visible_to
from mobilizer.monitoring.rules.workflow import EntryState, RevisionKind
from mobilizer.places.models import Place
from mobilizer.review.models import Decision
from mobilizer.review.rules import MOST_RETURNS, Verdict, due_on, is_overdue


class Shown(Word):
    """The views of the queue."""

    WAITING = "waiting", N_("Waiting")
    OVERDUE = "overdue", N_("Overdue")
    RETURNED_TWICE = "returned_twice", N_("Returned twice")
    AFTER_CLOSE = "after_close", N_("After the close")


@dataclass(frozen=True)
class Only:
    """What the queue is narrowed to: nothing named means all."""

    region: str = ""
    month: date | None = None
    kind: RevisionKind | None = None


#: The whole queue.
ALL = Only()


@dataclass(frozen=True)
class Waiting:
    """One line of the queue."""

    entry: Entry
    newest: Revision
    returns: int

    @property
    def received_on(self) -> date:
        """The day it came in, where the programme is."""
        return received_on(self.entry)

    @property
    def due_on(self) -> date:
        """The last day on which a decision is not overdue."""
        return due_on(self.received_on, self.entry.assignment.cycle.review_days)

    @property
    def is_overdue(self) -> bool:
        """Whether it has waited for too long."""
        cycle = self.entry.assignment.cycle
        return is_overdue(self.received_on, cycle.review_days, clock.today(cycle.time_zone))


@dataclass(frozen=True)
class Neighbours:
    """Where a report stands in the queue, counting from 1, and which ones are beside it."""

    at: int
    total: int
    previous: str | None
    next: str | None


def received_on(entry: Entry) -> date:
    """The day the newest revision came in, in the cycle's time zone."""
    moment = entry.received_at or entry.created_at
    return moment.astimezone(ZoneInfo(entry.assignment.cycle.time_zone)).date()


# --- which


def reviewable_by(user: User) -> Select[Entry]:
    """The entries of others that a person answers for as a mentor or coordinator."""
    # Read once for all of them: most who review have written nothing.
    wrote = select(Revision.entry_id).where(Revision.author_id == user.id)
    return visible_to(user).where(Assignment.mobilizer_id != user.id, Entry.id.not_in(wrote))


def queue(user: User) -> Select[Entry]:
    """What waits for her decision, the oldest first."""
    return waiting(user, Shown.WAITING)


def waiting(user: User, shown: Shown, only: Only = ALL) -> Select[Entry]:
    """One view of the queue, the oldest first."""
    listing = _submitted(user, only).where(_conditions(user)[shown])
    return listing.order_by(Entry.received_at, Entry.id)


def counts(user: User, only: Only = ALL) -> dict[Shown, int]:
    """How many reports each view of the queue holds."""
    conditions = _conditions(user)
    numbers = db.session.execute(
        _submitted(user, only).with_only_columns(
            *(func.count(Entry.id).filter(condition) for condition in conditions.values())
        )
    ).one()
    return dict(zip(conditions, numbers, strict=True))


def offered(user: User) -> tuple[list[Place], list[date]]:
    """The regions and the months of what waits: what the queue can be narrowed to."""
    spots = db.session.execute(
        _submitted(user, ALL).with_only_columns(Assignment.region_id, Entry.month).distinct()
    ).all()
    regions = select(Place).where(Place.id.in_({region for region, _ in spots}))
    months = sorted({month for _, month in spots}, reverse=True)
    return list(db.session.scalars(regions.order_by(Place.code))), months


def _submitted(user: User, only: Only) -> Select[Entry]:
    listing = reviewable_by(user).where(Entry.state == EntryState.SUBMITTED)
    if only.region:
        listing = listing.where(Assignment.region.has(Place.code == only.region))
    if only.month:
        listing = listing.where(Entry.month == only.month)
    if only.kind:
        newest = select(Revision.id).where(
            Revision.entry_id == Entry.id,
            Revision.number == Entry.newest,
            Revision.kind == only.kind,
        )
        listing = listing.where(newest.exists())
    return listing


def _conditions(user: User) -> dict[Shown, ColumnElement[bool]]:
    runs = Assignment.cycle_id.in_(user.cycle_ids(Role.COORDINATOR))
    is_twice = and_(Entry.newest > MOST_RETURNS, _returns() >= MOST_RETURNS)
    # What she brought at the desk she may let in, but never decide on.
    brought = select(Revision.entry_id).where(Revision.handed_in_by_id == user.id)
    counted = and_(Entry.is_quarantined.is_(False), Entry.id.not_in(brought))
    hers = and_(counted, or_(runs, ~is_twice))
    return {
        Shown.WAITING: hers,
        Shown.OVERDUE: and_(hers, overdue(_cycles(user))),
        Shown.RETURNED_TWICE: and_(counted, is_twice),
        Shown.AFTER_CLOSE: Entry.is_quarantined.is_(True),
    }


def overdue(cycles: Iterable[Cycle]) -> ColumnElement[bool]:
    """The entries of these cycles that came in too long ago (``rules.is_overdue``, in SQL)."""
    return or_(
        false(),
        *(
            and_(Assignment.cycle_id == cycle.id, Entry.received_at < _longest_ago(cycle))
            for cycle in cycles
        ),
    )


def _longest_ago(cycle: Cycle) -> datetime:
    """The beginning of the first day whose reports are not overdue yet."""
    zone = ZoneInfo(cycle.time_zone)
    today = clock.today(cycle.time_zone)
    first = today - (due_on(today, cycle.review_days) - today)
    return datetime.combine(first, time(), zone)


def _cycles(user: User) -> Sequence[Cycle]:
    ids = user.cycle_ids(Role.MENTOR) | user.cycle_ids(Role.COORDINATOR)
    return db.session.scalars(select(Cycle).where(Cycle.id.in_(ids))).all()


def _returns() -> ColumnElement[int]:
    """How often an entry was sent back."""
    return (
        select(func.count(Decision.id))
        .join(Revision, Revision.id == Decision.revision_id)
        .where(Revision.entry_id == Entry.id, Decision.verdict == Verdict.RETURN)
        .correlate(Entry)
        .scalar_subquery()
    )


# --- as it is shown


def lines(listing: Select[Entry], number: int, total: int | None = None) -> Page[Waiting]:
    """One page of a view, with what its lines show: four queries; three if its total is known."""
    page = paged(
        listing.options(
            joinedload(Entry.assignment).options(
                joinedload(Assignment.cycle),
                joinedload(Assignment.promise),
                joinedload(Assignment.place),
                joinedload(Assignment.mobilizer).options(lazyload(User.postings)),
            )
        ),
        number,
        total=total,
    )
    ids = [entry.id for entry in page.rows]
    newest = {
        revision.entry_id: revision
        for revision in db.session.scalars(
            select(Revision)
            .join(Entry, (Entry.id == Revision.entry_id) & (Entry.newest == Revision.number))
            .where(Entry.id.in_(ids))
            .options(defer(Revision.answers))
        )
    }
    counted = select(Entry.id, _returns()).where(Entry.id.in_(ids), Entry.newest > 1)
    returns = dict(db.session.execute(counted).all())
    rows = [Waiting(entry, newest[entry.id], returns.get(entry.id, 0)) for entry in page.rows]
    return Page(rows, page.number, page.per_page, page.total)


def neighbours(user: User, entry: Entry) -> Neighbours:
    """Where a report stands, or stood, in a person's queue."""
    listing = queue(user).order_by(None).with_only_columns(Entry.id)
    here = tuple_(Entry.received_at, Entry.id)
    at: Any = (entry.received_at, entry.id)
    first, last = (Entry.received_at, Entry.id), (Entry.received_at.desc(), Entry.id.desc())
    before, after = listing.where(here < at), listing.where(here > at)
    inside = listing.where(Entry.id == entry.id)
    numbers = [
        select(func.count()).select_from(one.subquery()).scalar_subquery()
        for one in (before, after, inside)
    ]
    earlier, later, is_in = db.session.execute(select(*numbers)).one()
    return Neighbours(
        at=earlier + 1 if is_in else 0,
        total=earlier + later + is_in,
        previous=db.session.scalar(before.order_by(*last).limit(1)),
        next=db.session.scalar(after.order_by(*first).limit(1)),
    )


def next_for(user: User, entry: Entry) -> str | None:
    """What comes after a report in a person's queue; at its end, what was left out before."""
    found = neighbours(user, entry)
    return found.next or db.session.scalar(queue(user).with_only_columns(Entry.id).limit(1))
