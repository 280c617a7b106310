"""What the public reads of requests: decided one by one, read before, and shown at once."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from mobilizer.core.database import db, writing
from mobilizer.publication.models import Publication
from mobilizer.requests.queries import answered_on
from tests.support.page import apart


@pytest.fixture
def number() -> Callable[[], int]:
    """How far the publication has come."""

    def number() -> int:
        db.session.commit()
        with writing() as session:
            return session.scalar(select(Publication.number)) or 0

    return number


@pytest.fixture
def public(app, promise):
    """The promise's page as whoever has no cookie gets it, kept or made anew."""
    client, address = app.test_client(use_cookies=False), f"/en/promises/{promise.number}"

    def public():
        return apart(lambda: client.get(address, buffered=True))

    return public


# --- on the page that is kept


def test_a_kept_page_shows_an_answer_as_soon_as_it_is_published(make, promise, public, page):
    db.session.commit()
    before = public()
    sent, _ = make.closed_request(promise, may_quote=True)
    db.session.commit()
    assert public().headers["ETag"] == before.headers["ETag"], "an answer is not public by itself"

    page.sign_in(make.coordinator())
    page.post("requests.publish", number=sent.number, data={"summary": ""})
    assert "In May." in public().text
    assert public().headers["ETag"] != before.headers["ETag"]

    page.post("requests.hide", number=sent.number)
    assert public().headers["ETag"] == before.headers["ETag"]


def test_what_people_send_is_no_publication_and_an_answer_in_public_is_one(make, promise, number):
    before = number()
    make.request(promise)
    make.closed_request(promise)
    make.closed_request(promise, outcome="spam")
    assert number() == before

    make.published_answer(promise)
    assert number() == before + 1


def test_no_form_and_no_senders_page_is_kept(app, page, make):
    sent, secret = make.request()
    for where in (f"/ask/promises/{sent.promise.number}", f"/ask/requests/{secret}"):
        answers = [page.client.get(where) for _ in range(2)]
        assert {answer.headers["Cache-Control"] for answer in answers} == {"no-store"}
        assert not any("ETag" in answer.headers for answer in answers)


# --- read before


@pytest.fixture
def pointing(make, page):
    """An answered question in which a mobilizer's name stands, before its coordinator."""
    make.mobilizer("Polog", full_name="Mirjana Tajnovska")
    sent, _ = make.closed_request(text="Is it Mirjana who watches this?", may_quote=True)
    page.sign_in(make.coordinator())
    return sent


def test_names_of_the_programme_are_pointed_out_before_anything_is_public(pointing, page):
    assert "Mirjana Tajnovska" in page.get("requests.show", number=pointing.number)


@pytest.mark.parametrize("summary", ["", "Whether Mirjana Tajnovska watches this."])
def test_what_names_a_mobilizer_is_not_published_unread(pointing, page, summary):
    typed = {"summary": summary}
    refused = page.post("requests.publish", number=pointing.number, data=typed, expect=422)

    assert refused.query("#is_read-error")
    assert refused.query("textarea[name=summary]")[0].to_text().strip() == summary
    assert not answered_on(pointing.promise)

    page.post("requests.publish", number=pointing.number, data={**typed, "is_read": "y"})
    assert answered_on(pointing.promise) == [pointing.shown]


def test_what_names_nobody_in_our_words_is_published_as_it_is(pointing, page):
    page.post("requests.publish", number=pointing.number, data={"summary": "Who watches this."})
    [shown] = answered_on(pointing.promise)
    assert "Mirjana" not in f"{shown.question} {shown.url} {shown.answer}"


# --- what is shown, and until when


def test_published_with_her_words_the_promise_shows_question_and_answer(make, page):
    sent, _ = make.closed_request(
        may_quote=True, text="When? <script>x</script> https://evil.example", url=""
    )
    page.sign_in(make.coordinator())
    page.post("requests.publish", number=sent.number, data={"summary": ""})
    page.sign_out()

    shown = page.get("scorecards.promise", lang="sq", number=sent.promise.number)

    assert "When? <script>x</script> https://evil.example" in shown.text
    assert "In May." in shown
    assert not shown.query("a[href*='evil']")


def test_without_her_consent_her_words_are_nowhere(make, page):
    sent, _ = make.closed_request(text="My very own words", url="https://mine.example/a")
    page.sign_in(make.coordinator())
    refused = page.post("requests.publish", number=sent.number, data={"summary": ""}, expect=422)
    assert refused.query("#summary-error")

    page.post("requests.publish", number=sent.number, data={"summary": "When it opens."})
    page.sign_out()

    shown = page.get("scorecards.promise", lang="en", number=sent.promise.number)
    assert "When it opens." in shown
    assert "My very own words" not in shown.source
    assert "mine.example" not in shown.source


def test_it_can_be_taken_from_the_page_again(make, page):
    sent = make.published_answer()
    page.sign_in(make.coordinator())
    page.get("requests.show", number=sent.number)
    page.post("requests.hide", number=sent.number)
    assert not answered_on(sent.promise)
    page.post("requests.publish", number=sent.number, data={"summary": ""})
    assert answered_on(sent.promise) == [sent.shown]


@pytest.mark.parametrize("outcome", ["decline", "spam"])
def test_what_was_not_answered_is_not_published(make, page, outcome):
    sent, _ = make.closed_request(outcome=outcome, may_quote=True)
    page.sign_in(make.coordinator())
    page.post("requests.publish", number=sent.number, data={"summary": "x"}, expect=422)
    assert not answered_on(sent.promise)
