"""Where a country's findings can be."""

from collections.abc import Sequence

from mobilizer.core.database import db
from mobilizer.places.models import Place
from mobilizer.places.queries import shown
from mobilizer.places.rules import PlaceKind


def places_of(country: str) -> Sequence[Place]:
    """The regions and municipalities of a country that may be shown, with what they lie in."""
    return db.session.scalars(
        shown().where(Place.country == country, Place.kind != PlaceKind.COUNTRY)
    ).all()
