"""What a reply answers was taken back: what a moderator can do, and what the body reads."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.findings.models import Finding
from mobilizer.monitoring.models import Entry, Revision
from mobilizer.monitoring.rules.workflow import EntryState
from mobilizer.promises.rules import PromiseState
from mobilizer.replies.actions import Written, decide, forgo, receive, renew
from mobilizer.replies.models import ReplyLink, ReplyRuling
from mobilizer.replies.queries import by_token
from mobilizer.replies.rules import READABLE_DAYS, Ruling
from mobilizer.scoring.rules import Rating
from tests.support.days import over
from tests.support.world import NOVEMBER

DAY = timedelta(days=1)
WORDS = "The road was opened in May."
WRITTEN = Written("Road Party", WORDS, "en")


def on(days):
    return clock.at(NOVEMBER + days * DAY)


def reopened(held):
    """Its report goes back to whoever wrote it."""
    of_it = select(Entry).join(Revision, Revision.entry_id == Entry.id)
    entry = db.session.scalars(of_it.where(Revision.id == held.revision_id)).one()
    entry.state = EntryState.RETURNED
    db.session.flush()
    return entry


def replaced(make, held):
    """Its report is sent and approved anew, with another rating."""
    entry = reopened(held)
    make.revision(entry, Rating.IN_PROGRESS)
    entry.state = EntryState.SUBMITTED
    return make.held(entry)


@pytest.fixture
def answered(make):
    """A reply to a held finding, whose report was reopened since; and its link's token."""
    held = make.held(rating=Rating.PARTLY_KEPT)
    _, token = make.reply_link(held)
    reply = receive(token, WRITTEN)
    db.session.flush()
    return held, reply, token


def test_what_a_reply_answers_still_stands_so_it_cannot_be_set_aside(make, page):
    reply = make.reply()
    page.sign_in(make.coordinator())

    assert not page.get("replies.show", reply_id=reply.id).query("[value=set_aside]")
    shown = page.post("replies.decide", reply_id=reply.id, data={"ruling": "set_aside"}, expect=422)
    assert shown.query("#ruling-error")
    with pytest.raises(RuleBroken):
        decide(reply, Ruling.SET_ASIDE, by=make.coordinator())


def test_a_reply_to_what_was_taken_back_is_set_aside_with_the_true_ground(make, page, answered):
    held, reply, token = answered
    reopened(held)
    page.sign_in(make.coordinator())
    assert "nothing has replaced it yet" in page.get("replies.show", reply_id=reply.id)

    page.post("replies.decide", reply_id=reply.id, data={"ruling": "set_aside"})

    ruling = db.session.scalars(select(ReplyRuling)).one()
    assert (ruling.ground, ruling.finding_number, ruling.held_id) == (None, None, None)
    page.sign_out()
    theirs = page.get("reply.answer", secret=token)
    assert "the finding it answers was taken back" in theirs
    assert "Nothing has replaced it yet" in theirs


def test_it_is_published_with_what_replaced_it_told_as_about_the_earlier_version(
    make, page, answered, work
):
    held, reply, _ = answered
    with on(2):
        after = replaced(make, held)
        make.reply_link(after, name="Ministry of Roads")
    page.sign_in(make.coordinator())
    with on(3):
        assert "taken back, and replaced" in page.get("replies.show", reply_id=reply.id)
        page.post("replies.decide", reply_id=reply.id, data={"ruling": "publish"})
    page.sign_out()

    with clock.at(over(12)):
        work()
        shown = page.get("scorecards.promise", lang="en", number=held.promise.number)
        data = page.get("api.listing", name="replies").json[0]

    assert reply.beside == after.finding_number
    assert WORDS in shown
    assert "written about the version of 22 November 2026" in shown
    assert (data["finding"], data["written_about"]) == (after.finding_number, "2026-11-22")


def test_beside_what_it_answers_no_other_version_is_named(make, page):
    reply = make.published_reply()

    shown = page.get("scorecards.promise", lang="en", number=reply.link.promise.number)

    assert "written about" not in shown
    assert page.get("api.listing", name="replies").json[0]["written_about"] is None


def test_a_reply_to_a_corrected_finding_stands_beside_the_last_correction(make):
    wrong = make.finding(rating=Rating.KEPT)
    reply = make.reply(wrong)
    with on(1):
        half = make.finding(wrong.promise, Rating.STALLED, place=wrong.place, corrects=wrong.number)
        right = make.finding(wrong.promise, Rating.BROKEN, place=wrong.place, corrects=half.number)
        decide(reply, Ruling.PUBLISH, by=make.coordinator())

    assert reply.beside == right.number
    assert reply.written_about == wrong.published_at


def test_a_body_replies_anew_to_what_replaced_it_with_fresh_days_once(make, page, answered):
    held, _, token = answered
    with on(4):
        after = replaced(make, held)
        shown = page.get("reply.answer", secret=token)
        assert "What you replied to was taken back" in shown

        page.post("reply.anew", secret=token)
        fresh = renew(token)

        assert after.publish_at == over(14)
        theirs = page.get("reply.answer", secret=fresh)
        assert "end with 6 December 2026" in theirs
        assert theirs.query("textarea")
    links = db.session.scalars(select(ReplyLink).where(ReplyLink.held_id == after.id)).all()
    assert [link.addressee for link in links] == ["Road Party"]
    receive(fresh, WRITTEN)


def test_whoever_said_that_there_is_no_reply_can_reply_to_what_replaced_it(make):
    held = make.held()
    _, token = make.reply_link(held)
    forgo(token)
    after = replaced(make, held)

    fresh = renew(token)

    assert db.session.scalars(by_token(fresh)).one().held_id == after.id


@pytest.mark.parametrize("is_replaced", [True, False])
def test_an_open_link_leads_to_what_replaced_its_finding(make, page, is_replaced):
    held = make.held()
    _, token = make.reply_link(held)
    page.get("reply.answer", secret=token)
    sent = {"text": WORDS, "body": "Road Party", "language": "en", "consent": "y"}
    (replaced if is_replaced else lambda _, held: reopened(held))(make, held)

    shown = page.get("reply.answer", secret=token)
    refused = page.post("reply.send", secret=token, data=sent, expect=409)

    assert bool(shown.query("form[action$='/anew']")) is is_replaced
    assert WORDS in refused


def test_nothing_is_made_anew_where_the_finding_stands(make, page):
    _, token = make.reply_link()
    page.get("reply.answer", secret=token)

    page.post("reply.anew", secret=token, expect=409)

    assert len(db.session.scalars(select(ReplyLink)).all()) == 1


def test_a_promise_that_is_no_longer_public_leaves_its_reply_to_be_set_aside(make):
    reply = make.reply()
    reply.link.promise.state = PromiseState.CHECKED

    with pytest.raises(RuleBroken):
        decide(reply, Ruling.PUBLISH, by=make.coordinator())
    decide(reply, Ruling.SET_ASIDE, by=make.coordinator())


def test_an_accepted_reply_whose_finding_falls_away_says_so_to_its_body(make, page, answered):
    held, reply, token = answered
    make.reply_link(held, name="Ministry of Roads")
    decide(reply, Ruling.PUBLISH, by=make.coordinator())
    replaced(make, held)

    theirs = page.get("reply.answer", secret=token)

    assert "It is kept" in theirs
    assert theirs.query("form[action$='/anew']")
    page.sign_in(make.coordinator())
    assert "was taken back before that" in page.get("replies.show", reply_id=reply.id)


def test_an_answered_link_is_read_for_longer_than_it_takes_replies(make, page, answered):
    _, _, token = answered

    with on(READABLE_DAYS - 1):
        assert WORDS in page.get("reply.answer", secret=token)
    with on(READABLE_DAYS):
        page.get("reply.answer", secret=token, expect=404)


def test_a_body_that_comes_late_to_what_replaced_it_replies_once_that_is_public(
    make, page, answered
):
    held, _, token = answered
    after = replaced(make, held)
    make.reply_link(after, name="Ministry of Roads")

    with on(9):
        make.reply_link(after, name="Town Hall")
    with clock.at(over(10)):
        shown = page.get("reply.answer", secret=token)
        shown = page.post("reply.anew", secret=token, expect=422)

    assert "can reply once the finding is published" in shown
    assert not db.session.scalars(select(Finding)).all()
