"""A score on several days, read once for all of them.

What was found is read in the order in which it was published, and the board of each day is what
had been read until then: two queries, however many days and findings.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select

from mobilizer.core.database import db
from mobilizer.cycles.models import Topic
from mobilizer.elections.models import Party
from mobilizer.findings.models import Finding
from mobilizer.places.models import Place
from mobilizer.promises.models import Promise, PromisePlace
from mobilizer.promises.rules import PromiseState, Testability
from mobilizer.scorecards.queries.board import end_of_day
from mobilizer.scorecards.queries.news import Subject, is_about
from mobilizer.scorecards.rules import Board, Listed
from mobilizer.scorecards.rules.past import readings
from mobilizer.scoring.rules import Counts, Rating


def history(
    subject: Subject, days: Sequence[date], place_ids: Collection[int] | None = None
) -> tuple[Counts, ...]:
    """What a score counted at the end of each of some days, in their order.

    Args:
        subject: what it is the score of.
        days: in order, the earliest first.
        place_ids: a place's own id and those of all that lie in it; None for what is no place.
    """
    counted = (readings(board, place_ids) for board in boards(subject, days, place_ids))
    return tuple(Counts.of(found.values()) for found in counted)


def boards(
    subject: Subject, days: Sequence[date], place_ids: Collection[int] | None = None
) -> Iterator[Board]:
    """The readings of one subject at the end of each of some days; arguments as for ``history``.

    One after the other, so that no more than one has to be kept.
    """
    if not days:
        return
    moments = [end_of_day(day, subject.cycle) for day in days]
    listed = _listed(subject, place_ids)
    found = _Latest()
    rows = iter(db.session.execute(_findings(subject, moments[-1])))
    row = next(rows, None)
    for moment in moments:
        while row is not None and row.published_at <= moment:
            found.take(row.promise_id, row.place_id, (row.month, row.number), row.rating)
            row = next(rows, None)
        there = tuple(promise for since, promise in listed if since <= moment)
        yield Board(promises=there, readings=dict(found.ratings))


class _Latest:
    """The latest finding of each promise in each place: by month, then by number (rule 1)."""

    def __init__(self) -> None:
        self.ratings: dict[tuple[int, int], Rating] = {}
        self._order: dict[tuple[int, int], tuple[date, int]] = {}

    def take(self, promise: int, place: int, order: tuple[date, int], rating: Rating) -> None:
        key = (promise, place)
        if key not in self._order or self._order[key] < order:
            self._order[key], self.ratings[key] = order, rating


def _findings(subject: Subject, until: datetime) -> Select[int, int, date, int, Rating, datetime]:
    return (
        select(
            Finding.promise_id,
            Finding.place_id,
            Finding.month,
            Finding.number,
            Finding.rating,
            Finding.published_at,
        )
        .where(is_about(subject), Finding.published_at <= until)
        .order_by(Finding.published_at, Finding.number)
    )


def _listed(subject: Subject, place_ids: Collection[int] | None) -> list[tuple[datetime, Listed]]:
    """The published promises of a subject, each with when it was published."""
    pairs = (
        select(Promise, PromisePlace.place_id)
        .outerjoin(PromisePlace, PromisePlace.promise_id == Promise.id)
        .where(
            Promise.cycle_id == subject.cycle.id,
            Promise.state == PromiseState.PUBLISHED,
            Promise.published_at.is_not(None),
        )
        .with_only_columns(
            Promise.id,
            Promise.topic_id,
            Promise.party_id,
            Promise.testability,
            Promise.published_at,
            PromisePlace.place_id,
        )
    )
    if isinstance(subject.thing, Topic):
        pairs = pairs.where(Promise.topic_id == subject.thing.id)
    if isinstance(subject.thing, Party):
        pairs = pairs.where(Promise.party_id == subject.thing.id)
    if isinstance(subject.thing, Place):
        pairs = pairs.where(PromisePlace.place_id.in_(list(place_ids or ())))
    places: dict[int, set[int]] = defaultdict(set)
    facts: dict[int, tuple[Any, ...]] = {}
    for promise_id, topic_id, party_id, testability, since, place_id in db.session.execute(pairs):
        facts[promise_id] = (topic_id, party_id, testability, since)
        if place_id is not None:
            places[promise_id].add(place_id)
    return [
        (since, Listed(key, topic, party, frozenset(places[key]), _unread(testability)))
        for key, (topic, party, testability, since) in facts.items()
    ]


def _unread(testability: Testability | None) -> Rating:
    untestable = testability is Testability.NOT_TESTABLE
    return Rating.CANNOT_BE_RATED if untestable else Rating.NOT_YET_RATED
