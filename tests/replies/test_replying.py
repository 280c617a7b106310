"""The page of the body: what it shows, what it takes, once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from mobilizer.accounts.rules.throttle import LIMITS, Door
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.promises.rules import PromiseState
from mobilizer.replies.actions import withdraw
from mobilizer.replies.models import Reply
from tests.support.answers import hidden_values
from tests.support.days import over
from tests.support.page import apart
from tests.support.world import NOVEMBER

TEXT = "The school opened in May;\r\nthe minutes are public. <script>alert(1)</script>"
WRITTEN = {
    "text": TEXT,
    "language": "sq",
    "body": "Road Party",
    "function": "press office",
    "link": "https://party.example/school?utm_source=mail",
    "consent": "y",
}


def replies():
    return db.session.scalars(select(Reply)).all()


def test_a_body_sees_the_promise_and_the_finding_in_its_language(make, page):
    finding = make.finding(content={"language": "en", "reason": "The site was visited."})
    _, token = make.reply_link(finding, language="mk")

    shown = page.get("reply.answer", secret=token)

    assert finding.promise.exact_words in shown
    assert "The site was visited." in shown
    assert shown.query("html[lang=mk]")


def test_a_reply_is_taken_once_as_it_was_written(make, page):
    _, token = make.reply_link()

    page.post("reply.send", secret=token, data=WRITTEN)

    reply = replies()[0]
    assert reply.text == TEXT.replace("\r\n", "\n")
    assert (reply.body, reply.function, reply.language) == ("Road Party", "press office", "sq")
    assert reply.url == "https://party.example/school"
    shown = page.get("reply.answer", secret=token)
    assert "the minutes are public." in shown
    assert "<script>alert" not in shown.source
    assert not shown.query("textarea")


def test_sent_twice_it_is_one_reply_and_another_text_is_shown_back(make, page):
    _, token = make.reply_link()
    first = page.get("reply.answer", secret=token)
    page.post("reply.send", secret=token, data=WRITTEN)

    page.last = first
    page.post("reply.send", secret=token, data=WRITTEN)
    page.last = first
    shown = page.post(
        "reply.send", secret=token, data=WRITTEN | {"text": "Other words"}, expect=409
    )

    assert len(replies()) == 1
    assert "Other words" in shown
    assert "was sent by this link already" in shown


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"text": " \u200b "}, "text"),
        ({"text": "x" * 2001}, "text"),
        ({"body": ""}, "body"),
        ({"body": "x" * 201}, "body"),
        ({"function": "x" * 121}, "function"),
        ({"link": "ftp://party.example/"}, "link"),
        ({"link": "http://localhost/"}, "link"),
        ({"link": "https://a.example/" + "x" * 2000}, "link"),
        ({"language": "xx"}, "language"),
        ({"consent": ""}, "consent"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_nothing_is_lost(make, page, given, field):
    _, token = make.reply_link()
    sent = {name: value for name, value in (WRITTEN | given).items() if value}

    shown = page.post("reply.send", secret=token, data=sent, expect=422)

    assert shown.query(f"#{field}-error")
    assert sent.get("text", "").strip()[:20].replace("\u200b", "") in shown.texts("textarea")[0]
    assert not replies()


@pytest.mark.parametrize("why", ["unknown", "expired", "withdrawn"])
def test_unknown_expired_and_withdrawn_links_are_one_answer(make, page, why):
    link, token = make.reply_link()
    page.get("reply.answer", secret=token)
    if why == "withdrawn":
        withdraw(link, by=make.coordinator())
    moment = over(14) if why == "expired" else NOVEMBER
    asked = "never-made" if why == "unknown" else token

    with clock.at(moment):
        shown = page.get("reply.answer", secret=asked, expect=404)
        sent = page.post("reply.send", secret=asked, data=WRITTEN, expect=404)

    assert "This link does not work" in shown
    assert "The school opened in May;" in sent
    assert not replies()


def test_a_promise_that_is_no_longer_public_takes_no_reply(make, page):
    link, token = make.reply_link()
    page.get("reply.answer", secret=token)
    link.promise.state = PromiseState.CHECKED

    sent = page.post("reply.send", secret=token, data=WRITTEN, expect=409)
    shown = page.get("reply.answer", secret=token)

    assert "nothing to reply to" in shown
    assert "The school opened in May;" in sent
    assert not replies()


def test_a_form_from_elsewhere_is_offered_once_more(make, page):
    _, token = make.reply_link()
    page.get("reply.answer", secret=token)

    headers = {"Sec-Fetch-Site": "same-origin"}
    shown = page.post(
        "reply.send", secret=token, token="stale", data=WRITTEN, headers=headers, expect=409
    )

    assert "The school opened in May;" in shown
    assert not replies()


def test_nobody_on_the_way_keeps_the_page_or_learns_its_address(make, page, caplog):
    caplog.set_level("DEBUG")
    _, token = make.reply_link()

    for answer in (
        page.get("reply.answer", secret=token),
        page.get("reply.answer", secret="none", expect=404),
    ):
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer.headers["X-Robots-Tag"]
    assert token not in caplog.text


def test_a_crash_tells_the_log_no_token(app, make, page, caplog, monkeypatch):
    def broken(**_):
        raise ZeroDivisionError

    broken.permission = "anyone"
    monkeypatch.setitem(app.view_functions, "reply.answer", broken)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    _, token = make.reply_link()

    page.get("reply.answer", secret=token, expect=500)

    assert "ZeroDivisionError" in caplog.text
    assert "reply.answer" in caplog.text
    assert token not in caplog.text


def test_guessing_is_throttled_and_a_right_link_is_not_counted(make, page):
    _, token = make.reply_link()
    most = LIMITS[Door.REPLY_ADDRESS].tries
    for number in range(most):
        page.get("reply.answer", secret=f"guess-{number}", expect=404)

    page.get("reply.answer", secret="another", expect=429)

    with clock.at(NOVEMBER + timedelta(minutes=16)):
        for _ in range(3):
            page.get("reply.answer", secret=token)
        page.get("reply.answer", secret="another", expect=404)


def test_over_https_a_reply_comes_in_without_a_referer(app, make, page):
    """The page sends none, and the general check would refuse such a form."""
    _, token = make.reply_link()
    form = page.get("reply.answer", secret=token).form_to(f"/account/reply/{token}")
    sent = WRITTEN | {"csrf_token": hidden_values(form)["csrf_token"]}

    answer = apart(
        lambda: page.client.post(
            f"/account/reply/{token}", base_url="https://localhost", data=sent, buffered=True
        )
    )

    assert answer.status_code == 302
    assert len(replies()) == 1
