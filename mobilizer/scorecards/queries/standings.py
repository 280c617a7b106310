"""Where each public promise of a cycle stands: all that it is counted and filtered by."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.promises.models import Promise
from mobilizer.promises.queries import public_promises
from mobilizer.scorecards.queries.board import board
from mobilizer.scoring.rules import Rating


class Standing(NamedTuple):
    """A public promise by its number, the keys of what it belongs to, and its headline rating."""

    number: int
    topic_id: int
    party_id: int
    #: Where it was promised, or looked at.
    place_ids: frozenset[int]
    rating: Rating


def standings(cycle: Cycle, as_of: date | None = None) -> Iterator[Standing]:
    """Every public promise of a cycle, today or as of the end of an earlier day."""
    counted = board(cycle, as_of)
    places: dict[int, set[int]] = defaultdict(set)
    for promise_id, place_id in counted.placed:
        places[promise_id].add(place_id)
    numbered = public_promises(cycle).with_only_columns(Promise.id, Promise.number)
    numbers = dict(db.session.execute(numbered).all())
    ratings = counted.headlines
    for one in counted.promises:
        if number := numbers.get(one.promise_id):
            yield Standing(
                number,
                one.topic_id,
                one.party_id,
                frozenset(places[one.promise_id]),
                ratings[one.promise_id],
            )
