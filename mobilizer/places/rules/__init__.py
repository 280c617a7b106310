"""What places there are, and how a map of them is drawn."""

from collections.abc import Iterable

from mobilizer.core.text import normalise
from mobilizer.core.words import N_, Word

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
