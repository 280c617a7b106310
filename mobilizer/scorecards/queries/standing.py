"""What stands beside a score: how much came in, why things stand still, where nobody looked."""

from collections.abc import Sequence
from datetime import date

from mobilizer.core.database import db
from mobilizer.places.models import Place
from mobilizer.places.queries import shown
from mobilizer.places.rules import PlaceKind
from mobilizer.scorecards.queries.history import tallied
from mobilizer.scorecards.queries.news import Subject
from mobilizer.scorecards.rules import About
from mobilizer.scorecards.rules.coverage import Coverage
from mobilizer.scorecards.rules.places import within
from mobilizer.tallies import queries as tallies


def reported(subject: Subject, month: date, as_of: date) -> int:
    """Of how many promises a finding about a month was published until a day.

    In places each promise counts once for each of them, as it does in their score.
    """
    return tallies.reported(subject.cycle, tallied(subject), month, as_of)


def reasons(subject: Subject, as_of: date) -> list[tuple[str, int]]:
    """Why promises stand still, by what was found last in each place: codes, most given first."""
    given = tallies.reasons(subject.cycle, tallied(subject), as_of)
    return sorted(given.items(), key=lambda pair: (-pair[1], pair[0]))


def coverage(subject: Subject, places: Sequence[Place], as_of: date) -> Coverage:
    """In how many municipalities something was found of a subject by the end of a day.

    Args:
        subject: a cycle, or a topic, party or place in it.
        places: the regions and municipalities of its country.
        as_of: the day.
    """
    known = municipalities(places, subject.thing)
    found = tallies.found_in(subject.cycle, tallied(subject), as_of)
    return Coverage(
        monitored=len(found & known),
        of=len(known),
        is_wider=bool(found - known),
        is_one=subject.about is About.MUNICIPALITY,
    )


def municipalities(places: Sequence[Place], thing: object) -> set[int]:
    """Those that are counted: in a place, or in all; of a city that is made of others those."""
    parents = {place.parent_id for place in places}
    tree = [(place.id, place.parent_id, place.kind) for place in places]
    inside = within(thing.id, tree) if isinstance(thing, Place) else None
    return {
        place.id
        for place in places
        if place.kind == PlaceKind.MUNICIPALITY
        and place.id not in parents
        and (inside is None or place.id in inside)
    }


def places_of(country: str) -> Sequence[Place]:
    """The regions and municipalities of a country that may be shown, with what they lie in."""
    return db.session.scalars(
        shown().where(Place.country == country, Place.kind != PlaceKind.COUNTRY)
    ).all()
