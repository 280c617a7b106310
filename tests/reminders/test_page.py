"""The page of reminders: switches that work without script, and where messages go."""

from base64 import urlsafe_b64encode

import pytest
from sqlalchemy import select

from mobilizer.audit.models import AuditEvent
from mobilizer.core.database import db
from mobilizer.reminders.models import PushSubscription
from mobilizer.reminders.queries import wishes_of
from mobilizer.reminders.rules import MOST_BROWSERS, ReminderKind, Way

KEY = urlsafe_b64encode(b"\x04" + bytes(64)).decode().rstrip("=")
SECRET = urlsafe_b64encode(bytes(16)).decode().rstrip("=")
ENDPOINT = "https://push.example/send/abc-DEF_123"


@pytest.fixture
def mira(make, page):
    mira = make.mobilizer("Polog", email="mira@promises.example")
    page.sign_in(mira)
    return mira


def subscription(**given):
    keys = {"p256dh": KEY, "auth": SECRET, **given.pop("keys", {})}
    return {"endpoint": ENDPOINT, "expirationTime": None, "keys": keys, **given}


def send(page, view, content, expect):
    shown = page.get("reminders.own")
    token = shown.query("[data-push]")[0].attrs["data-token"]
    headers = {"X-CSRFToken": token}
    return page._send("POST", page.address(view), expect, json=content, headers=headers)


def endpoints():
    return set(db.session.scalars(select(PushSubscription.endpoint)))


def test_everything_is_on_until_she_switches_it_off(page, mira):
    answer = page.get("reminders.own")

    boxes = answer.query("input[type=checkbox]")
    assert len(boxes) == len(ReminderKind) * len(Way)
    assert all("checked" in box.attrs for box in boxes)


def test_what_is_ticked_is_wanted_and_nothing_else(page, mira):
    page.post("reminders.own", data={"email": ["due", "returned"], "push": ["decided"]})

    wanted = {wish for wish, is_on in wishes_of(mira).items() if is_on}
    assert wanted == {("due", "email"), ("returned", "email"), ("decided", "push")}
    page.post("reminders.own", data={"push": ["due"]})
    db.session.expire_all()
    assert {wish for wish, is_on in wishes_of(mira).items() if is_on} == {("due", "push")}


def test_a_change_is_noted_once(page, mira):
    for _ in range(2):
        page.post("reminders.own", data={"email": ["due"]})

    [event] = db.session.scalars(select(AuditEvent)).all()
    assert (event.verb, event.details) == ("account.change", {"changed": ["reminders"]})


def test_what_was_not_offered_is_refused(page, mira):
    answer = page.post("reminders.own", data={"email": ["everything"]}, expect=200)

    assert answer.query("#email-error")
    assert all(wishes_of(mira).values())


def test_the_account_leads_to_it(page, mira):
    assert page.get("accounts.own").query("a[href='/account/reminders']")


def test_who_signs_in_with_a_user_name_gives_an_address_to_write_to(make, page):
    falcon = make.mobilizer("Polog", sign_in_name="falcon", email=None)
    page.sign_in(falcon)

    page.post("reminders.own", data={"address": " Falcon@nest.example ", "email": ["due"]})

    db.session.refresh(falcon)
    assert falcon.email == "Falcon@nest.example"
    page.post("reminders.own", data={"address": ""})
    db.session.refresh(falcon)
    assert falcon.email is None


@pytest.mark.parametrize(
    "typed", ["falcon", "a@b", "a b@nest.example", "a@nest.example\nBcc: b@c.example", "x" * 260]
)
def test_what_is_no_address_is_told_beside_it_and_nothing_is_changed(page, mira, typed):
    answer = page.post("reminders.own", data={"address": typed, "push": ["due"]}, expect=200)

    assert answer.query("#address-error")
    db.session.refresh(mira)
    assert mira.email == "mira@promises.example"
    assert all(wishes_of(mira).values())


@pytest.mark.parametrize("language", ["en", "sq", "mk", "sr"])
def test_the_page_is_there_in_every_language(page, mira, language):
    mira.language = language
    page.sign_in(mira)
    shown = page.get("reminders.own")

    assert shown.query("html")[0].attrs["lang"] == {"sr": "sr-Latn"}.get(language, language)
    assert shown.query("[data-push]")[0].attrs["data-vapid-key"]


def test_without_script_no_button_stands_there_that_does_nothing(page, mira):
    [place] = page.get("reminders.own").query("[data-push]")

    assert "hidden" in place.attrs


# --- where messages go


def test_the_public_key_is_told_to_scripts(page, mira):
    key = page.get("reminders.push_key").json["key"]

    assert len(key) == 87
    assert page.get("reminders.own").query("[data-push]")[0].attrs["data-vapid-key"] == key


def test_a_browser_that_asks_for_messages_is_kept_once(page, mira):
    for _ in range(2):
        send(page, "reminders.take_messages", subscription(), 201)

    kept = db.session.scalars(select(PushSubscription)).one()
    assert (kept.user_id, kept.endpoint, kept.p256dh) == (mira.id, ENDPOINT, KEY)
    assert "1 device takes messages for you." in page.get("reminders.own")


def test_a_shared_phone_takes_messages_for_who_asked_last(make, page, mira):
    send(page, "reminders.take_messages", subscription(), 201)
    other = make.mobilizer("Polog")
    page.sign_in(other)
    send(page, "reminders.take_messages", subscription(), 201)

    assert db.session.scalars(select(PushSubscription.user_id)).all() == [other.id]


def test_the_oldest_of_many_browsers_is_let_go_of(page, mira):
    for number in range(MOST_BROWSERS + 2):
        send(page, "reminders.take_messages", subscription(endpoint=f"{ENDPOINT}{number}"), 201)

    assert endpoints() == {f"{ENDPOINT}{number}" for number in range(2, MOST_BROWSERS + 2)}


def test_one_browser_is_ended_by_its_script_and_all_by_a_form(make, page, mira):
    theirs = make.browser(make.mobilizer("Polog")).endpoint
    for number in range(3):
        send(page, "reminders.take_messages", subscription(endpoint=f"{ENDPOINT}{number}"), 201)

    send(page, "reminders.end_messages", {"endpoint": f"{ENDPOINT}1"}, 200)
    assert endpoints() == {theirs, f"{ENDPOINT}0", f"{ENDPOINT}2"}
    send(page, "reminders.end_messages", {"endpoint": theirs}, 200)
    assert theirs in endpoints()
    page.post("reminders.end_messages")
    assert endpoints() == {theirs}


def test_who_signs_out_is_told_nothing_more_on_this_device(make, page, mira):
    elsewhere = make.browser(mira).endpoint
    send(page, "reminders.take_messages", subscription(), 201)

    page.get("accounts.own")
    page.post("accounts.sign_out")
    assert endpoints() == {elsewhere}


def test_without_a_token_nothing_is_taken(page, mira):
    page._send("POST", "/account/push", 409, json=subscription())

    assert endpoints() == set()


@pytest.mark.parametrize(
    "content",
    [
        None,
        [],
        "text",
        {},
        subscription(endpoint=None),
        subscription(endpoint=7),
        subscription(endpoint=""),
        subscription(endpoint="http://push.example/send"),
        subscription(endpoint="https://push.example:8443/send"),
        subscription(endpoint="https://user@push.example/send"),
        subscription(endpoint="https://127.0.0.1/send"),
        subscription(endpoint="https://[::1]/send"),
        subscription(endpoint="https://localhost/send"),
        subscription(endpoint="https://db.internal/send"),
        subscription(endpoint="https://push.example/\r\nX: y"),
        subscription(endpoint="https://push.example/" + "x" * 1000),
        subscription(endpoint="file:///etc/passwd"),
        subscription(keys={"p256dh": None}),
        subscription(keys={"p256dh": "AAAA"}),
        subscription(keys={"p256dh": "B" * 86}),
        subscription(keys={"p256dh": "!" * 87}),
        subscription(keys={"auth": SECRET[:-3]}),
        subscription(keys={"auth": "ж"}),
    ],
)
def test_what_is_no_browser_is_refused(page, mira, content):
    answer = send(page, "reminders.take_messages", content, 422)

    assert answer.json["error"] == "malformed"
    assert endpoints() == set()


@pytest.mark.parametrize("content", ["text", [], {}, {"endpoint": 7}, {"endpoint": "\ud800"}])
def test_what_names_no_browser_ends_none(page, mira, content):
    send(page, "reminders.take_messages", subscription(), 201)

    send(page, "reminders.end_messages", content, 422)
    assert endpoints() == {ENDPOINT}


@pytest.mark.parametrize("view", ["reminders.take_messages", "reminders.end_messages"])
def test_what_is_nested_without_end_names_no_browser(page, mira, view):
    token = page.get("reminders.own").query("[data-push]")[0].attrs["data-token"]
    sent = {"data": b"[" * 100_000, "content_type": "application/json"}
    answer = page.client.post(page.address(view), headers={"X-CSRFToken": token}, **sent)

    assert answer.status_code == 422
