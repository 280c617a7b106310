"""What the public may see of a cycle, and its numbers as of any moment."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.language import said
from mobilizer.cycles.models import Cycle, Topic
from mobilizer.elections.models import Party
from mobilizer.findings.models import Finding
from mobilizer.findings.queries import latest
from mobilizer.places.models import Place
from mobilizer.places.queries import regions
from mobilizer.places.rules import PlaceKind
from mobilizer.promises.models import Promise, PromiseChange, PromisePlace
from mobilizer.promises.rules import PromiseState
from mobilizer.scorecards.rules import Board, By, Listed
from mobilizer.scoring.rules import METHODOLOGY, Counts, as_number, score

#: How many boards one process keeps: the public asks for the same few again and again.
KEPT_BOARDS = 32


@dataclass(frozen=True)
class Line:
    """One row of a table of scores: a topic, party or place, and its counts."""

    thing: Topic | Party | Place
    counts: Counts


def end_of_day(day: date, cycle: Cycle) -> datetime:
    """The last moment of a day in a cycle's time zone: "as of" a day means all of it."""
    following = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(cycle.time_zone))
    return following - timedelta(microseconds=1)


def board(cycle: Cycle, as_of: date | None = None) -> Board:
    """All readings of a cycle, today or as of the end of an earlier day.

    What was counted once is kept until something is published or changed, so that a page
    costs the same however many findings there are.
    """
    if as_of is not None and as_of >= clock.today(cycle.time_zone):
        as_of = None
    moment = end_of_day(as_of, cycle) if as_of else None
    return _kept_board(str(db.engine.url), cycle.id, moment, _state_of_publication())


def _state_of_publication() -> tuple[object, ...]:
    newest = (
        select(func.max(Finding.number)).scalar_subquery(),
        select(func.max(PromiseChange.id)).scalar_subquery(),
        select(func.max(Promise.published_at)).scalar_subquery(),
        select(func.count()).where(Promise.published_at.is_not(None)).scalar_subquery(),
    )
    return tuple(db.session.execute(select(*newest)).one())


@lru_cache(maxsize=KEPT_BOARDS)
def _kept_board(_: str, cycle_id: int, moment: datetime | None, __: tuple[object, ...]) -> Board:
    found = latest(cycle_id, moment).subquery()
    rows = db.session.execute(select(found.c.promise_id, found.c.place_id, found.c.rating))
    return Board(
        promises=_listed(cycle_id, moment),
        readings={(promise_id, place_id): rating for promise_id, place_id, rating in rows},
    )


def _listed(cycle_id: int, moment: datetime | None) -> tuple[Listed, ...]:
    published = select(Promise.id, Promise.topic_id, Promise.party_id).where(
        Promise.cycle_id == cycle_id, Promise.state == PromiseState.PUBLISHED
    )
    if moment is not None:
        published = published.where(Promise.published_at <= moment)
    of_cycle = published.subquery()
    places = defaultdict(set)
    pairs = select(PromisePlace.promise_id, PromisePlace.place_id).join(
        of_cycle, of_cycle.c.id == PromisePlace.promise_id
    )
    for promise_id, place_id in db.session.execute(pairs):
        places[promise_id].add(place_id)
    return tuple(
        Listed(promise_id, topic_id, party_id, frozenset(places[promise_id]))
        for promise_id, topic_id, party_id in db.session.execute(published)
    )


def lines(cycle: Cycle, by: By, as_of: date | None = None) -> list[Line]:
    """A cycle's counts told apart, by topic, party, region or municipality.

    Every topic and region is there, also the empty ones; of parties and municipalities
    those that have a promise. In the order of their codes.
    """
    return _LINES[by](cycle, board(cycle, as_of))


def _by_topic(cycle: Cycle, counted: Board) -> list[Line]:
    return [Line(topic, counted.by_topic.get(topic.id, Counts())) for topic in cycle.topics]


def _by_party(_: Cycle, counted: Board) -> list[Line]:
    parties = select(Party).where(Party.id.in_(list(counted.by_party))).order_by(Party.code)
    return [Line(party, counted.by_party[party.id]) for party in db.session.scalars(parties)]


def _by_region(cycle: Cycle, counted: Board) -> list[Line]:
    found = db.session.scalars(regions(cycle.country)).all()
    below = _places_by_region(cycle.country)
    return [Line(region, counted.within(below[region.id])) for region in found]


def _by_municipality(_: Cycle, counted: Board) -> list[Line]:
    found = (
        select(Place)
        .where(Place.id.in_(list(counted.by_place)), Place.kind == PlaceKind.MUNICIPALITY)
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


def _places_by_region(country: str) -> dict[int, set[int]]:
    """The ids of all places in each region of a country, its own among them, in one query."""
    rows = db.session.execute(
        select(Place.id, Place.parent_id, Place.kind).where(Place.country == country)
    ).all()
    parents: dict[int, int | None] = {place_id: parent_id for place_id, parent_id, _ in rows}
    found: dict[int, set[int]] = {
        place_id: {place_id} for place_id, _, kind in rows if kind == PlaceKind.REGION
    }
    for place_id in parents:
        above: int | None = place_id
        while above is not None and above not in found:
            above = parents.get(above)
        if above is not None:
            found[above].add(place_id)
    return found
