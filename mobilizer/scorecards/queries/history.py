"""How a score came to be: what it counted on several days, and what moved between two of them."""

from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.promises.models import Promise
from mobilizer.scorecards.queries.news import Subject
from mobilizer.scorecards.rules import About
from mobilizer.scorecards.rules.past import Direction, Move
from mobilizer.scoring.rules import Rating, headline
from mobilizer.tallies import queries as tallies
from mobilizer.tallies.queries import Counted, Said
from mobilizer.tallies.rules import Kind
from mobilizer.tallies.rules import Subject as Tallied

#: What the numbers of each are kept under.
KINDS = {
    About.TOPIC: Kind.TOPIC,
    About.PARTY: Kind.PARTY,
    About.REGION: Kind.REGION,
    About.MUNICIPALITY: Kind.PLACE,
}


def tallied(subject: Subject) -> Tallied:
    """What the numbers of a cycle, topic, party, region or municipality are kept under."""
    if subject.thing is None:
        return Kind.CYCLE, subject.cycle.id
    return KINDS[subject.about], subject.thing.id


def history(subject: Subject, days: Sequence[date]) -> tuple[Counted, ...]:
    """What a score counted at the end of each of some days, in one query.

    Args:
        subject: what it is the score of.
        days: in order, the earliest first; all but the last one are the last days of months.
    """
    return tallies.counts_on(subject.cycle, tallied(subject), days)


@dataclass(frozen=True)
class Moved:
    """What moved one way: how many, and those that moved furthest, each with its promise."""

    number: int
    named: tuple[tuple[Move, Promise], ...]


def moved(subject: Subject, since: date, as_of: date, most: int) -> dict[Direction, Moved]:
    """What is rated otherwise at the end of a day than at that of an earlier one. Two queries.

    Args:
        subject: of a cycle, topic or party promises as a whole; else promises in places.
        since: the earlier day.
        as_of: the later day.
        most: so many of each direction are named, those that moved furthest.
    """
    many: dict[Direction, int] = defaultdict(int)
    some: dict[Direction, list[Move]] = defaultdict(list)
    for pair in tallies.moved(subject.cycle, tallied(subject), since, as_of, most):
        moves = [Move(key, pair.before, pair.now) for key in pair.first]
        many[moves[0].direction] += pair.many
        some[moves[0].direction] += moves
    furthest = {
        way: sorted(moves, key=lambda move: (-abs(move.rungs), move.key[0], move.key[1] or 0))
        for way, moves in some.items()
    }
    named = {way: furthest[way][:most] for way in Direction if way in furthest}
    promises = _numbered({move.key[0] for moves in named.values() for move in moves})
    return {
        way: Moved(many[way], tuple((move, promises[move.key[0]]) for move in moves))
        for way, moves in named.items()
    }


def _numbered(wanted: Set[int]) -> dict[int, Promise]:
    if not wanted:
        return {}
    found = db.session.scalars(select(Promise).where(Promise.number.in_(wanted)))
    return {promise.number: promise for promise in found}


def ratings_under(
    subject: Subject, promises: Sequence[Promise], as_of: date | None
) -> dict[int, Rating]:
    """The ratings of the promises of a page: in a place the headline of what was found in it."""
    keys = [promise.id for promise in promises]
    cycle: Cycle = subject.cycle
    if subject.about not in (About.REGION, About.MUNICIPALITY):
        return tallies.headlines(cycle, keys, as_of)
    found = tallies.readings(cycle, tallied(subject), keys, as_of)
    return {promise_id: headline(ratings) for promise_id, ratings in found.items()}


def beside(subject: Subject, month: date | None, as_of: date) -> Said:
    """What is told beside a score at the end of a day, in one query.

    Args:
        subject: what it is the score of.
        month: the one whose reports are counted; none for None.
        as_of: the day.
    """
    return tallies.said(subject.cycle, tallied(subject), month, as_of)
