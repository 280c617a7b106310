"""What a data package says of a cycle, its promises and who made them: rows of tables."""

from collections.abc import Iterator

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from mobilizer.api.queries import promises as published_promises
from mobilizer.api.queries.editions import Edition
from mobilizer.api.queries.listed import ever_listed, first_days, moved_since, places_listed
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.cycles.models import Topic
from mobilizer.elections.models import Party
from mobilizer.findings.models import Finding
from mobilizer.opendata.rules.cells import Row
from mobilizer.opendata.rules.sources import SAID, source_key
from mobilizer.places.models import Place
from mobilizer.promises.models import Promise, Source
from mobilizer.tallies.models import Listing

#: How many promises are held in memory at once.
STRIDE = 500


def cycle(of: Edition) -> Iterator[Row]:
    """The one row of the cycle."""
    cycle = of.cycle
    same = (
        *("names", "country", "first_month", "last_month", "opens_day", "due_day", "closes_day"),
        *("time_zone", "least_rated", "review_days", "reply_days", "second_share"),
        *("matrix_version", "is_current", "is_demonstration"),
    )
    yield {
        "cycle": cycle.code,
        "election": cycle.election.code if cycle.election else None,
        "level": cycle.level.value,
        **{name: getattr(cycle, name) for name in same},
    }


def elections(of: Edition) -> Iterator[Row]:
    """The election it follows, if there is one."""
    if (one := of.cycle.election) is not None:
        yield {
            "election": one.code,
            "country": one.country,
            "kind": one.kind.value,
            "held_on": one.held_on,
            "second_round_on": one.second_round_on,
            "names": one.names,
        }


def topics(of: Edition) -> Iterator[Row]:
    """Its topics."""
    topics = db.session.scalars(select(Topic).where(Topic.cycle_id == of.cycle.id))
    for topic in sorted(topics, key=lambda one: one.code):
        yield {"topic": topic.code, "names": topic.names}


def parties(of: Edition) -> Iterator[Row]:
    """Who promised something, also by a promise that counts for another by then."""
    promising = select(Party).where(Party.id.in_(ever_listed(of, Listing.party_id)))
    for party in sorted(db.session.scalars(promising), key=lambda one: one.code):
        yield {
            "party": party.code,
            "country": party.country,
            "kind": party.kind.value,
            "names": party.names,
            "sure": party.sure,
            "invented": party.invented,
        }


def places(of: Edition) -> Iterator[Row]:
    """The places of the country that are public, those that something published names, and theirs.

    What no source stands behind is public only where it is named, or was.
    """
    named = or_(
        places_listed(of),
        Place.id.in_(
            select(Finding.place_id).where(
                Finding.cycle_id == of.cycle.id, Finding.number <= of.last
            )
        ),
    )
    every = select(Place).where(or_(Place.country == of.cycle.country, named))
    found = {place.id: place for place in db.session.scalars(every)}
    shown = set(db.session.scalars(select(Place.id).where(named)))
    shown |= {one.id for one in found.values() if one.sure and one.country == of.cycle.country}
    for key in list(shown):
        above = found[key].parent_id
        while above in found and above not in shown:
            shown.add(above)
            above = found[above].parent_id
    for place in sorted((found[key] for key in shown), key=lambda one: one.code):
        region = place.region
        yield {
            "place": place.code,
            "kind": place.kind.value,
            "country": place.country,
            "lies_in": place.parent.code if place.parent else None,
            "region": region.code if region else None,
            "names": place.names,
            "sure": place.sure,
        }


def source_row(source: Source) -> Row:
    """A source as its table has it."""
    said = {name: getattr(source, name) for name in SAID}
    said |= {name: said[name].value for name in ("kind", "said_on_precision")}
    return {"source": source_key(said), **said}


def sources(of: Edition) -> Iterator[Row]:
    """What its promises stand in."""
    cited = select(Source).where(Source.id.in_(ever_listed(of, Promise.source_id)))
    found = {row["source"]: row for row in map(source_row, db.session.scalars(cited))}
    for key in sorted(found):
        yield found[key]


def _each(of: Edition) -> Iterator[Promise]:
    """Every promise that was public by then, by its number."""
    last, listed = 0, ever_listed(of, Listing.promise_id)
    with_changes = (
        published_promises(of.cycle)
        .where(Promise.id.in_(listed))
        .options(selectinload(Promise.changes))
    )
    while some := db.session.scalars(with_changes.where(Promise.number > last).limit(STRIDE)).all():
        yield from some
        last = some[-1].number


def promises(of: Edition) -> Iterator[Row]:
    """Its published promises, each where it stood at the end of that day."""
    same = (
        *("speaker", "language", "exact_words", "titles", "source_spot", "made_on", "due_on"),
        *("due_raw", "institution", "testability_reason"),
    )
    since = first_days(of)
    moved = moved_since(of)
    for promise in _each(of):
        yield {
            "promise": promise.number,
            "party": promise.party.code,
            "topic": promise.topic.code,
            "level": promise.level.value,
            "places": " ".join(sorted(place.code for place in promise.places)),
            **moved.get(promise.number, {}),
            "source": source_row(promise.source)["source"],
            "due_precision": promise.due_precision.value,
            "in_its_power": promise.is_in_its_power,
            "testability": promise.testability.value if promise.testability else "",
            "imported_from": promise.origin,
            "imported_key": promise.origin_key,
            "published_on": since[promise.id],
            **{name: getattr(promise, name) for name in same},
        }


def indicators(of: Edition) -> Iterator[Row]:
    """How each of them is measured."""
    same = ("position", "text", "unit_name", "baseline", "baseline_on", "target")
    for promise in _each(of):
        for one in sorted(promise.indicators, key=lambda one: one.position):
            told = {name: getattr(one, name) for name in same}
            yield {"promise": promise.number, "unit": one.unit.value, **told}


def changes(of: Edition) -> Iterator[Row]:
    """What was changed after the public could read it, as the promise's page tells it."""
    same = ("field", "before", "after", "reason")
    for promise in _each(of):
        since = [
            change
            for change in promise.changes
            if promise.published_at and change.changed_at >= promise.published_at
        ]
        for position, change in enumerate(since, start=1):
            told = {name: getattr(change, name) for name in same}
            day = clock.day_of(change.changed_at, of.cycle.time_zone)
            yield {"promise": promise.number, "position": position, "changed_on": day, **told}
