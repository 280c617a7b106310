"""What places there are, and by what words they are found."""

from collections.abc import Iterable

from mobilizer.core.text import normalise
from mobilizer.core.words import N_, Word

#: A polygon in degrees: an outline of (longitude, latitude), closed, and the holes in it.
Shape = list[list[list[float]]]

#: The countries whose places the project brings along.
COUNTRIES = ("MK", "XK")


class PlaceKind(Word):
    """How much of a country a place is."""

    COUNTRY = "country", N_("country")
    REGION = "region", N_("region")
    MUNICIPALITY = "municipality", N_("municipality")


def search_words(names: Iterable[str]) -> str:
    """The distinct normalised words of all names, each after a space: so its beginning is found."""
    return "".join(f" {word}" for word in dict.fromkeys(normalise(" ".join(names)).split()))
