"""What lies in what: pure, from the places as they are read once."""

from collections.abc import Iterable

from mobilizer.places.rules import PlaceKind


def by_region(places: Iterable[tuple[int, int | None, PlaceKind]]) -> dict[int, set[int]]:
    """The ids of all places in each region, its own among them.

    Args:
        places: of each its id, that of the place it lies in, and its kind.
    """
    known = list(places)
    parents = {place_id: parent_id for place_id, parent_id, _ in known}
    found = {place_id: {place_id} for place_id, _, kind in known if kind == PlaceKind.REGION}
    for place_id in parents:
        above: int | None = place_id
        while above is not None and above not in found:
            above = parents.get(above)
        if above is not None:
            found[above].add(place_id)
    return found


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
