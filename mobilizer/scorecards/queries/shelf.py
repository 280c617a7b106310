"""Which promises of a cycle stand under each choice of each filter, as sets of their numbers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from sqlalchemy import CompoundSelect, literal, select, union_all

from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle, Topic
from mobilizer.elections.models import Party
from mobilizer.places.models import Place
from mobilizer.places.rules import PlaceKind
from mobilizer.promises.models import Promise
from mobilizer.scoring.rules import Rating
from mobilizer.search.rules.numbers import Under
from mobilizer.tallies.queries import sets_on
from mobilizer.tallies.rules import Kind


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


def shelf(cycle: Cycle, as_of: date | None = None) -> Shelf:
    """The shelf of a cycle: as it is now, which is stored, or at the end of an earlier day."""
    stored = sets_on(cycle, as_of)
    ratings = {choice: of for (kind, choice), of in stored.items() if kind is Kind.CYCLE and of}
    under: dict[str, Mapping[str, int]] = {"rating": ratings}
    named: dict[str, dict[str, int]] = {kind: {} for kind in (Kind.TOPIC, Kind.PARTY, Kind.REGION)}
    for kind, key, code in db.session.execute(_choices(cycle)):
        if of := stored.get((Kind(kind), str(key))):
            named[kind][code] = of
    return Shelf(every=reduce(or_, ratings.values(), 0), under={**named, **under})


def _choices(cycle: Cycle) -> CompoundSelect[Any]:
    """The topics, parties and regions that may have a promise of a cycle, in one query."""
    region = Place.country == cycle.country, Place.kind == PlaceKind.REGION
    return union_all(
        select(literal(Kind.TOPIC.value), Topic.id, Topic.code).where(Topic.cycle_id == cycle.id),
        select(literal(Kind.PARTY.value), Party.id, Party.code),
        select(literal(Kind.REGION.value), Place.id, Place.code).where(*region),
    )
