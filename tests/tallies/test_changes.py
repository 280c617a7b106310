"""What changes under the findings: a place comes into another region, a promise moves and back."""

from datetime import UTC, datetime, timedelta

from flask import Flask
from sqlalchemy import select

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.scoring.rules import Rating
from mobilizer.tallies.models import Listing
from mobilizer.tallies.queries import counted
from mobilizer.tallies.queries.checking import faults
from mobilizer.tallies.rules import Kind
from tests.builders import Builders

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def test_a_place_that_comes_into_another_region_takes_its_scores_along(
    app: Flask, make: Builders
) -> None:
    cycle, polog, east = make.cycle("spring"), make.region("Polog"), make.region("East")
    town = make.municipality("Tetovo", region=polog)
    make.finding(make.promise(cycle=cycle, places=[town]), Rating.KEPT, place=town)
    db.session.commit()

    town.parent_id = east.id
    db.session.commit()

    assert counted(cycle, (Kind.REGION, east.id)).counts[Rating.KEPT] == 1
    assert counted(cycle, (Kind.REGION, polog.id)).listed == 0
    assert list(faults(db.session(), cycle.id)) == []


def test_a_promise_that_moves_and_comes_back_within_a_day_never_moved(
    app: Flask, make: Builders
) -> None:
    with clock.at(NOON):
        cycle = make.cycle("spring")
        here, there = make.topic("here", cycle=cycle), make.topic("there", cycle=cycle)
        promise = make.promise(cycle=cycle, topic=here)
        db.session.commit()
    with clock.at(NOON + timedelta(days=3)):
        for topic in (there, here):
            promise.topic = topic
            db.session.commit()
        assert db.session.scalars(select(Listing.topic_id)).all() == [here.id]
        assert list(faults(db.session(), cycle.id)) == []
