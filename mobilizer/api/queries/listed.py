"""From which day each promise counts where: the one place that knows."""

from collections import defaultdict

from sqlalchemy import select

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle, Topic
from mobilizer.elections.models import Party
from mobilizer.opendata.rules.counting import Listing
from mobilizer.places.models import Place
from mobilizer.promises.models import Promise, PromisePlace
from mobilizer.promises.rules import PromiseState, Testability
from mobilizer.scoring.rules import Rating


def listings(cycle: Cycle) -> list[Listing]:
    """Where each published promise of a cycle counts, since it is public."""
    columns = (Promise.id, Promise.number, Promise.published_at, Promise.testability)
    published = (
        select(*columns, Topic.code.label("topic"), Party.code.label("party"))
        .join(Promise.topic)
        .join(Promise.party)
        .where(Promise.cycle_id == cycle.id, Promise.state == PromiseState.PUBLISHED)
    )
    places = _places(cycle)
    return [
        Listing(
            promise=row.number,
            since=clock.day_of(row.published_at, cycle.time_zone),
            topic=row.topic,
            party=row.party,
            places=frozenset(places[row.id]),
            unread=_unread(row.testability),
        )
        for row in db.session.execute(published)
    ]


def _places(cycle: Cycle) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    pairs = (
        select(PromisePlace.promise_id, Place.code)
        .join(Place, Place.id == PromisePlace.place_id)
        .join(Promise, Promise.id == PromisePlace.promise_id)
        .where(Promise.cycle_id == cycle.id, Promise.state == PromiseState.PUBLISHED)
    )
    for promise_id, code in db.session.execute(pairs):
        found[promise_id].add(code)
    return found


def _unread(testability: Testability | None) -> Rating:
    untestable = testability is Testability.NOT_TESTABLE
    return Rating.CANNOT_BE_RATED if untestable else Rating.NOT_YET_RATED
