"""The board of a cycle: who has what where, what is free, and what somebody should see to.

As many queries as ever, however much there is: a page holds some mobilizers, and of each so many
cards; the rest is counted.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload, lazyload

from mobilizer.accounts.models import Posting, User
from mobilizer.accounts.rules import Role
from mobilizer.assignments.models import Assignment
from mobilizer.assignments.queries import expected_in, visible_to
from mobilizer.board.queries.free import Free, free_places
from mobilizer.board.queries.plan import begun_months, first_open
from mobilizer.board.queries.visible import is_whole, postings_within, regions_of
from mobilizer.board.queries.warnings import Left, Warnings, left_behind, warnings_of
from mobilizer.board.rules import earliest
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.pages import Page, counted
from mobilizer.cycles.models import Cycle
from mobilizer.cycles.queries import month_at_hand, serving
from mobilizer.cycles.rules import Headcount, Quotas
from mobilizer.monitoring.models import Entry
from mobilizer.monitoring.rules.workflow import EntryState
from mobilizer.people.queries import posted
from mobilizer.places.models import Place
from mobilizer.promises.models import Promise
from mobilizer.promises.queries import search

#: So many mobilizers a page, and of each so many cards; whoever has more has a list of them.
PER_PAGE, MOST_CARDS = 12, 40
#: So many cards stand open; the others are folded.
UNFOLDED = 6


@dataclass(frozen=True)
class Wanted:
    """What a board is narrowed to."""

    region: Place | None = None
    topic_id: int | None = None
    text: str = ""
    page: int = 1


@dataclass(frozen=True)
class Card:
    """One assignment, and how far its report of the month at hand is."""

    assignment: Assignment
    state: EntryState | None
    #: Whether a month is left that could pass to somebody else.
    may_pass: bool


@dataclass(frozen=True)
class Column:
    """One mobilizer, what she has, and how much that is in the month at hand."""

    posting: Posting
    cards: Sequence[Card]
    #: How many pass the filters, and how many reports she owes this month.
    found: int
    load: int


@dataclass(frozen=True)
class Part:
    """One region with its mobilizers on this page, and how many are planned there."""

    region: Place | None
    columns: Sequence[Column]
    there: Headcount
    planned: Headcount


@dataclass(frozen=True)
class Board:
    """All of it."""

    cycle: Cycle
    month: date
    #: Whether its last month is closed: nothing can pass on any more.
    is_over: bool
    parts: Sequence[Part]
    page: Page[Posting]
    free: Free
    warnings: Warnings
    left: Sequence[Left]


def board(user: User, cycle: Cycle, wanted: Wanted) -> Board:
    """A cycle as its coordinator sees it, or a mentor her regions of it."""
    month = month_at_hand(cycle, clock.today(cycle.time_zone))
    regions = db.session.scalars(regions_of(user, cycle)).all()
    there = posted(cycle)
    page = _postings(user, cycle, wanted)
    columns = _columns(user, cycle, month, wanted, page.rows)
    asked = [one for one in regions if wanted.region is None or one.id == wanted.region.id]
    return Board(
        cycle=cycle,
        month=month,
        is_over=first_open(cycle) > cycle.last_month,
        parts=_parts(cycle, columns, there),
        page=page,
        free=free_places(cycle, month, asked, _narrowed(wanted), whole=is_whole(user, cycle)),
        warnings=warnings_of(cycle, month, asked, there),
        left=left_behind(cycle, first_open(cycle)) if is_whole(user, cycle) else (),
    )


def _postings(user: User, cycle: Cycle, wanted: Wanted) -> Page[Posting]:
    listing = (
        serving(cycle, Role.MOBILIZER)
        .where(postings_within(user, cycle))
        .outerjoin(Place, Place.id == Posting.region_id)
        .order_by(Place.code, func.lower(User.full_name), User.alias, User.id)
        .options(
            joinedload(Posting.user).options(lazyload(User.postings)),
            joinedload(Posting.mentor).options(lazyload(User.postings)),
            joinedload(Posting.region),
        )
    )
    if wanted.region is not None:
        listing = listing.where(Posting.region_id == wanted.region.id)
    total = counted(listing)
    number = min(wanted.page, max(1, -(-total // PER_PAGE)))
    rows = db.session.scalars(listing.limit(PER_PAGE).offset((number - 1) * PER_PAGE)).all()
    return Page(rows, number, PER_PAGE, total)


def _narrowed(wanted: Wanted) -> Select[Promise]:
    """The promises that pass the filters."""
    promises = search(select(Promise), wanted.text)
    return (
        promises if wanted.topic_id is None else promises.where(Promise.topic_id == wanted.topic_id)
    )


def _columns(
    user: User, cycle: Cycle, month: date, wanted: Wanted, postings: Sequence[Posting]
) -> list[Column]:
    people = [posting.user_id for posting in postings]
    hers: tuple[ColumnElement[bool], ...] = (
        Assignment.cycle_id == cycle.id,
        Assignment.mobilizer_id.in_(people),
    )
    cards, found = _cards(visible_to(user).where(*hers), cycle, month, wanted)
    loads = _loads(hers, month)
    return [
        Column(
            one,
            cards[one.user_id],
            found.get(one.user_id, 0),
            loads.get(one.user_id, 0),
        )
        for one in postings
    ]


def _cards(
    assignments: Select[Assignment], cycle: Cycle, month: date, wanted: Wanted
) -> tuple[Mapping[int, list[Card]], Mapping[int, int]]:
    person = Assignment.mobilizer_id
    order = (Assignment.first_month, Assignment.created_at, Assignment.id)
    promises = _narrowed(wanted).with_only_columns(Promise.id)
    ranked = (
        assignments.where(
            Assignment.withdrawn_at.is_(None),
            Assignment.last_month >= month,
            Assignment.promise_id.in_(promises),
        )
        .with_only_columns(
            Assignment.id.label("id"),
            func.row_number().over(partition_by=person, order_by=order).label("at"),
            func.count().over(partition_by=person).label("found"),
        )
        .subquery()
    )
    of_month = (Entry.assignment_id == Assignment.id) & (Entry.month == month)
    rows = db.session.execute(
        select(Assignment, Entry.state, ranked.c.found)
        .join(ranked, ranked.c.id == Assignment.id)
        .outerjoin(Entry, of_month)
        .where(ranked.c.at <= MOST_CARDS)
        .order_by(ranked.c.at)
        .options(joinedload(Assignment.promise), joinedload(Assignment.place))
    ).all()
    begun, first = begun_months([one.id for one, *_ in rows]), first_open(cycle)
    cards: dict[int, list[Card]] = defaultdict(list)
    found: dict[int, int] = {}
    for assignment, state, number in rows:
        may_pass = earliest(assignment, first, begun[assignment.id]) is not None
        cards[assignment.mobilizer_id].append(Card(assignment, state, may_pass))
        found[assignment.mobilizer_id] = number
    return cards, found


def _loads(hers: Sequence[ColumnElement[bool]], month: date) -> Mapping[int, int]:
    """How many reports each owes for the month, whatever the filters."""
    rows = db.session.execute(
        select(Assignment.mobilizer_id, func.count())
        .where(*hers, expected_in(month))
        .group_by(Assignment.mobilizer_id)
    )
    return dict(rows.all())


def _parts(cycle: Cycle, columns: Sequence[Column], there: Mapping[str, Headcount]) -> list[Part]:
    quotas = Quotas.from_data(cycle.quotas)
    grouped: dict[str, list[Column]] = defaultdict(list)
    regions: dict[str, Place | None] = {}
    for column in columns:
        region = column.posting.region
        code = region.code if region else ""
        grouped[code].append(column)
        regions[code] = region
    return [
        Part(
            regions[code],
            some,
            there.get(code, Headcount()),
            quotas.of(code) if code else Headcount(),
        )
        for code, some in grouped.items()
    ]
