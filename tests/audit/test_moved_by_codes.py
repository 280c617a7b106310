"""Where a promise counted on each day is what the codes in the log's steps say."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from mobilizer.audit.actions import record
from mobilizer.audit.models import AuditEvent
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.desk.queries.contents import Fault, forged
from mobilizer.desk.queries.moving import moved_unlogged
from mobilizer.promises.actions import change
from mobilizer.tallies.models import Listing
from tests.audit.published import published


@pytest.fixture
def promise(make):
    return published(make)


@pytest.fixture
def thrice(make, promise):
    """It was moved twice, each time with a step: health, roads, schools."""
    topics = {code: make.topic(code, cycle=promise.cycle) for code in ("roads", "schools")}
    make.vouched()
    for days, code in ((3, "roads"), (6, "schools")):
        with clock.at(clock.now() + timedelta(days=days)):
            values = make.promise_values(
                promise.cycle,
                topic_id=topics[code].id,
                party_id=promise.party_id,
                place_ids=tuple(place.id for place in promise.places),
            )
            change(promise, values, by=None, reason="It stood in the wrong place.")
            db.session.commit()
    assert list(forged()) == []
    return promise


def rows_of(promise):
    wanted = sa.select(Listing).where(Listing.promise_id == promise.id)
    return db.session.scalars(wanted.order_by(Listing.since)).all()


def test_the_step_of_a_move_says_from_which_codes_to_which(thrice):
    steps = db.session.scalars(
        sa.select(AuditEvent).where(AuditEvent.verb == "promise.change").order_by(AuditEvent.id)
    )
    first, second = [step.details["moved"] for step in steps]
    assert first["topic"][1] == second["topic"][0] == "roads"
    assert second == {"topic": ["roads", "schools"]}


@pytest.mark.parametrize("at", [0, 1, 2])
@pytest.mark.parametrize(
    ("column", "name"), [("topic_id", "topic"), ("party_id", "party"), ("place_ids", "places")]
)
def test_each_day_of_a_promise_that_was_moved_is_held_against_the_codes(
    make, thrice, at, column, name
):
    """Also the days before it was moved, and between two moves."""
    others = {
        "topic_id": make.topic("culture", cycle=thrice.cycle).id,
        "party_id": make.party("Lantern Party").id,
        "place_ids": [make.municipality("Ohrid", region="Southwest").id],
    }
    row = rows_of(thrice)[at]
    db.session.execute(
        sa.update(Listing).where(Listing.since == row.since).values({column: others[column]})
    )
    db.session.commit()
    db.session.expire_all()

    assert [one.number for one in forged() if one.name == "promise"]
    if name == "topic":
        says = f"counts from {row.since} on under another topic than logged"
        assert Fault("promise", thrice.number, says) in list(forged())


def test_two_of_one_name_are_told_apart_by_their_codes(make, promise):
    party = make.party("Bridge Party", code="MK-BRIDGE-TOO")
    values = make.promise_values(
        promise.cycle,
        topic_id=promise.topic_id,
        party_id=party.id,
        place_ids=tuple(place.id for place in promise.places),
    )
    assert "party" in change(promise, values, by=None, reason="Another party of that name.")


@pytest.mark.parametrize(
    "details",
    [{"topic": "roads"}, {"topic": []}, {"topic": ["a"]}, {"topic": None}, ["topic"], "topic"],
)
def test_codes_that_cannot_be_read_end_no_walk(make, promise, details):
    record(None, "promise.change", promise, vouches=promise, fields=["topic"], moved=details)
    db.session.commit()

    list(moved_unlogged())
