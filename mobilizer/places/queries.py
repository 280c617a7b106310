"""Which places there are. Places are public, but for those no source stands behind."""

from sqlalchemy import Select, select

from mobilizer.core.text import normalise
from mobilizer.places.models import Place
from mobilizer.places.rules import PlaceKind


def shown() -> Select[Place]:
    """The places that may stand on a public page."""
    return select(Place).where(Place.sure).order_by(Place.code)


def by_code(code: str) -> Select[Place]:
    """The place with this code."""
    return shown().where(Place.code == code)


def country(code: str) -> Select[Place]:
    """The country with this code, such as "MK"."""
    return by_code(code).where(Place.kind == PlaceKind.COUNTRY)


def regions(country: str) -> Select[Place]:
    """The regions of a country."""
    return shown().where(Place.country == country, Place.kind == PlaceKind.REGION)


def municipalities(region: Place) -> Select[Place]:
    """The municipalities of a region, a city and those it is made of among them."""
    return shown().where(Place.kind == PlaceKind.MUNICIPALITY, Place.id.in_(inside(region)))


def inside(*places: Place) -> Select[int]:
    """The ids of these places and of all that lie in them; of no place, none."""
    tree = select(Place.id).where(Place.id.in_([place.id for place in places])).cte(recursive=True)
    below = select(Place.id).where(Place.parent_id == tree.c.id)
    return select(tree.union(below).c.id)


def matching(text: str) -> Select[Place]:
    """The places whose names have words that begin like those of a text, in any script.

    A text without a word leaves none out.
    """
    found = shown()
    for word in normalise(text).split():
        found = found.where(Place.search_words.contains(f" {word}", autoescape=True))
    return found
