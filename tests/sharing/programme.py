"""A programme with something to share: six findings, and a page of each kind."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from mobilizer.cycles.models import Cycle
from mobilizer.places.models import Place
from mobilizer.promises.models import Promise
from tests.builders import Builders

RATINGS = ("kept", "kept", "partly_kept", "broken", "stalled", "in_progress")


@dataclass(frozen=True)
class Programme:
    """What stands in it; ``pages``: the views of its pages, by what their addresses name."""

    cycle: Cycle
    promise: Promise
    place: Place
    pages: dict[str, dict[str, Any]]


def a_programme(make: Builders, **values: Any) -> Programme:
    """A public cycle, shown first, with a promise kept and five others in one municipality."""
    cycle = make.cycle(is_public=True, **{"is_current": True, **values})
    place, topic = (
        make.municipality("Tetovo", region="Polog"),
        make.topic(cycle=cycle, code="health"),
    )
    party = make.party("Bridge Party")
    promises = []
    for rating in RATINGS:
        promise = make.promise(cycle=cycle, topic=topic, party=party, places=[place])
        make.finding(promise, rating, place=place, month=date(2026, 5, 1))
        promises.append(promise)
    pages = {
        "home": {},
        "topic": {"code": topic.code},
        "party": {"code": party.code},
        "region": {"code": make.region("Polog").code},
        "municipality": {"code": place.code},
        "promise": {"number": promises[0].number},
    }
    return Programme(cycle, promises[0], place, pages)
