"""What the tallies follow from: where promises count, and what was found."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from mobilizer.core import clock
from mobilizer.cycles.models import Cycle
from mobilizer.findings.models import Finding
from mobilizer.monitoring.rules.words import Stagnation
from mobilizer.places.models import Place
from mobilizer.places.rules import PlaceKind
from mobilizer.promises.models import Promise, PromisePlace
from mobilizer.promises.rules import PromiseState, Testability
from mobilizer.scoring.rules import Rating
from mobilizer.tallies.models import Listing
from mobilizer.tallies.rules import Found, Period, listed

#: So many promises are read at a time.
STRIDE = 500
#: The reasons why a promise can stand still.
REASONS = tuple(reason.value for reason in Stagnation)


@dataclass(frozen=True)
class Source:
    """A published promise: where it counts since when, what was found, what is on record."""

    promise_id: int
    number: int
    cycle_id: int
    periods: list[Period]
    found: list[Found]
    recorded: list[Period]


def sources(session: Session, promise_ids: Iterable[int]) -> Iterator[tuple[int, list[Source]]]:
    """Of some promises those that are published, a few of one cycle at a time."""
    for some in strides(sorted(promise_ids)):
        read = _read(session, some)
        for cycle_id, group in groupby(read, key=lambda one: one.cycle_id):
            yield cycle_id, list(group)


def strides(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    """Some keys, not too many at a time."""
    for start in range(0, len(keys), STRIDE):
        yield keys[start : start + STRIDE]


def published_ids(session: Session, cycle_id: int) -> Sequence[int]:
    """The keys of a cycle's published promises."""
    is_shown = Promise.state == PromiseState.PUBLISHED
    return session.scalars(select(Promise.id).where(Promise.cycle_id == cycle_id, is_shown)).all()


def every_promise(cycle_ids: Iterable[int]) -> Select[int]:
    """The keys of all promises of some cycles."""
    return select(Promise.id).where(Promise.cycle_id.in_(list(cycle_ids))).order_by(Promise.id)


def cycles_of(session: Session, countries: Iterable[str]) -> Sequence[int]:
    """The keys of the cycles of some countries."""
    return session.scalars(select(Cycle.id).where(Cycle.country.in_(list(countries)))).all()


def region_of(session: Session) -> dict[int, int]:
    """The region of each place that lies in one, by their keys; a region lies in itself."""
    rows = session.execute(select(Place.id, Place.parent_id, Place.kind)).all()
    parents = {row.id: row.parent_id for row in rows}
    regions = {row.id for row in rows if row.kind is PlaceKind.REGION}
    found = {}
    for place_id in parents:
        above: int | None = place_id
        while above is not None and above not in regions:
            above = parents.get(above)
        if above is not None:
            found[place_id] = above
    return found


def _read(session: Session, promise_ids: Sequence[int]) -> list[Source]:
    places, found = _places(session, promise_ids), _found(session, promise_ids)
    recorded = recorded_periods(session, promise_ids)
    read = []
    for row in session.execute(_promises(promise_ids)):
        before = recorded[row.id]
        today = clock.today(row.time_zone)
        since = max(today, before[-1].since) if before else None
        now = Period(
            since or clock.day_of(row.published_at, row.time_zone),
            row.topic_id,
            row.party_id,
            tuple(sorted(places[row.id])),
            _unread(row.testability),
        )
        periods = listed(before, now)
        read.append(Source(row.id, row.number, row.cycle_id, periods, found[row.id], before))
    return read


def _promises(promise_ids: Sequence[int]) -> Any:
    columns = (Promise.id, Promise.number, Promise.cycle_id, Promise.topic_id, Promise.party_id)
    return (
        select(*columns, Promise.testability, Promise.published_at, Cycle.time_zone)
        .join(Cycle, Cycle.id == Promise.cycle_id)
        .where(Promise.id.in_(promise_ids), Promise.state == PromiseState.PUBLISHED)
        .order_by(Promise.cycle_id, Promise.id)
    )


def _places(session: Session, promise_ids: Sequence[int]) -> dict[int, list[int]]:
    pairs = select(PromisePlace.promise_id, PromisePlace.place_id)
    places = defaultdict(list)
    for promise_id, place_id in session.execute(
        pairs.where(PromisePlace.promise_id.in_(promise_ids))
    ):
        places[promise_id].append(place_id)
    return places


def _found(session: Session, promise_ids: Sequence[int]) -> dict[int, list[Found]]:
    columns = (Finding.published_on, Finding.place_id, Finding.month, Finding.number)
    given = Finding.content["answers"]["stagnation"]
    told = select(Finding.promise_id, *columns, Finding.rating, given)
    found = defaultdict(list)
    for row in session.execute(told.where(Finding.promise_id.in_(promise_ids))):
        found[row.promise_id].append(Found._make([*row[1:-1], _known(row[-1])]))
    return found


def _known(given: Any) -> tuple[str, ...]:
    """Of the reasons in a finding those that there are; what came in may say anything."""
    return tuple(code for code in given if code in REASONS) if isinstance(given, list) else ()


def recorded_periods(session: Session, promise_ids: Sequence[int]) -> dict[int, list[Period]]:
    """Where some promises counted since when, as it is on record, the first period first."""
    recorded = defaultdict(list)
    rows = select(Listing).where(Listing.promise_id.in_(promise_ids)).order_by(Listing.since)
    for row in session.execute(rows.with_only_columns(*Listing.__table__.columns)).mappings():
        recorded[row["promise_id"]].append(
            Period(
                row["since"],
                row["topic_id"],
                row["party_id"],
                tuple(row["place_ids"]),
                row["unread"],
            )
        )
    return recorded


def _unread(testability: Testability | None) -> Rating:
    untestable = testability is Testability.NOT_TESTABLE
    return Rating.CANNOT_BE_RATED if untestable else Rating.NOT_YET_RATED
