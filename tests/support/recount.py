"""Every number of a cycle counted from its findings alone: what the tallies are held against.

The way in which pages were counted before there were tallies. It knows nothing of them.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.findings.models import Finding
from mobilizer.findings.queries import latest
from mobilizer.places.models import Place
from mobilizer.places.queries import inside
from mobilizer.places.rules import PlaceKind
from mobilizer.promises.models import Promise
from mobilizer.promises.rules import PromiseState, Testability
from mobilizer.scoring.rules import Counts, Rating, headline

#: What is counted for: "topic" and its key.
Spot = tuple[str, int]
#: Its counts and its promises.
Recounted = dict[Spot, tuple[Counts, set[int]]]
#: The numbers of the promises under each choice of the register's filters.
Numbered = dict[tuple[str, str], set[int]]


@dataclass
class Beside:
    """What is told beside the counts: reasons why promises stand still, and reports of a month."""

    reasons: dict[Spot, dict[str, int]] = field(default_factory=dict)
    reports: dict[tuple[str, int, date], int] = field(default_factory=dict)
    #: The places in which something was found.
    places: dict[Spot, set[int]] = field(default_factory=dict)


def recount(cycle: Cycle) -> Recounted:
    """The counts of a cycle as things are now, and the promises of each subject."""
    found = select(latest(cycle.id).subquery())
    read = {(r.promise_id, r.place_id): r.rating for r in db.session.execute(found)}
    promises = db.session.scalars(
        select(Promise).where(Promise.cycle_id == cycle.id, Promise.state == PromiseState.PUBLISHED)
    ).all()
    ratings: dict[tuple[str, int], list[tuple[int, Rating]]] = defaultdict(list)
    for promise in promises:
        whole = headlined(promise, read)
        for key in (("cycle", cycle.id), ("topic", promise.topic_id), ("party", promise.party_id)):
            ratings[key].append((promise.id, whole))
        for place_id, rating in in_places(promise, read).items():
            ratings["place", place_id].append((promise.id, rating))
    for region in db.session.scalars(select(Place).where(Place.kind == PlaceKind.REGION)):
        for place_id in db.session.scalars(inside(region)):
            ratings["region", region.id] += ratings.get(("place", place_id), [])
    return {
        key: (Counts.of(rating for _, rating in some), {promise for promise, _ in some})
        for key, some in ratings.items()
        if some
    }


def recount_beside(cycle: Cycle) -> Beside:
    """What is told beside the counts as things are now."""
    found = Beside()
    shown = select(Promise.id).where(
        Promise.cycle_id == cycle.id, Promise.state == PromiseState.PUBLISHED
    )
    about = Finding.promise_id.in_(shown)
    for one in db.session.scalars(latest(cycle.id).where(about)):
        for code in one.content.get("answers", {}).get("stagnation", ()):
            for spot in _spots(cycle, one):
                told = found.reasons.setdefault(spot, {})
                told[code] = told.get(code, 0) + 1
    reports: dict[tuple[str, int, date], set[tuple[int, int]]] = defaultdict(set)
    for one in db.session.scalars(select(Finding).where(about)):
        for kind, key in _spots(cycle, one):
            place = one.place_id if kind in ("region", "place") else 0
            reports[kind, key, one.month].add((one.promise_id, place))
            found.places.setdefault((kind, key), set()).add(one.place_id)
    found.reports = {of: len(some) for of, some in reports.items()}
    return found


def findings_about(cycle: Cycle) -> dict[Spot, list[int]]:
    """The numbers of the findings about each cycle, topic, party and region, the newest first."""
    shown = select(Promise.id).where(
        Promise.cycle_id == cycle.id, Promise.state == PromiseState.PUBLISHED
    )
    found: dict[Spot, list[int]] = defaultdict(list)
    for one in db.session.scalars(select(Finding).where(Finding.promise_id.in_(shown))):
        for spot in _spots(cycle, one):
            found[spot].append(one.number)
    return {spot: sorted(some, reverse=True) for spot, some in found.items() if spot[0] != "place"}


def _spots(cycle: Cycle, one: Finding) -> Iterator[Spot]:
    """What a finding is counted for."""
    yield "cycle", cycle.id
    yield "topic", one.promise.topic_id
    yield "party", one.promise.party_id
    yield "place", one.place_id
    if region := one.place.region:
        yield "region", region.id


def numbered(cycle: Cycle) -> Numbered:
    """The numbers of the promises under each choice of the register's filters, as things are."""
    found: dict[tuple[str, str], set[int]] = defaultdict(set)
    ids = dict(db.session.execute(select(Promise.id, Promise.number)).all())
    read = {(r.promise_id, r.place_id): r.rating for r in db.session.scalars(latest(cycle.id))}
    for (kind, key), (_, promises) in recount(cycle).items():
        for promise_id in promises if kind != "place" else ():
            rating = headlined(db.session.get_one(Promise, promise_id), read)
            choice = rating.value if kind == "cycle" else str(key)
            found[kind, choice].add(ids[promise_id])
    return found


def headlined(promise: Promise, read: dict[tuple[int, int], Rating]) -> Rating:
    """The headline rating of a promise (rule 2)."""
    some = [rating for (promise_id, _), rating in read.items() if promise_id == promise.id]
    return headline(some) if some else unread(promise)


def in_places(promise: Promise, read: dict[tuple[int, int], Rating]) -> dict[int, Rating]:
    """What is known of a promise where it was made for or looked at."""
    promised = {place.id: unread(promise) for place in promise.places}
    return promised | {place: found for (key, place), found in read.items() if key == promise.id}


def unread(promise: Promise) -> Rating:
    """What a promise is before anything was found."""
    untestable = promise.testability is Testability.NOT_TESTABLE
    return Rating.CANNOT_BE_RATED if untestable else Rating.NOT_YET_RATED
