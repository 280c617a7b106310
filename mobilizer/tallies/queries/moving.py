"""What moved between two days, what is read in places, and where anything was found."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import aliased

from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.findings.models import Finding
from mobilizer.places.models import Place
from mobilizer.promises.models import Promise
from mobilizer.scoring.rules import Rating
from mobilizer.tallies.models import Standing
from mobilizer.tallies.queries.standing import stands_on
from mobilizer.tallies.rules import Kind, Subject

_IN_PLACES = (Kind.REGION, Kind.PLACE)


class Moved(NamedTuple):
    """A promise, as a whole or in a place, that is rated otherwise than on an earlier day."""

    promise: Promise
    place_id: int
    before: Rating
    now: Rating
    #: How many moved from the same rating to the same, and the how manyth of them this one is.
    number: int
    rank: int


def moved(cycle: Cycle, subject: Subject, since: date, as_of: date, most: int) -> list[Moved]:
    """What is rated otherwise at the end of a day than at that of an earlier one.

    What was not there on the earlier day was not yet rated. Of each pair of ratings come the first
    few, by their keys, with the number of all.
    """
    now, before = aliased(Standing), aliased(Standing)
    stood = and_(
        before.promise_id == now.promise_id,
        before.kind == now.kind,
        before.subject_id == now.subject_id,
        before.since <= since,
        before.until > since,
    )
    was = func.coalesce(before.rating, Rating.NOT_YET_RATED)
    pair = (was, now.rating)
    order = (now.promise_id, now.subject_id)
    ranked = (
        select(
            now.promise_id,
            now.subject_id,
            was.label("before"),
            now.rating.label("now"),
            func.count().over(partition_by=pair).label("as_many"),
            func.row_number().over(partition_by=pair, order_by=order).label("rank"),
        )
        .outerjoin(before, stood)
        .where(*_rated_in(cycle, subject, now, as_of), now.since > since, was != now.rating)
        .subquery()
    )
    rows = select(Promise, ranked).join(ranked, ranked.c.promise_id == Promise.id)
    return [
        Moved(row.Promise, row.subject_id, row.before, row.now, row.as_many, row.rank)
        for row in db.session.execute(rows.where(ranked.c.rank <= most))
    ]


def readings(
    cycle: Cycle, subject: Subject, promise_ids: Sequence[int], as_of: date | None = None
) -> dict[int, list[Rating]]:
    """What is known of some promises in a place, or in a region with all that lies in it."""
    found: dict[int, list[Rating]] = defaultdict(list)
    if not promise_ids:
        return found
    told = select(Standing.promise_id, Standing.rating).where(
        Standing.promise_id.in_(promise_ids),
        Standing.kind == Kind.PLACE,
        Standing.subject_id.in_(_places(subject)),
        stands_on(cycle, as_of),
    )
    for promise_id, rating in db.session.execute(told):
        if rating is not None:
            found[promise_id].append(rating)
    return found


def found_in(cycle: Cycle, subject: Subject, as_of: date | None = None) -> set[int]:
    """The keys of the places in which anything was found of a subject by the end of a day."""
    there = aliased(Standing)
    was_found = exists().where(
        Finding.promise_id == there.promise_id,
        Finding.place_id == there.subject_id,
        *([Finding.published_on <= as_of] if as_of else []),
    )
    any_there = exists().where(
        there.cycle_id == cycle.id,
        there.kind == Kind.PLACE,
        there.subject_id == Place.id,
        there.rating != Rating.NOT_YET_RATED,
        stands_on(cycle, as_of, there),
        *_belongs(cycle, subject, there, as_of),
        was_found,
    )
    wanted = select(Place.id).where(Place.country == cycle.country, any_there)
    if subject[0] in _IN_PLACES:
        wanted = wanted.where(Place.id.in_(_places(subject)))
    return set(db.session.scalars(wanted))


def _rated_in(
    cycle: Cycle, subject: Subject, now: Any, as_of: date
) -> Iterable[ColumnElement[bool]]:
    """Whether a standing is one that a subject's counts are made of."""
    yield now.cycle_id == cycle.id
    if subject[0] in _IN_PLACES:
        yield now.kind == Kind.PLACE
        yield now.subject_id.in_(_places(subject))
    else:
        yield now.kind == Kind.CYCLE
        yield now.subject_id == cycle.id
    yield stands_on(cycle, as_of, now)
    yield from _belongs(cycle, subject, now, as_of)


def _belongs(
    cycle: Cycle, subject: Subject, now: Any, as_of: date | None
) -> Iterable[ColumnElement[bool]]:
    """Whether a promise is one of a topic or party."""
    if subject[0] in (Kind.TOPIC, Kind.PARTY):
        under = aliased(Standing)
        yield exists().where(
            under.promise_id == now.promise_id,
            under.kind == subject[0],
            under.subject_id == subject[1],
            stands_on(cycle, as_of, under),
        )


def _places(subject: Subject) -> Select[int]:
    """The keys of a place, or of a region and all that lies in it."""
    kind, key = subject
    tree = select(Place.id).where(Place.id == key).cte(recursive=kind is Kind.REGION)
    if kind is Kind.REGION:
        tree = tree.union(select(Place.id).where(Place.parent_id == tree.c.id))
    return select(tree.c.id)
