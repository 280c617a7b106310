"""How sources and places are told apart in a package."""

import hashlib
from collections.abc import Mapping
from typing import Any

from mobilizer.opendata.rules.cells import as_json

#: What a source's code is made of.
SAID = ("kind", "title", "said_on", "said_on_precision", "said_on_raw", "link", "archive_link")


def source_key(row: Mapping[str, Any]) -> str:
    """The code of a source: the same for the same facts, wherever they are written down."""
    facts = {name: str(row[name] or "") for name in SAID}
    return hashlib.sha256(as_json(facts).encode()).hexdigest()[:16]


def region_of(place: str, places: Mapping[str, Mapping[str, Any]]) -> str | None:
    """The region that a place is or lies in, by walking up what it lies in."""
    above: str | None = place
    for _ in places:
        if above is None or above not in places:
            return None
        if places[above]["kind"] == "region":
            return above
        above = places[above]["lies_in"]
    return None
