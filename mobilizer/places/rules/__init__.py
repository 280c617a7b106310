"""What places there are, and how a map of them is drawn."""

from mobilizer.core.words import N_, Word

#: The countries whose places the project brings along.
COUNTRIES = ("MK", "XK")


class PlaceKind(Word):
    """How much of a country a place is."""

    COUNTRY = "country", N_("country")
    REGION = "region", N_("region")
    MUNICIPALITY = "municipality", N_("municipality")
