"""What took its last step stays as it is: whoever owns the database cannot add one that fits."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from mobilizer.agreement.actions import give
from mobilizer.agreement.rules import Answer
from mobilizer.audit.actions import record
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.desk.queries.contents import Fault, forged
from mobilizer.replies import actions as replies
from mobilizer.replies.actions.deadlines import reckon
from mobilizer.scoring.rules import Rating
from tests.support.insider import without_guards

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)
UNDUE = "its day is not the one that its links give it"
ANEW = "the log tells of it anew after its last step"


@pytest.fixture
def forge(app):
    """Take the guards away for one transaction."""

    def forge():
        db.session.commit()
        for step in without_guards():
            db.session.execute(sa.text(step))

    yield forge
    db.session.rollback()


@pytest.fixture
def given(make):
    """A second look that was given."""
    coder = make.mentor("Vardar")
    entry = make.report(make.assignment())
    make.the_cycle().second_share = 100
    look = make.look(entry, coder)
    make.vouched()
    give(look.id, Answer(Rating.KEPT, "The photo shows it."), by=coder)
    assert list(forged()) == []
    return look


def test_a_given_second_look_is_not_given_anew(given, forge):
    forge()
    given.rating = Rating.BROKEN
    record(None, "second.give", given.revision.entry, vouches=given)

    assert list(forged()) == [Fault("second look", given.id, ANEW)]


def test_a_given_second_look_does_not_lapse(given, forge):
    forge()
    entry, number = given.revision.entry, given.id
    record(None, "second.lapse", entry, removes=given)
    db.session.delete(given)

    gone = Fault("second look", number, "the log tells of it; it is not there")
    assert list(forged()) == [gone]


def test_a_given_second_look_does_not_lapse_to_be_drawn_again(given, forge):
    forge()
    entry = given.revision.entry
    record(None, "second.lapse", entry, removes=given)
    given.rating = Rating.BROKEN
    record(None, "second.draw", entry, vouches=given)

    assert list(forged()) == [Fault("second look", given.id, ANEW)]


@pytest.mark.parametrize("end", ["use", "forgo", "withdraw"])
def test_a_link_that_worked_once_is_told_of_no_more(make, forge, end):
    link, token = make.reply_link(make.finding())
    make.vouched()
    match end:
        case "use":
            replies.receive(token, replies.Written("Road Party", "It opened.", "en"))
        case "forgo":
            replies.forgo(token)
        case "withdraw":
            replies.withdraw(link, by=make.coordinator())
    forge()
    link.answered_at = link.forgone_at = link.withdrawn_at = None
    record(None, "reply.send", link, vouches=link)

    assert Fault("reply link", link.id, ANEW) in list(forged())


@pytest.mark.parametrize("end", ["let_out", "let_go"])
def test_a_finding_held_no_longer_is_told_of_no_more(make, forge, end):
    entry = make.report()
    make.the_cycle().reply_days = 10
    make.vouched()
    held = make.held(entry)
    if end == "let_go":
        make.reopening(entry)
    with clock.at(held.publish_at):
        replies.publish_due(held.id)
    assert held.ended_at is not None
    assert list(forged()) == []
    forge()
    held.ended_at = held.finding_number = None
    record(None, "finding.reckon", held, vouches=held)

    assert Fault("held finding", held.id, ANEW) in list(forged())


@pytest.fixture
def waiting(make):
    """A finding that waits for a body that was told."""
    entry = make.report()
    make.the_cycle().reply_days = 10
    make.vouched()
    held = make.held(entry)
    make.reply_link(held)
    return held


@pytest.mark.parametrize("away", [timedelta(days=-2), timedelta(days=3000), None])
def test_what_waits_is_not_put_off_by_a_step_that_fits(waiting, forge, away):
    assert list(forged()) == []
    forge()
    waiting.publish_at = waiting.publish_at + away if away else None
    record(None, "finding.reckon", waiting, vouches=waiting)

    assert list(forged()) == [Fault("held finding", waiting.id, UNDUE)]


def test_what_was_reckoned_in_another_time_zone_is_not_forged(make, waiting):
    cycle = waiting.promise.cycle
    was = cycle.time_zone
    # A day that ends there nearly a day later.
    cycle.time_zone = "Pacific/Kiritimati"
    db.session.flush()
    reckon(waiting, "again")
    cycle.time_zone = was
    record(
        None,
        "cycle.change",
        cycle,
        vouches=cycle,
        changed={"time_zone": {"from": "Pacific/Kiritimati", "to": was}},
    )

    assert list(forged()) == []


@pytest.mark.parametrize("key", ["9" * 30, "9" * 5000, "x"])
def test_a_step_that_tells_of_what_cannot_be_is_named(make, key):
    promise = make.promise()
    make.vouched()
    told = {"of": "promise", "key": key, "facts": "", "lasts": ""}
    record(None, "promise.change", promise, content=[told])
    db.session.flush()
    row = db.session.scalar(sa.text("SELECT max(id) FROM audit_event"))

    assert list(forged()) == [Fault("audit row", row, "tells of a promise that cannot be")]
