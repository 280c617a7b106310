"""The tallies say for every day what a recount of the findings said at its end."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.findings.actions import Verdict, publish
from mobilizer.findings.queries import latest
from mobilizer.promises import actions as promises
from mobilizer.promises.models import Promise
from mobilizer.promises.rules import Testability
from mobilizer.scoring.rules import Counts, Rating
from mobilizer.search.rules.numbers import numbers
from mobilizer.tallies.actions import rebuild
from mobilizer.tallies.queries import (
    counted,
    counted_all,
    headlines,
    newest_about,
    page_of_all,
    promises_under,
    said,
    sets_on,
)
from mobilizer.tallies.queries.checking import faults
from mobilizer.tallies.queries.stored import beside
from mobilizer.tallies.rules import Kind
from mobilizer.tallies.rules.beside import PLACE
from mobilizer.tallies.rules.beside import Beside as Stored
from tests.builders import Builders
from tests.support.recount import (
    Beside,
    Numbered,
    Recounted,
    findings_about,
    headlined,
    numbered,
    recount,
    recount_beside,
)

FEW = st.integers(0, 2)
SPOTS = st.integers(1, 3)
PLACES = st.sets(st.integers(0, 4), min_size=1, max_size=3)
RATINGS = st.sampled_from([rating for rating in Rating if rating is not Rating.NOT_YET_RATED])
REASON_CODES = ("no_money", "stopped", "other")
REASONS = st.lists(st.sampled_from(REASON_CODES), max_size=2, unique=True)
STEPS = st.one_of(
    st.tuples(st.just("promise"), FEW, FEW, PLACES, st.booleans()),
    st.tuples(st.just("find"), FEW, SPOTS, RATINGS, st.integers(0, 3), REASONS),
    st.tuples(st.just("find"), FEW, SPOTS, RATINGS, st.integers(0, 3), REASONS),
    st.tuples(st.just("change"), FEW, FEW, FEW, PLACES),
    st.tuples(st.just("wait"), st.integers(1, 40)),
    st.tuples(st.just("regret"), FEW, SPOTS, RATINGS),
    st.tuples(st.just("both"), FEW, SPOTS, RATINGS, FEW),
)


#: All that a recount told at the end of a day.
Told = tuple[Recounted, dict[int, Rating], Beside, Numbered]


@dataclass
class Story:
    """A cycle, what happens to its promises, and what a recount told at the end of each day."""

    make: Builders
    cycle: Cycle
    now: datetime
    published: list[Promise] = field(default_factory=list)
    told: dict[date, Told] = field(default_factory=dict)

    def __post_init__(self) -> None:
        make = self.make
        polog, east = make.region("Polog"), make.region("East")
        towns = [make.municipality(name, region=polog) for name in ("Tetovo", "Gostivar")]
        self.places = [make.country(), polog, east, *towns]
        self.topics = [make.topic(code, cycle=self.cycle) for code in ("a", "b", "c")]
        self.parties = [make.party(name) for name in ("One", "Two", "Three")]

    def take(self, step: tuple[Any, ...]) -> None:
        """One step, as a transaction of its own."""
        verb, *how = step
        if verb in ("promise", "wait") or self.published:
            with clock.at(self.now):
                getattr(self, verb)(*how)
                db.session.commit()
        self.tell()

    def tell(self) -> None:
        """Count everything as it is now, for today."""
        counts = recount(self.cycle)
        read = dict(readings(self.cycle))
        ratings = {promise.id: headlined(promise, read) for promise in self.published}
        beside, sets = recount_beside(self.cycle), numbered(self.cycle)
        self.told[self.now.date()] = counts, ratings, beside, sets

    def promise(self, topic: int, party: int, places: set[int], is_testable: bool) -> None:
        values = self.values(topic, party, places)
        promise = promises.log_promise(values, by=None)
        found = Testability.TESTABLE if is_testable else Testability.NOT_TESTABLE
        promises.check(promise, found, "" if is_testable else "Nobody can tell.", by=None)
        promises.publish(promise, by=None)
        self.published.append(promise)

    def find(
        self,
        promise: int,
        place: int,
        rating: Rating,
        months_ago: int = 0,
        reasons: Sequence[str] = (),
    ) -> None:
        about = (self.now.date().replace(day=1) - timedelta(days=30 * months_ago)).replace(day=1)
        content = {"kind": "full", "answers": {"stagnation": [*reasons]} if reasons else {}}
        verdict = Verdict(self.one(promise), self.places[place], rating, content, about)
        publish(verdict, by=None)

    def change(self, promise: int, topic: int, party: int, places: set[int]) -> None:
        values = self.values(topic, party, places)
        promises.change(self.one(promise), values, by=None, reason="It was wrong before.")

    def both(self, promise: int, place: int, rating: Rating, topic: int) -> None:
        self.change(promise, topic, topic, {place})
        self.find(promise, place, rating)

    def regret(self, promise: int, place: int, rating: Rating) -> None:
        part = db.session.begin_nested()
        self.find(promise, place, rating)
        db.session.flush()
        part.rollback()

    def wait(self, days: int) -> None:
        self.tell()
        told = self.told[self.now.date()]
        self.now += timedelta(days=days)
        self.told.setdefault(self.now.date() - timedelta(days=1), told)

    def one(self, at: int) -> Promise:
        return self.published[at % len(self.published)]

    def values(self, topic: int, party: int, places: set[int]) -> Any:
        some = places - {0} or {0}  # The whole country does not stand beside a part of it.
        return self.make.promise_values(
            self.cycle,
            topic_id=self.topics[topic].id,
            party_id=self.parties[party].id,
            place_ids=tuple(self.places[at].id for at in some),
        )


def readings(cycle: Cycle) -> Iterator[tuple[tuple[int, int], Rating]]:
    for one in db.session.execute(select(latest(cycle.id).subquery())):
        yield (one.promise_id, one.place_id), one.rating


def tallied(cycle: Cycle, day: date | None) -> dict[tuple[str, int], tuple[Counts, set[int]]]:
    found = {}
    for (kind, key), told in counted_all(cycle, day).items():
        assert counted(cycle, (kind, key), day) == told
        ids = list(db.session.scalars(promises_under(cycle, (kind, key), day)))
        assert len(ids) == len(set(ids)) == told.listed
        if ids:
            found[kind.value, key] = told.counts, set(ids)
    return found


def stored_beside(stored: Mapping[Any, Sequence[Stored]], day: date) -> Beside:
    """What is stored beside the counts of a day."""
    found = Beside()
    for (kind, key, says), rows in stored.items():
        for since, until, number in rows:
            if number and since <= day and (until is None or day < until):
                if says in REASON_CODES:
                    found.reasons.setdefault((kind.value, key), {})[says] = number
                elif says.startswith(PLACE):
                    place = int(says.removeprefix(PLACE))
                    found.places.setdefault((kind.value, key), set()).add(place)
                else:
                    found.reports[kind.value, key, date.fromisoformat(says)] = number
    return found


def told_beside(cycle: Cycle, by_hand: Beside, day: date) -> Beside:
    """The same as pages ask for it."""
    subjects = {(kind, key) for kind, key, _ in by_hand.reports}
    told = {(kind, key): said(cycle, (Kind(kind), key), as_of=day) for kind, key in subjects}
    return Beside(
        {spot: dict(one.reasons) for spot, one in told.items() if one.reasons},
        {
            (kind, key, month): said(cycle, (Kind(kind), key), month, day).reported
            for kind, key, month in by_hand.reports
        },
        {spot: set(one.places) for spot, one in told.items()},
    )


def standing_under(cycle: Cycle, day: date | None) -> Numbered:
    """The numbers under each choice at the end of a day, without the empty ones."""
    return {choice: set(numbers(of)) for choice, of in sets_on(cycle, day).items() if of}


def check(story: Story) -> None:
    stored = beside(db.session(), story.cycle.id)
    with clock.at(story.now):
        for day, (counts, ratings, by_hand, sets) in story.told.items():
            assert tallied(story.cycle, day) == counts
            assert stored_beside(stored, day) == by_hand
            assert standing_under(story.cycle, day) == sets
            assert headlines(story.cycle, [p.id for p in story.published], day) == ratings
        before = min(story.told) - timedelta(days=1)
        assert tallied(story.cycle, before) == {}
        days = sorted(story.told)
        for day in {days[len(days) // 2], days[-1]}:
            by_hand = story.told[day][2]
            assert told_beside(story.cycle, by_hand, day) == by_hand
        assert stored_beside(stored, before) == Beside()
        assert standing_under(story.cycle, None) == numbered(story.cycle)
        assert standing_under(story.cycle, before) == {}
    numbers_about = findings_about(story.cycle)
    for (kind, key), some in numbers_about.items():
        assert newest_about(story.cycle, [(Kind(kind), key)], len(some) + 1) == some
    every = numbers_about.get(("cycle", story.cycle.id), [])[::-1]
    assert page_of_all(story.cycle, 1, len(every) + 1, None) == (every, len(every))
    assert list(faults(db.session(), story.cycle.id)) == []


@pytest.fixture
def rounds() -> list[int]:
    return []


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEPS, min_size=8, max_size=16))
def test_after_any_sequence_of_steps_every_day_is_told_as_it_was_recounted(
    app: Flask, make: Builders, rounds: list[int], steps: list[tuple[Any, ...]]
) -> None:
    rounds.append(1)
    began = datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=len(rounds) * 1200)
    with clock.at(began):
        cycle = make.cycle(code=f"c{len(rounds)}")
        story = Story(make, cycle, began)
        db.session.commit()
    for step in steps:
        story.take(step)
    check(story)
    rebuild(db.session(), cycle.id)
    db.session.commit()
    check(story)
