"""What lies in what: pure, from the places as they are read once."""

from collections.abc import Iterable

from mobilizer.places.rules import PlaceKind


def within(place_id: int, places: Iterable[tuple[int, int | None, PlaceKind]]) -> set[int]:
    """The ids of a place and of all that lie in it."""
    below: dict[int | None, list[int]] = {}
    for inner, outer, _ in places:
        below.setdefault(outer, []).append(inner)
    found, ahead = set(), [place_id]
    while ahead:
        one = ahead.pop()
        found.add(one)
        ahead += below.get(one, ())
    return found
