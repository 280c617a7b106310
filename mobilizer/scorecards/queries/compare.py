"""What can be compared, and what is counted of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.cycles import queries as cycles
from mobilizer.cycles.models import Cycle, Topic
from mobilizer.cycles.rules import months_between
from mobilizer.elections.models import Party
from mobilizer.places.models import Place
from mobilizer.places.rules import PlaceKind
from mobilizer.scorecards.queries.board import board
from mobilizer.scorecards.queries.lines import lines_of
from mobilizer.scorecards.queries.standing import places_of
from mobilizer.scorecards.rules import Board, By
from mobilizer.scorecards.rules.compare import Kind, Rules, Side, by_topic
from mobilizer.scorecards.rules.past import Readings, readings
from mobilizer.scorecards.rules.places import within
from mobilizer.scoring.rules import Counts

Comparable = Party | Place | Cycle


@dataclass(frozen=True)
class Offer:
    """All that can be compared in a cycle, in the order of the kinds, and its places."""

    cycle: Cycle
    things: Mapping[Kind, Sequence[Comparable]]
    places: Sequence[Place]

    @property
    def named(self) -> dict[str, tuple[Kind, Comparable]]:
        """By the names they have in an address: party:MK-XYZ."""
        return {
            f"{kind}:{thing.code}": (kind, thing)
            for kind, things in self.things.items()
            for thing in things
        }


def offer(cycle: Cycle) -> Offer:
    """What can be compared: parties that promised, places, and public cycles if there are two."""
    places = places_of(cycle.country)
    parties = [line.thing for line in lines_of(cycle, By.PARTY, board(cycle))]
    every = db.session.scalars(cycles.public()).all()
    things: dict[Kind, Sequence[Comparable]] = {
        Kind.PARTY: [party for party in parties if isinstance(party, Party)],
        Kind.REGION: [place for place in places if place.kind == PlaceKind.REGION],
        Kind.MUNICIPALITY: [place for place in places if place.kind == PlaceKind.MUNICIPALITY],
        Kind.CYCLE: every if len(every) > 1 else [],
    }
    return Offer(cycle, {kind: some for kind, some in things.items() if some}, places)


def side(offered: Offer, thing: Comparable, as_of: date | None) -> Side:
    """What is counted of a party, place or cycle at the end of a day; None for now."""
    cycle = thing if isinstance(thing, Cycle) else offered.cycle
    counted = board(cycle, as_of)
    found = _found(offered, thing, counted)
    topics = {topic.id: topic.code for topic in cycle.topics}
    return Side(
        counts=Counts.of(found.values()),
        topics={topics[key]: counts for key, counts in by_topic(counted, found).items()},
        rules=Rules(
            cycle.matrix_version,
            cycle.least_rated,
            _months(cycle, as_of or clock.today(cycle.time_zone)),
        ),
    )


def _found(offered: Offer, thing: Comparable, counted: Board) -> Readings:
    if isinstance(thing, Cycle):
        return readings(counted)
    if isinstance(thing, Party):
        hers = {one.promise_id for one in counted.promises if one.party_id == thing.id}
        return {key: rating for key, rating in readings(counted).items() if key[0] in hers}
    tree = [(place.id, place.parent_id, place.kind) for place in offered.places]
    inside = within(thing.id, tree) if thing.kind == PlaceKind.REGION else {thing.id}
    return readings(counted, inside)


def _months(cycle: Cycle, day: date) -> int:
    """In which of its months a cycle is on a day: 0 before the first, no more than it has."""
    return len(months_between(cycle.first_month, min(day.replace(day=1), cycle.last_month)))


def topics_of(cycles_of: Sequence[Cycle]) -> dict[str, Topic]:
    """The topics of some cycles by code, in that order; each from the first that has it."""
    found = {topic.code: topic for cycle in reversed(cycles_of) for topic in cycle.topics}
    return dict(sorted(found.items()))
