"""The scores of a cycle, told apart by topic, party or place."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import select

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.drawing import Drawing, draw
from mobilizer.core.language import said
from mobilizer.cycles.models import Cycle, Topic
from mobilizer.elections.models import Party
from mobilizer.places.models import Place
from mobilizer.places.queries import regions
from mobilizer.places.rules import PlaceKind
from mobilizer.scorecards.queries.board import Board, board
from mobilizer.scorecards.rules import By
from mobilizer.scoring.rules import METHODOLOGY, Counts, as_number, score


@dataclass(frozen=True)
class Line:
    """One row of a table of scores: a topic, party or place, and its counts."""

    thing: Topic | Party | Place
    counts: Counts


def lines(cycle: Cycle, by: By, as_of: date | None = None) -> list[Line]:
    """A cycle's counts told apart, by topic, party, region or municipality.

    Every topic and region is there, also the empty ones; of parties and municipalities
    those that have a promise. In the order of their codes.
    """
    return lines_of(cycle, by, board(cycle, as_of))


def lines_of(cycle: Cycle, by: By, counted: Board) -> list[Line]:
    """The same of a board that is at hand."""
    return _LINES[by](cycle, counted)


def _by_topic(cycle: Cycle, counted: Board) -> list[Line]:
    return [Line(topic, counted.by_topic.get(topic.id, Counts())) for topic in cycle.topics]


def _by_party(_: Cycle, counted: Board) -> list[Line]:
    parties = select(Party).where(Party.id.in_(counted.by_party)).order_by(Party.code)
    return [Line(party, counted.by_party[party.id]) for party in db.session.scalars(parties)]


def _by_region(cycle: Cycle, counted: Board) -> list[Line]:
    found = db.session.scalars(regions(cycle.country)).all()
    return [Line(region, counted.by_region.get(region.id, Counts())) for region in found]


def _by_municipality(_: Cycle, counted: Board) -> list[Line]:
    found = (
        select(Place)
        .where(Place.id.in_(counted.by_place), Place.kind == PlaceKind.MUNICIPALITY)
        .order_by(Place.code)
    )
    return [Line(place, counted.by_place[place.id]) for place in db.session.scalars(found)]


def scores(cycle: Cycle, by: By | None = None, as_of: date | None = None) -> list[dict[str, Any]]:
    """A cycle's scores as data: what the API, the files and the command line give.

    Each row is ``key, name, score {numerator, denominator, percent}, counts, promises, rated,
    as_of, methodology``. Without ``by`` there is one row, of the whole cycle.
    """
    day = as_of or clock.today(cycle.time_zone)
    if by is None:
        return [_as_data(cycle, board(cycle, day).overall, cycle, day)]
    return [_as_data(line.thing, line.counts, cycle, day) for line in lines(cycle, by, day)]


def _as_data(thing: Topic | Party | Place | Cycle, counts: Counts, cycle: Cycle, day: date) -> Any:
    result = score(counts, cycle.least_rated)
    return {
        "key": thing.code,
        "name": said(thing.names).text,
        "score": {
            "numerator": as_number(result.numerator),
            "denominator": result.denominator,
            "percent": result.percent,
        },
        "counts": counts.by_code(),
        "promises": counts.promises,
        "rated": counts.rated,
        "as_of": day.isoformat(),
        "methodology": METHODOLOGY,
    }


_LINES = {
    By.TOPIC: _by_topic,
    By.PARTY: _by_party,
    By.REGION: _by_region,
    By.MUNICIPALITY: _by_municipality,
}


def drawing_of(country: str) -> Drawing | None:
    """The map of a country's regions; None for a country whose shapes we do not have."""
    shaped = select(Place).where(Place.country == country, Place.kind == PlaceKind.REGION)
    return drawn(db.session.scalars(shaped))


def drawn(places: Iterable[Place]) -> Drawing | None:
    """The map of the regions among some places; None where none has a shape."""
    shapes = [place.feature for place in places if place.kind == PlaceKind.REGION and place.shape]
    return _drawn(json.dumps(shapes)) if shapes else None


@lru_cache(maxsize=8)
def _drawn(features: str) -> Drawing:
    return draw({"features": json.loads(features)})
