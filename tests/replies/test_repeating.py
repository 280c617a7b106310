"""While a month is held back, a later one that only repeats it tells the public nothing of it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.cycles.rules import month_after
from mobilizer.findings.models import Finding
from mobilizer.monitoring.models import Revision
from mobilizer.monitoring.rules.workflow import EntryState, RevisionKind
from mobilizer.replies.actions import forgo
from mobilizer.replies.models import HeldFinding
from mobilizer.replies.queries import rating_up_to
from mobilizer.scoring.rules import Rating
from tests.support.days import over
from tests.support.world import NOVEMBER

MINISTRY = "Ministry of Roads"
SAID = {
    RevisionKind.NOT_FOUND_OUT: {"evidence": [], "because": "no_reply"},
    RevisionKind.NO_CHANGE: {"tried": "I went there again and nothing was different."},
}


def findings():
    return db.session.scalars(select(Finding).order_by(Finding.number)).all()


def later(days, work):
    with clock.at(over(days)):
        work()


def report_of(held):
    return db.session.get_one(Revision, held.revision_id).entry


def next_month(make, held, kind, *, days=10):
    """The month after is approved, in a cycle that has so many days by now."""
    assignment = report_of(held).assignment
    assignment.cycle.reply_days = days
    month = f"{month_after(held.month):%Y-%m}"
    entry = make.entry(assignment, month=month, state=EntryState.SUBMITTED)
    make.revision(entry, Rating.PARTLY_KEPT, kind=kind, **SAID[kind])
    make.decision(entry, "approve")
    found = select(HeldFinding).where(HeldFinding.month > held.month)
    return db.session.scalars(found).one_or_none()


@pytest.fixture
def held(make):
    return make.held(rating=Rating.PARTLY_KEPT, days=10)


@pytest.mark.parametrize("kind", SAID)
@pytest.mark.parametrize("days", [0, 10])
def test_nothing_is_published_of_what_is_held(make, held, kind, days):
    next_month(make, held, kind, days=days)

    assert not findings()
    assert rating_up_to(held.promise_id, held.place_id, held.month) is None


@pytest.mark.parametrize("days", [0, 10])
def test_who_found_nothing_out_does_not_repeat_what_was_public_before(make, held, work, days):
    """It would say that things stand as long ago, though something else was found since."""
    long_ago = month_after(held.month, -1)
    make.finding(held.promise, Rating.KEPT, place=held.place, month=long_ago)
    make.reply_link(held)

    assert next_month(make, held, RevisionKind.NOT_FOUND_OUT, days=days) is None
    later(10, work)

    assert [one.rating for one in findings()] == [Rating.KEPT, Rating.PARTLY_KEPT]


@pytest.mark.parametrize("days", [0, 10])
def test_the_same_as_last_month_follows_it(make, page, held, work, days):
    make.reply_link(held)
    with clock.at(NOVEMBER + timedelta(days=1)):
        make.reply_link(held, name=MINISTRY)
    second = next_month(make, held, RevisionKind.NO_CHANGE, days=days)
    _, token = make.reply_link(second)

    forgo(token)
    work()
    page.sign_in(make.coordinator())
    assert not findings()
    assert "follows that one" in page.get("replies.index")

    later(11, work)
    assert [one.month for one in findings()] == [held.month, second.month]
    assert page.get("replies.index").texts("#dated") == []


def test_an_earlier_month_that_nobody_is_told_of_holds_it_no_longer_than_itself(make, held, work):
    second = next_month(make, held, RevisionKind.NO_CHANGE)
    make.reply_link(second)

    later(19, work)
    assert not findings()
    later(20, work)

    assert [one.month for one in findings()] == [held.month, second.month]


@pytest.mark.parametrize("is_ended", [True, False])
def test_it_falls_with_what_it_repeats(make, held, work, is_ended):
    if is_ended:
        make.reply_link(held)
    second = next_month(make, held, RevisionKind.NO_CHANGE)
    make.reply_link(second)
    report_of(held).state = EntryState.RETURNED

    later(30, work)

    assert not findings()
    assert second.ended_at is not None


def test_it_stands_if_the_public_reads_the_same_by_then(make, held, work):
    second = next_month(make, held, RevisionKind.NO_CHANGE)
    make.reply_link(second)
    entry = report_of(held)
    entry.state = EntryState.SUBMITTED
    make.revision(entry, Rating.PARTLY_KEPT)
    entry.assignment.cycle.reply_days = 0
    make.decision(entry, "approve")

    later(10, work)

    assert [one.month for one in findings()] == [held.month, second.month]


def test_what_repeats_no_held_month_waits_for_its_own_days_alone(make, work):
    entry = make.report()
    published = make.decision(entry, "approve").finding
    assignment = entry.assignment
    assignment.cycle.reply_days = 10
    again = make.entry(assignment, month=f"{month_after(entry.month):%Y-%m}", state="submitted")
    make.revision(
        again, Rating.PARTLY_KEPT, kind=RevisionKind.NO_CHANGE, **SAID[RevisionKind.NO_CHANGE]
    )
    make.reply_link(make.held(again))

    later(10, work)

    assert [one.rating for one in findings()] == [published.rating, Rating.PARTLY_KEPT]
