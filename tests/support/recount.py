"""Every number of a cycle counted from its findings alone: what the tallies are held against.

The way in which pages were counted before there were tallies. It knows nothing of them.
"""

from collections import defaultdict

from sqlalchemy import select

from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.findings.queries import latest
from mobilizer.places.models import Place
from mobilizer.places.queries import inside
from mobilizer.places.rules import PlaceKind
from mobilizer.promises.models import Promise
from mobilizer.promises.rules import PromiseState, Testability
from mobilizer.scoring.rules import Counts, Rating, headline

#: ("topic", its key) -> its counts and its promises.
Recounted = dict[tuple[str, int], tuple[Counts, set[int]]]


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
