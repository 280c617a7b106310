"""Which promises of a cycle stand under each choice of each filter, as sets of their numbers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select

from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle, Topic
from mobilizer.elections.models import Party
from mobilizer.places.models import Place
from mobilizer.places.rules import PlaceKind
from mobilizer.promises.models import Promise
from mobilizer.promises.queries import public_promises
from mobilizer.scorecards.queries.board import board
from mobilizer.scorecards.queries.lines import places_by_region
from mobilizer.scorecards.rules import Board
from mobilizer.search.rules.numbers import Under, bits

#: How many cycles one process keeps on the shelf.
KEPT_SHELVES = 8


@dataclass(frozen=True)
class Shelf:
    """All public promises of a cycle, and those under each choice, by its public code."""

    every: int
    under: Under


_kept: dict[tuple[str, int, date | None], tuple[Board, Shelf]] = {}


def shelf(cycle: Cycle, as_of: date | None = None) -> Shelf:
    """The shelf of a cycle, now or at the end of a day; kept for as long as its board is."""
    counted, key = board(cycle, as_of), (str(db.engine.url), cycle.id, as_of)
    of, kept = _kept.get(key, (None, None))
    if kept is None or of is not counted:
        kept = _shelved(cycle, counted)
        if len(_kept) >= KEPT_SHELVES:
            _kept.clear()
        _kept[key] = counted, kept
    return kept


def _shelved(cycle: Cycle, counted: Board) -> Shelf:
    rows = db.session.execute(
        public_promises(cycle).with_only_columns(
            Promise.id, Promise.number, Promise.topic_id, Promise.party_id
        )
    ).all()
    ratings = counted.headlines
    rows = [row for row in rows if row.id in ratings]
    numbers = {promise_id: number for promise_id, number, _, _ in rows}
    topics = _codes(select(Topic.id, Topic.code).where(Topic.cycle_id == cycle.id))
    parties = _codes(select(Party.id, Party.code))
    return Shelf(
        every=bits(list(numbers.values())),
        under={
            "topic": _sets((topics[topic], number) for _, number, topic, _ in rows),
            "party": _sets((parties[party], number) for _, number, _, party in rows),
            "region": _by_region(cycle, counted, numbers),
            "rating": _sets(
                (ratings[promise_id].value, number) for promise_id, number in numbers.items()
            ),
        },
    )


def _by_region(cycle: Cycle, counted: Board, numbers: Mapping[int, int]) -> dict[str, int]:
    region_of = {
        place_id: region_id
        for region_id, places in places_by_region(cycle.country).items()
        for place_id in places
    }
    regions = select(Place.id, Place.code).where(
        Place.country == cycle.country, Place.kind == PlaceKind.REGION
    )
    code_of = _codes(regions)
    return _sets(
        (code_of[region_of[place_id]], numbers[promise_id])
        for promise_id, place_id in counted.placed
        if place_id in region_of and promise_id in numbers
    )


def _codes(keyed: Select[int, str]) -> dict[int, str]:
    return {row.id: row.code for row in db.session.execute(keyed)}


def _sets(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    grouped = defaultdict(list)
    for code, number in pairs:
        grouped[code].append(number)
    return {code: bits(numbers) for code, numbers in grouped.items()}
