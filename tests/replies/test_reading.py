"""A reply that came in time is read before its finding is published, and not put off for ever."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.findings.models import Finding
from mobilizer.replies.actions import Written, decide, receive
from mobilizer.replies.rules import READING_DAYS, Asked, Ground, Ruling, held_until
from tests.support.days import ZONE, over
from tests.support.world import NOVEMBER

DAY = timedelta(days=1)
DAYS = 10
WORDS = "The road was opened in May."


def findings():
    return db.session.scalars(select(Finding)).all()


def on(days):
    return clock.at(NOVEMBER + days * DAY)


def later(days, work):
    with clock.at(over(days)):
        work()


@pytest.fixture
def held(make):
    """A finding that waits for one body, which was told today."""
    return make.held(days=DAYS)


@pytest.fixture
def replied(make, held):
    """Lets the body reply after so many days."""
    _, token = make.reply_link(held)

    def replied(days):
        with on(days):
            reply = receive(token, Written("Road Party", WORDS, "en"))
            db.session.flush()
        return reply

    return replied


@given(st.integers(0, 30 * 24))
def test_a_reply_holds_its_finding_only_in_time_and_only_for_the_days_of_reading(hours):
    asked = Asked(
        "party:roads", NOVEMBER, NOVEMBER + 60 * DAY, unread_since=NOVEMBER + timedelta(hours=hours)
    )

    until = held_until([asked], DAYS, ZONE, approved_at=NOVEMBER)

    assert over(DAYS) <= until <= over(DAYS + READING_DAYS)
    assert (until > over(DAYS)) == (over(DAYS - READING_DAYS) <= asked.unread_since < over(DAYS))


@pytest.mark.parametrize(("came", "published"), [(1, DAYS), (10.5, DAYS + READING_DAYS)])
def test_a_reply_in_time_waits_to_be_read_and_no_longer(replied, work, came, published):
    replied(came)

    later(published - 0.1, work)
    assert findings() == []
    later(published, work)
    assert len(findings()) == 1


def test_what_is_published_meanwhile_says_that_a_reply_came_and_no_word_of_it(
    make, page, held, replied, work
):
    reply = replied(8)
    later(8 + READING_DAYS, work)
    public = {"lang": "en", "number": held.promise.number}

    shown = page.get("scorecards.promise", **public)

    assert "The party replied on 30 November 2026, before this was published" in shown
    assert WORDS not in shown
    assert "Road Party" not in shown.texts(f"#finding-{held.finding_number}")[0]

    decide(reply, Ruling.PUBLISH, by=make.coordinator())
    shown = page.get("scorecards.promise", **public)
    assert WORDS in shown
    assert "before this was published" not in shown


def test_a_declined_reply_leaves_no_word_that_one_is_being_read(make, page, held, replied, work):
    reply = replied(8)
    later(8 + READING_DAYS, work)
    decide(reply, Ruling.DECLINE, Ground.INSULT, "It calls us names.", by=make.coordinator())

    shown = page.get("scorecards.promise", lang="en", number=held.promise.number)

    assert "before this was published" not in shown


def test_a_reply_to_what_was_public_already_is_not_announced(make, page):
    reply = make.reply()

    shown = page.get("scorecards.promise", lang="en", number=reply.link.promise.number)

    assert "before this was published" not in shown


@pytest.mark.parametrize(
    "ruled", [(Ruling.PUBLISH,), (Ruling.DECLINE, Ground.INSULT, "It calls us names.")]
)
def test_a_ruling_after_the_deadline_publishes_the_finding_with_it(make, replied, ruled):
    reply = replied(9)
    with on(12):
        decide(reply, *ruled, by=make.coordinator())

    assert [one.published_at for one in findings()] == [NOVEMBER + 12 * DAY]


def test_a_moderator_is_shown_what_is_overdue_and_what_happens_without_her(make, page, replied):
    reply = replied(5)
    page.sign_in(make.coordinator())

    with clock.at(over(5 + READING_DAYS - 0.1)):
        assert not page.get("replies.index").query(".badge.overdue")
        shown = page.get("replies.show", reply_id=reply.id)
        assert "to be read by 4 December 2026" in shown
        assert "the finding is published on 5 December 2026" in shown
    with clock.at(over(5 + READING_DAYS)):
        assert page.get("replies.index").query(".badge.overdue")


def test_the_body_reads_until_when_its_reply_is_read(make, page, held):
    _, token = make.reply_link(held)
    written = {"text": WORDS, "body": "Road Party", "language": "en", "consent": "y"}
    page.post("reply.send", secret=token, data=written)

    shown = page.get("reply.answer", secret=token)

    assert "A coordinator reads it by 29 November 2026" in shown
    assert "the finding is published on 3 December 2026" in shown


def test_the_method_page_says_what_is_held_also_once_the_cycle_publishes_at_once(
    make, page, held, work
):
    held.promise.cycle.reply_days = 0
    db.session.commit()

    shown = page.get("scorecards.method", lang="en")
    assert f"for {READING_DAYS} days at the longest" in shown
    assert "1 approved finding is held back today, since 22 November 2026." in shown
    assert "Of 1 of them nobody was told yet" in shown

    make.reply_link(held)
    db.session.commit()
    assert "nobody was told yet" not in page.get("scorecards.method", lang="en")

    later(DAYS, work)
    shown = page.get("scorecards.method", lang="en")
    assert "held back" not in shown
    assert "at the longest" not in shown


def test_the_method_page_says_how_long_a_reply_holds_a_finding(make, page, held):
    shown = page.get("scorecards.method", lang="en")

    assert f"for {READING_DAYS} days at the longest" in shown
