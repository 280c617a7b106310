"""Which promises of a cycle stand under each choice of each filter, as sets of their numbers."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select

from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle, Topic
from mobilizer.elections.models import Party
from mobilizer.places.models import Place
from mobilizer.places.rules import PlaceKind
from mobilizer.promises.models import Promise
from mobilizer.publication.queries import number_now
from mobilizer.scorecards.queries.lines import places_by_region
from mobilizer.scorecards.queries.standings import Standing, standings
from mobilizer.scoring.rules import Rating
from mobilizer.search.rules.numbers import Under, bits

#: How many cycles and days one process keeps on the shelf.
KEPT_SHELVES = 8


@dataclass(frozen=True)
class Shelf:
    """All public promises of a cycle, and those under each choice, by its public code."""

    every: int
    under: Under

    def ratings_of(self, promises: Iterable[Promise]) -> dict[int, Rating]:
        """The headline ratings of some promises that stand here, by their keys."""
        sets = [(Rating(code), of) for code, of in self.under["rating"].items()]
        return {
            promise.id: next(rating for rating, of in sets if of >> promise.number & 1)
            for promise in promises
        }


_kept: dict[tuple[str, int, date | None], tuple[int, Shelf]] = {}


def shelf(cycle: Cycle, as_of: date | None = None) -> Shelf:
    """The shelf of a cycle, today or as of the end of an earlier day.

    Kept in this process until something is published.
    """
    now, key = number_now(), (str(db.engine.url), cycle.id, as_of)
    number, kept = _kept.get(key, (None, None))
    if kept is None or number != now:
        kept = _shelved(cycle, list(standings(cycle, as_of)))
        if len(_kept) >= KEPT_SHELVES:
            _kept.pop(next(iter(_kept)), None)
        _kept[key] = now, kept
    return kept


def forget_shelves() -> None:
    """Put everything on the shelf anew at the next question: for measuring and for tests."""
    _kept.clear()


def _shelved(cycle: Cycle, standing: Sequence[Standing]) -> Shelf:
    topics = _codes(select(Topic.id, Topic.code).where(Topic.cycle_id == cycle.id))
    parties = _codes(select(Party.id, Party.code))
    regions = _regions(cycle.country)
    under: dict[str, dict[str, list[int]]] = {
        name: defaultdict(list) for name in ("topic", "party", "region", "rating")
    }
    for number, topic_id, party_id, place_ids, rating in standing:
        under["topic"][topics[topic_id]].append(number)
        under["party"][parties[party_id]].append(number)
        under["rating"][rating.value].append(number)
        for region in {regions[place_id] for place_id in place_ids if place_id in regions}:
            under["region"][region].append(number)
    return Shelf(
        every=bits([one.number for one in standing]),
        under={
            name: {code: bits(numbers) for code, numbers in choices.items()}
            for name, choices in under.items()
        },
    )


def _regions(country: str) -> dict[int, str]:
    """The code of the region in which each place lies, by the place's key."""
    of_country = select(Place.id, Place.code).where(
        Place.country == country, Place.kind == PlaceKind.REGION
    )
    codes = _codes(of_country)
    return {
        place_id: codes[region_id]
        for region_id, places in places_by_region(country).items()
        for place_id in places
    }


def _codes(keyed: Select[int, str]) -> dict[int, str]:
    return {row.id: row.code for row in db.session.execute(keyed)}
