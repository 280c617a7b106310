"""The coordinator's desk: who reads what, how a request is closed, what becomes public."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from mobilizer.audit.models import AuditEvent
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.requests.actions import Told, close, publish
from mobilizer.requests.queries import visible_to
from mobilizer.requests.rules import AlreadyClosed, Outcome, RequestState
from tests.support.world import NOVEMBER

ANSWER = {"outcome": "answer", "answer": "It opens in May.", "language": "en"}
DAY = timedelta(days=1)


def steps():
    found = select(AuditEvent.verb).where(AuditEvent.verb.startswith("request."))
    return list(db.session.scalars(found.order_by(AuditEvent.id)))


def seen_by(user):
    return db.session.scalars(visible_to(user)).unique().all()


def test_only_coordinators_of_its_cycle_know_of_a_request(make, page):
    sent, _ = make.request()
    assert seen_by(make.coordinator()) == [sent]
    elsewhere = make.coordinator(cycle=make.cycle("elsewhere"))
    for other in (make.mentor("Polog"), make.mobilizer("Polog"), make.administrator(), elsewhere):
        assert not seen_by(other)
    page.sign_in(elsewhere)
    page.get("requests.show", number=sent.number, expect=404)


def test_she_answers_and_only_whoever_asked_reads_it(make, page):
    sent, secret = make.request(text="When? <b>now</b>")
    page.sign_in(make.coordinator())
    assert "When? <b>now</b>" in page.get("requests.show", number=sent.number).text

    page.post("requests.close", number=sent.number, data=ANSWER)

    assert sent.state is RequestState.ANSWERED
    page.sign_out()
    assert "It opens in May." in page.get("ask.follow", secret=secret)
    public = page.get("scorecards.promise", lang="en", number=sent.promise.number)
    assert "It opens in May." not in public
    assert "When?" not in public


def test_declined_it_says_why(make, page):
    sent, secret = make.request()
    page.sign_in(make.coordinator())
    page.post("requests.close", number=sent.number, data=ANSWER | {"outcome": "decline"})
    page.sign_out()
    assert "It opens in May." in page.get("ask.follow", secret=secret)
    assert sent.state is RequestState.DECLINED


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"outcome": "answer", "answer": " "}, "answer"),
        ({"outcome": "decline", "answer": ""}, "answer"),
        ({"outcome": "", "answer": "In May."}, "outcome"),
        ({"outcome": "burn", "answer": "In May."}, "outcome"),
        ({"outcome": "answer", "answer": "x" * 4001}, "answer"),
    ],
)
def test_what_she_cannot_record_is_told_beside_its_field(make, page, data, field):
    sent, _ = make.request()
    page.sign_in(make.coordinator())

    shown = page.post("requests.close", number=sent.number, data=ANSWER | data, expect=422)

    assert shown.query(f"#{field}-error") or shown.query(f"#{field} .error")
    assert shown.query("textarea[name=answer]")[0].to_text().strip() == data["answer"].strip()
    assert sent.is_open


def test_two_coordinators_at_once_close_it_once_and_the_second_keeps_her_words(make, page):
    sent, _ = make.request()
    page.sign_in(make.coordinator())
    page.get("requests.show", number=sent.number)
    close(sent, Told(Outcome.DECLINE, "Not about this.", "en"), by=make.coordinator())

    shown = page.post("requests.close", number=sent.number, data=ANSWER, expect=409)

    assert "It opens in May." in shown.texts(".said-as-typed")
    assert sent.answer == "Not about this."


def test_done_twice_it_is_done_once(make):
    sent, _ = make.request()
    her, told = make.coordinator(), Told(Outcome.ANSWER, "In May.", "en")
    close(sent, told, by=her)
    close(sent, told, by=her)
    assert steps() == ["request.receive", "request.answer"]
    with pytest.raises(AlreadyClosed):
        close(sent, Told(Outcome.ANSWER, "In June.", "en"), by=her)


# --- what waits


def test_what_came_without_script_stands_last_and_what_is_overdue_is_marked(make, page):
    promise = make.finding().promise
    plain, _ = make.request(promise, is_worked=False, text="First")
    with clock.at(NOVEMBER + DAY):
        worked, _ = make.request(promise, text="Second")
    her = make.coordinator()
    page.sign_in(her)

    shown = page.get("requests.index")
    assert shown.texts("tbody th") == [str(worked.number), str(plain.number)]
    assert not shown.query(".overdue")
    with clock.at(NOVEMBER + 16 * DAY):
        page.sign_in(her)
        assert len(page.get("requests.index").query(".overdue")) == 1


def test_a_list_costs_as_much_however_long_it_is(make, page, queries):
    promise = make.finding().promise
    for at in range(30):
        make.request(promise, text=f"Question {at}")
    page.sign_in(make.coordinator())
    page.get("requests.index")
    with queries.at_most(12):
        page.get("requests.index")


def test_the_desk_says_how_many_wait(make, page):
    make.request()
    page.sign_in(make.coordinator())
    assert "1 request to answer" in page.get("desk.home")


def test_the_desk_says_how_many_wait_for_too_long(make, page):
    promise = make.finding().promise
    make.request(promise)
    with clock.at(NOVEMBER + 2 * DAY):
        make.request(promise)
    her = make.coordinator()
    with clock.at(NOVEMBER + 16 * DAY):
        page.sign_in(her)
        assert "2 requests to answer · 1 of them overdue" in page.get("desk.home").text


# --- another day


def test_she_moves_the_day_of_one_request_and_its_sender_reads_it(make, page):
    sent, secret = make.request()
    other, _ = make.request(sent.promise)
    page.sign_in(make.coordinator())
    page.get("requests.show", number=sent.number)
    page.post("requests.move", number=sent.number, data={"day": "2026-12-24"})

    assert page.get("requests.show", number=sent.number).query("input[value='2026-12-24']")
    page.sign_out()
    assert "24 December 2026" in page.get("ask.follow", secret=secret)
    assert clock.day_of(other.answer_by, "Europe/Skopje").isoformat() == "2026-12-08"
    assert steps() == ["request.receive", "request.receive", "request.move"]


@pytest.mark.parametrize("typed", ["", "2026-11-21", "2028-01-01", "soon", "9" * 10_000])
def test_a_day_that_cannot_be_is_told_beside_its_field_and_stays_typed(make, page, typed):
    sent, _ = make.request()
    before = sent.answer_by
    page.sign_in(make.coordinator())
    page.get("requests.show", number=sent.number)

    shown = page.post("requests.move", number=sent.number, data={"day": typed}, expect=422)

    assert shown.query("#day-error")
    assert shown.query("input[name=day]")[0].attrs.get("value", "") == typed
    assert sent.answer_by == before


def test_the_day_of_what_is_closed_is_not_moved(make, page):
    sent, _ = make.closed_request()
    page.sign_in(make.coordinator())
    page.get("requests.show", number=sent.number)
    shown = page.post("requests.move", number=sent.number, data={"day": "2026-12-24"}, expect=409)
    assert "closed already" in shown


# --- what a correction leads to


def test_a_correction_leads_to_the_report_that_would_be_reopened(make, page):
    entry = make.report()
    make.decision(entry, "approve")
    promise = entry.assignment.promise
    sent, _ = make.request(promise, kind="correction")
    question, _ = make.request(promise)
    page.sign_in(make.coordinator())
    way = f"a[href='{page.address('review.show', entry_id=entry.id)}']"
    assert page.get("requests.show", number=sent.number).query(way)
    assert not page.get("requests.show", number=question.number).query(way)


def test_the_log_tells_each_step_and_no_word_of_anybody(make):
    sent = make.published_answer(text="A private word", url="https://private.example/")
    assert steps() == ["request.receive", "request.answer", "request.publish"]
    told = db.session.scalars(select(AuditEvent.details)).all()
    assert "rivate" not in str(told)
    assert "In May" not in str(told)
    assert str(sent.number) not in str(told)


def test_nobody_publishes_what_is_erased(make):
    sent, _ = make.closed_request(may_quote=True)
    sent.erased_at = clock.now()
    with pytest.raises(RuleBroken):
        publish(sent, "", by=make.coordinator())
