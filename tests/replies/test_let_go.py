"""What is held back falls away once its report is reopened or decided anew."""

import pytest
from sqlalchemy import select

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.findings.models import Finding
from mobilizer.monitoring.rules.workflow import EntryState
from mobilizer.scoring.rules import Rating
from tests.support.days import over
from tests.support.world import NOVEMBER


def findings():
    return db.session.scalars(select(Finding).order_by(Finding.number)).all()


def later(days, work):
    with clock.at(over(days)):
        work()


@pytest.mark.parametrize("state", [EntryState.SUBMITTED, EntryState.RETURNED, EntryState.REJECTED])
def test_a_reopened_report_lets_it_go(make, page, work, state):
    entry = make.report()
    held = make.held(entry)
    _, token = make.reply_link(held)
    entry.state = state

    shown = page.get("reply.answer", secret=token)
    later(20, work)

    assert "nothing to reply to" in shown
    assert findings() == []
    assert held.ended_at is not None
    assert held.finding_number is None


def test_a_reply_to_what_was_let_go_cannot_be_published(make, page):
    entry = make.report()
    reply = make.reply(make.held(entry))
    entry.state = EntryState.RETURNED
    page.sign_in(make.coordinator())

    shown = page.post("replies.decide", reply_id=reply.id, data={"ruling": "publish"}, expect=422)

    assert "looked at anew" in shown
    assert findings() == []


def test_a_report_that_is_decided_anew_leaves_one_finding_waiting(make, work):
    entry = make.report(rating=Rating.PARTLY_KEPT)
    first = make.held(entry)
    make.reply_link(first)
    make.revision(entry, Rating.IN_PROGRESS)
    entry.state = EntryState.SUBMITTED
    second = make.held(entry)
    make.reply_link(second)

    later(20, work)

    assert [one.rating for one in findings()] == [Rating.IN_PROGRESS]
    assert first.ended_at is not None


def test_decided_anew_once_nobody_is_waited_for_leaves_nothing_waiting(make):
    entry = make.report()
    first = make.held(entry)
    make.revision(entry)
    entry.state = EntryState.SUBMITTED
    entry.assignment.cycle.reply_days = 0

    make.decision(entry, "approve")

    assert len(findings()) == 1
    assert (first.ended_at, first.finding_number) == (NOVEMBER, None)


def test_whoever_reopens_what_was_never_public_reads_so(make, page):
    entry = make.report()
    make.held(entry)
    page.sign_in(make.coordinator())

    page.post("review.reopen", entry_id=entry.id, data={"reason": "The decree is of last year."})

    shown = page.get("review.show", entry_id=entry.id)
    assert "Nothing of this report is public" in shown
    assert "stays public" not in shown
