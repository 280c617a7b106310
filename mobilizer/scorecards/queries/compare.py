"""What can be compared, and what is counted of it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import aliased

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
from mobilizer.scorecards.rules import By
from mobilizer.scorecards.rules.compare import Compared, Rules, Side
from mobilizer.scorecards.rules.places import within
from mobilizer.scoring.rules import Counts
from mobilizer.tallies.models import Standing
from mobilizer.tallies.queries import promises_under, stands_on
from mobilizer.tallies.rules import Kind

Comparable = Party | Place | Cycle


@dataclass(frozen=True)
class Offer:
    """All that can be compared in a cycle, in the order of the kinds, and its places."""

    cycle: Cycle
    things: Mapping[Compared, Sequence[Comparable]]
    places: Sequence[Place]

    @property
    def named(self) -> dict[str, tuple[Compared, Comparable]]:
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
    things: dict[Compared, Sequence[Comparable]] = {
        Compared.PARTY: [party for party in parties if isinstance(party, Party)],
        Compared.REGION: [place for place in places if place.kind == PlaceKind.REGION],
        Compared.MUNICIPALITY: [place for place in places if place.kind == PlaceKind.MUNICIPALITY],
        Compared.CYCLE: every if len(every) > 1 else [],
    }
    return Offer(cycle, {kind: some for kind, some in things.items() if some}, places)


def side(offered: Offer, thing: Comparable, as_of: date | None) -> Side:
    """What is counted of a party, place or cycle at the end of a day; None for now."""
    cycle = thing if isinstance(thing, Cycle) else offered.cycle
    topics = {topic.id: topic.code for topic in cycle.topics}
    by_topic = {topics[key]: counts for key, counts in _by_topic(offered, cycle, thing, as_of)}
    return Side(
        counts=sum(by_topic.values(), Counts()),
        topics=by_topic,
        rules=Rules(
            cycle.matrix_version,
            cycle.least_rated,
            _months(cycle, as_of or clock.today(cycle.time_zone)),
            cycle.level,
            cycle.country,
            cycle.is_demonstration,
        ),
    )


def _by_topic(
    offered: Offer, cycle: Cycle, thing: Comparable, as_of: date | None
) -> Iterator[tuple[int, Counts]]:
    """The counts of each topic's promises: a promise is of one topic at a time. One query."""
    topic = aliased(Standing)
    rows = db.session.execute(
        select(topic.subject_id, Standing.rating, func.count())
        .join(topic, topic.promise_id == Standing.promise_id)
        .where(
            topic.kind == Kind.TOPIC,
            stands_on(cycle, as_of, topic),
            stands_on(cycle, as_of),
            Standing.cycle_id == cycle.id,
            Standing.rating.is_not(None),
            _is_of(offered, cycle, thing, as_of),
        )
        .group_by(topic.subject_id, Standing.rating)
    )
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for topic_id, rating, number in rows:
        if rating is not None:
            found[topic_id][rating.value] = number
    for topic_id, numbers in found.items():
        yield topic_id, Counts(**numbers)


def _is_of(
    offered: Offer, cycle: Cycle, thing: Comparable, as_of: date | None
) -> ColumnElement[bool]:
    """Whether a rating counts: of a place the readings there, else the headlines (rule 3)."""
    if isinstance(thing, Place):
        tree = [(place.id, place.parent_id, place.kind) for place in offered.places]
        inside = within(thing.id, tree) if thing.kind == PlaceKind.REGION else {thing.id}
        return and_(Standing.kind == Kind.PLACE, Standing.subject_id.in_(inside))
    headline = Standing.kind == Kind.CYCLE
    if isinstance(thing, Cycle):
        return headline
    hers = promises_under(cycle, (Kind.PARTY, thing.id), as_of)
    return and_(headline, Standing.promise_id.in_(hers))


def _months(cycle: Cycle, day: date) -> int:
    """In which of its months a cycle is on a day: 0 before the first, no more than it has."""
    return len(months_between(cycle.first_month, min(day.replace(day=1), cycle.last_month)))


def topics_of(cycles_of: Sequence[Cycle]) -> dict[str, Topic]:
    """The topics of some cycles by code, in that order; each from the first that has it."""
    found = {topic.code: topic for cycle in reversed(cycles_of) for topic in cycle.topics}
    return dict(sorted(found.items()))
