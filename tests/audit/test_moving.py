"""Where a promise counted is the log's to tell: no published score of the past is moved away."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from mobilizer.audit.actions import record
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.desk.queries.contents import Fault, forged
from mobilizer.desk.queries.moving import moved_unlogged
from mobilizer.tallies.models import Listing
from tests.audit.published import published
from tests.support.insider import without_guards

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.fixture
def promise(make):
    return published(make)


def the_row(promise):
    wanted = sa.select(Listing).where(Listing.promise_id == promise.id)
    return db.session.scalars(wanted.order_by(Listing.since)).first()


def other_day(promise, party):
    """Another row, before which it counted for somebody else."""
    row = the_row(promise)
    values = {name: getattr(row, name) for name in ("topic_id", "place_ids", "unread")}
    db.session.execute(
        sa.insert(Listing).values(
            promise_id=promise.id, since=date(2099, 1, 2), party_id=row.party_id, **values
        )
    )
    db.session.execute(
        sa.update(Listing).where(Listing.since == row.since).values(party_id=party.id)
    )
    db.session.commit()
    db.session.expire_all()


def test_a_past_that_was_moved_without_a_step_is_named(make, promise):
    other_day(promise, make.party("Lantern Party"))

    says = "counts elsewhere from 2099-01-02 on; no step moved it"
    assert Fault("promise", promise.number, says) in list(forged())


def test_where_it_counts_now_is_where_it_stands(make, promise):
    party = make.party("Lantern Party")
    db.session.execute(sa.update(Listing).values(party_id=party.id))
    db.session.commit()
    db.session.expire_all()

    assert Fault("promise", promise.number, "counts elsewhere than it stands") in list(forged())


@pytest.mark.parametrize(("fields", "is_whole"), [(["party"], True), (["topic"], False)])
def test_a_move_is_one_of_what_its_step_says(make, promise, fields, is_whole):
    with clock.at(clock.now() + timedelta(days=3)):
        promise.party = make.party("Lantern Party")
        told = {"fields": fields, "state": "published"}
        record(None, "promise.change", promise, vouches=promise, **told)
        db.session.commit()

    assert db.session.scalar(sa.select(sa.func.count()).select_from(Listing)) == 2
    named = [one for one in forged() if one.name == "promise"]
    assert (not named) == is_whole


@pytest.mark.parametrize(
    "said",
    [
        "UPDATE cycle SET time_zone = 'y'",
        "UPDATE cycle SET id = 7777",
        "UPDATE promise SET checked_at = 'y'",
        "UPDATE listing SET since = 'y' WHERE since < '2099-01-01'",
        "UPDATE listing SET place_ids = '{'",
        """UPDATE listing SET place_ids = '{"x": [1, "y"]}'""",
        "UPDATE listing SET place_ids = 'null'",
    ],
)
def test_nothing_that_cannot_be_read_ends_the_walk(make, promise, said):
    other_day(promise, make.party("Lantern Party"))
    for step in (*without_guards(), said):
        db.session.execute(sa.text(step))
    db.session.expire_all()

    list(moved_unlogged())
    db.session.rollback()
