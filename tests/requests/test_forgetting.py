"""Letters to whoever asked, and what is forgotten of her."""

from datetime import timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import select

from mobilizer.accounts.models import Throttle
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.jobs.models import Job
from mobilizer.requests.actions import Told, close, hide
from mobilizer.requests.models import PublicRequest
from mobilizer.requests.rules import KEPT_DAYS, SPAM_KEPT_DAYS, Outcome
from tests.support.world import NOVEMBER

DAY = timedelta(days=1)
HERS = "asker@mail.example"


def told(letters: list[EmailMessage]) -> list[str]:
    return [str(one["To"]) for one in letters]


def answered(sent, make, outcome="answer"):
    return close(sent, Told(Outcome(outcome), "In May.", "en"), by=make.coordinator())


def test_she_is_sent_her_link_and_told_of_the_answer_then_nothing_leads_to_her(
    make, letters, work, page
):
    sent, secret = make.request(address=HERS, language="sq", text="A private word")
    work()
    answered(sent, make)
    work()

    assert told(letters) == [HERS, HERS]
    for letter in letters:
        assert f"/ask/requests/{secret}?lang=sq" in letter.get_content()
        assert "private" not in letter.get_content()
        assert "In May" not in letter.get_content()
        assert letter["Content-Language"] == "sq"
    assert (sent.address, sent.salt) == ("", "")
    assert "In May." in page.get("ask.follow", secret=secret)


def test_answered_before_the_first_letter_went_out_she_gets_one(make, letters, work):
    sent, _ = make.request(address=HERS)
    answered(sent, make)
    work()
    assert told(letters) == [HERS]
    assert not sent.address


def test_of_spam_nobody_is_told(make, letters, work):
    sent, _ = make.request(address=HERS)
    answered(sent, make, "spam")
    assert not sent.address
    work()
    assert not letters


def test_a_link_that_can_no_longer_be_told_is_told_nobody(make, letters, work, app, monkeypatch):
    make.request(address=HERS)
    monkeypatch.setitem(app.config, "SECRET_KEY", "another one")
    work()
    assert not letters


def test_where_no_letters_go_out_no_address_is_asked_for_or_kept(asker, app, monkeypatch):
    monkeypatch.setitem(app.config, "IS_PRODUCTION", True)
    shown = asker.opens()
    assert not shown.query("input[name=address]")
    asker.sends(address=HERS)
    assert not db.session.scalars(select(PublicRequest.address)).one()


def test_no_job_holds_what_somebody_typed(make):
    make.request(address=HERS, text="A private word")
    jobs = db.session.execute(select(Job.payload, Job.key)).all()
    assert jobs
    assert HERS not in str(jobs)
    assert "private" not in str(jobs)


def test_an_address_no_letter_reaches_is_not_kept_for_long(make, work, letters, monkeypatch):
    sent, _ = make.request(address=HERS)
    answered(sent, make)
    db.session.execute(db.delete(Job))
    with clock.at(NOVEMBER + 15 * DAY):
        work()
    assert (sent.address, sent.salt) == ("", "")


@pytest.mark.parametrize(
    ("outcome", "days"), [("answer", KEPT_DAYS), ("decline", KEPT_DAYS), ("spam", SPAM_KEPT_DAYS)]
)
def test_her_words_are_erased_when_she_was_told_they_are(make, work, page, outcome, days):
    sent, secret = make.closed_request(outcome=outcome, text="Mine", url="https://a.example/b")
    with clock.at(NOVEMBER + days * DAY - timedelta(minutes=1)):
        work()
        assert sent.text == "Mine"
        page.get("ask.follow", secret=secret)
    with clock.at(NOVEMBER + (days + 1) * DAY):
        work()
        assert (sent.text, sent.url, sent.answer, sent.summary) == ("", "", "", "")
        page.get("ask.follow", secret=secret, expect=404)
        page.sign_in(make.coordinator())
        assert "erased" in page.get("requests.show", number=sent.number)


def test_what_waits_is_not_erased(make, work):
    sent, _ = make.request()
    with clock.at(NOVEMBER + 1000 * DAY):
        work()
    assert sent.text


def test_what_is_public_stays_as_it_is_public(make, work, page):
    promise = make.finding().promise
    hers = make.published_answer(promise, text="Her words")
    ours = make.published_answer(promise, "Our words", text="Not shown")
    with clock.at(NOVEMBER + (KEPT_DAYS + 1) * DAY):
        work()
        assert (hers.text, ours.text, hers.answer) == ("", "", "")
        shown = page.get("scorecards.promise", lang="en", number=promise.number)
        assert "Her words" in shown
        assert "Our words" in shown

        hide(hers, by=make.coordinator())
        work()
        assert "Her words" not in page.get("scorecards.promise", lang="en", number=promise.number)


def test_marks_of_networks_are_swept_though_nobody_passes_a_door(asker, work):
    asker.opens()
    asker.sends()
    with clock.at(NOVEMBER + 3 * DAY):
        work()
    assert not db.session.scalars(select(Throttle)).all()
