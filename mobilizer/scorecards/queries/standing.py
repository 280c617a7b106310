"""Where a country's findings can be."""

from collections.abc import Sequence, Set
from datetime import date

from mobilizer.core.database import db
from mobilizer.places.models import Place
from mobilizer.places.queries import shown
from mobilizer.places.rules import PlaceKind
from mobilizer.scorecards.queries.history import beside
from mobilizer.scorecards.queries.news import Subject
from mobilizer.scorecards.rules import About
from mobilizer.scorecards.rules.coverage import Coverage
from mobilizer.scorecards.rules.places import within


def coverage(subject: Subject, places: Sequence[Place], as_of: date) -> Coverage:
    """In how many municipalities something was found of a subject by the end of a day.

    Args:
        subject: a cycle, or a topic, party or place in it.
        places: the regions and municipalities of its country.
        as_of: the day.
    """
    return covered(subject, beside(subject, None, as_of).places, places)


def covered(subject: Subject, found: Set[int], places: Sequence[Place]) -> Coverage:
    """The same, given the keys of the places in which something was found."""
    known = municipalities(places, subject.thing)
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
