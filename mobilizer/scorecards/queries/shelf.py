"""Which promises of a cycle stand under each choice of each filter, as sets of their numbers."""

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from sqlalchemy import CompoundSelect, literal, select, union_all

from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle, Topic
from mobilizer.elections.models import Party
from mobilizer.places.models import Place
from mobilizer.places.rules import PlaceKind
from mobilizer.search.rules.numbers import Under
from mobilizer.tallies.queries import sets
from mobilizer.tallies.rules import Kind


@dataclass(frozen=True)
class Shelf:
    """All public promises of a cycle, and those under each choice, by its public code."""

    every: int
    under: Under


def shelf(cycle: Cycle) -> Shelf:
    """The shelf of a cycle as it is now: kept with the tallies, and read as it stands there."""
    stored = sets(db.session(), cycle.id)
    under: dict[str, dict[str, int]] = {name: {} for name in (Kind.TOPIC, Kind.PARTY, Kind.REGION)}
    for kind, key, code in db.session.execute(_choices(cycle)):
        if of := stored.get((Kind(kind), str(key))):
            under[kind][code] = of
    ratings = {choice: of for (kind, choice), of in stored.items() if kind is Kind.CYCLE and of}
    under["rating"] = ratings
    return Shelf(every=reduce(or_, ratings.values(), 0), under=under)


def _choices(cycle: Cycle) -> CompoundSelect[Any]:
    """The topics, parties and regions that may have a promise of a cycle, in one query."""
    region = Place.country == cycle.country, Place.kind == PlaceKind.REGION
    return union_all(
        select(literal(Kind.TOPIC.value), Topic.id, Topic.code).where(Topic.cycle_id == cycle.id),
        select(literal(Kind.PARTY.value), Party.id, Party.code),
        select(literal(Kind.REGION.value), Place.id, Place.code).where(*region),
    )
