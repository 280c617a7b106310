from datetime import UTC, datetime, timedelta
from time import process_time

import pytest
from argon2 import extract_parameters
from sqlalchemy import select

from mobilizer.accounts.actions import passwords
from mobilizer.accounts.models import Throttle
from mobilizer.accounts.rules.throttle import LIMITS, Door
from mobilizer.audit.models import AuditEvent
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.sessions import COOKIE, WebSession, hashed
from tests.builders import PASSWORD
from tests.support.applications import application
from tests.support.page import Page

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
WRONG = "The name or the password is wrong, or the account is closed."
OF_NAME = LIMITS[Door.SIGN_IN_NAME].tries
#: The hasher of the server; tests are given a cheaper one.
AS_SERVED = passwords.HASHER


def sign_in(page, name, password=PASSWORD, expect=302, **data):
    typed = {"sign_in_name": name, "password": password, **data}
    return page.post("accounts.sign_in", data=typed, expect=expect)


def cookie(page):
    held = page.client.get_cookie(COOKIE)
    return held.value if held else ""


def test_whoever_types_her_name_and_password_is_let_in_to_her_work(make, page):
    mobilizer, mentor = make.mobilizer(), make.mentor()

    assert sign_in(page, mobilizer.sign_in_name).location == "/field/"
    page.sign_out()
    assert sign_in(page, f"  {mentor.sign_in_name.upper()} ").location == "/desk/"
    page.get("accounts.own")


def test_a_person_without_any_role_comes_to_her_account(make, page):
    assert sign_in(page, make.user().sign_in_name).location == "/account/"
    assert "You have no role at present" in page.get("accounts.own")


def test_signing_in_is_noted_without_name_or_password(make, page):
    user = make.mobilizer()

    sign_in(page, user.sign_in_name)

    event = db.session.scalars(select(AuditEvent)).one()
    assert (event.verb, event.by_id, event.details) == ("account.sign_in", user.id, {})
    assert user.signed_in_at is not None


@pytest.mark.parametrize(
    "typed",
    [
        {"sign_in_name": "", "password": ""},
        {"sign_in_name": "mira", "password": ""},
        {"sign_in_name": "", "password": "something"},
        {"sign_in_name": "x" * 300, "password": "something"},
        {"sign_in_name": "mira", "password": "x" * 300},
    ],
)
def test_nothing_or_too_much_is_said_beside_the_field(page, typed):
    answer = page.post("accounts.sign_in", data=typed, expect=200)

    assert answer.texts(".field .error")


def test_an_unknown_name_a_wrong_password_and_a_closed_account_are_answered_alike(make, page):
    known = make.mobilizer()
    closed = make.mobilizer(deactivated_at=clock.now())

    answers = [
        sign_in(page, name, password, expect=200).texts(".errors li")
        for name, password in (
            ("nobody", "wrong words here"),
            (known.sign_in_name, "wrong words here"),
            (closed.sign_in_name, PASSWORD),
            ("two words", "wrong words here"),
        )
    ]

    assert answers == [[WRONG]] * 4


def test_a_sign_that_nobody_types_is_refused_before_anything_is_looked_up(page):
    shown = sign_in(page, "mira\x00", expect=200)
    assert "A sign stood here that cannot be kept." in shown.texts("#sign_in_name-error")[0]
    page.get("/account/sign-in?next=%00", expect=404)


def test_an_unknown_name_takes_as_long_as_a_known_one(make, page, monkeypatch):
    monkeypatch.setattr(passwords, "HASHER", AS_SERVED)
    known = make.mobilizer(password_hash=passwords.hashed(PASSWORD))
    page.get("accounts.sign_in")

    def seconds(name):
        began = process_time()
        sign_in(page, name, "wrong words here", expect=200)
        return process_time() - began

    times = [(seconds(known.sign_in_name), seconds(f"nobody{n}")) for n in range(7)]

    of_known, of_nobody = (min(side) for side in zip(*times, strict=True))
    assert of_nobody == pytest.approx(of_known, rel=0.4)


def test_a_password_that_was_hashed_more_cheaply_is_hashed_anew(make, page, monkeypatch):
    monkeypatch.setattr(passwords, "HASHER", AS_SERVED)
    user = make.mobilizer()

    sign_in(page, user.sign_in_name)

    assert extract_parameters(user.password_hash).memory_cost == 19456
    page.sign_out()
    sign_in(page, user.sign_in_name)


def test_the_password_stays_out_of_the_page_and_the_name_stays_in(make, page):
    answer = sign_in(page, "mira@promises.example", "gumbo lantern", expect=200)

    assert "gumbo lantern" not in answer.source
    assert answer.query("[name=sign_in_name]")[0].attrs["value"] == "mira@promises.example"


# --- guessing


def test_after_ten_wrong_guesses_even_the_right_password_waits(make, page):
    user = make.mobilizer()
    with clock.at(NOON):
        for _ in range(OF_NAME):
            sign_in(page, user.sign_in_name, "wrong words here", expect=200)

        answer = sign_in(page, user.sign_in_name, expect=429)

    assert answer.headers["Retry-After"] == "900"
    assert "Too many tries. Try again at" in answer
    with clock.at(NOON + timedelta(minutes=15)):
        sign_in(page, user.sign_in_name)


def test_names_that_do_not_exist_are_throttled_like_those_that_do(page):
    for _ in range(OF_NAME):
        sign_in(page, "nobody", "wrong words here", expect=200)

    sign_in(page, "nobody", "wrong words here", expect=429)


def test_the_throttle_survives_a_restart_and_holds_in_every_process(app, make, page):
    user = make.mobilizer()
    for _ in range(OF_NAME):
        sign_in(page, user.sign_in_name, "wrong words here", expect=200)

    other = application(app.config["SQLALCHEMY_DATABASE_URI"])

    sign_in(Page(other), user.sign_in_name, expect=429)
    with other.app_context():
        db.engine.dispose()


def test_hundreds_of_guesses_get_ten_looks_at_the_account(make, page, monkeypatch):
    user, looks = make.mobilizer(), []
    monkeypatch.setattr(passwords, "is_right", lambda *_: looks.append(1))
    token = page.get("accounts.sign_in").query("[name=csrf_token]")[0].attrs["value"]
    typed = {"sign_in_name": user.sign_in_name, "csrf_token": token}

    with clock.at(NOON):
        for number in range(300):
            data = {**typed, "password": f"guess number {number}"}
            page.client.post("/account/sign-in", data=data)

    assert len(looks) == OF_NAME


def test_one_who_gets_in_has_her_failed_tries_forgotten(make, page):
    user = make.mobilizer()
    for _ in range(OF_NAME - 1):
        sign_in(page, user.sign_in_name, "wrong words here", expect=200)

    sign_in(page, user.sign_in_name)

    rows = db.session.scalars(select(Throttle)).all()
    assert {row.door: row.tries for row in rows}[Door.SIGN_IN_NAME] == 0


# --- sessions


def test_a_cookie_is_dead_after_signing_out(make, page):
    sign_in(page, make.mobilizer().sign_in_name)
    page.get("accounts.own")
    old = cookie(page)

    page.post("accounts.sign_out")

    page.client.set_cookie(COOKIE, old)
    assert page.get("accounts.own", expect=302).location.startswith("/account/sign-in")


def test_a_session_planted_before_signing_in_is_worth_nothing_after(make, page):
    user = make.mobilizer()
    page.get("accounts.sign_in")
    planted = cookie(page)

    sign_in(page, user.sign_in_name)

    assert cookie(page) != planted
    assert db.session.get(WebSession, hashed(planted)) is None
    page.client.set_cookie(COOKIE, planted)
    page.get("accounts.own", expect=302)


def test_a_made_up_cookie_opens_nothing_and_is_not_taken_over(make, page):
    page.client.set_cookie(COOKIE, "made-up")

    sign_in(page, make.mobilizer().sign_in_name)

    assert cookie(page) != "made-up"
    assert db.session.get(WebSession, hashed("made-up")) is None


def test_the_form_token_of_before_signing_in_is_worth_nothing_after(make, page):
    token = page.get("accounts.sign_in").query("[name=csrf_token]")[0].attrs["value"]
    sign_in(page, make.mobilizer().sign_in_name)

    page.post("accounts.sign_out", token=token, expect=409)

    page.get("accounts.own")


def test_a_person_whose_account_is_closed_is_out_at_once(make, page):
    user = make.mobilizer()
    sign_in(page, user.sign_in_name)

    user.deactivated_at = clock.now()

    page.get("accounts.own", expect=302)
    page.sign_out()
    sign_in(page, user.sign_in_name, expect=200)


def test_the_language_of_the_person_is_the_language_of_her_pages(make, page):
    sign_in(page, make.mobilizer(language="sq").sign_in_name)

    assert page.get("accounts.own").query("html")[0].attrs["lang"] == "sq"


def test_a_language_chosen_at_the_door_stays(page):
    page.get("accounts.sign_in", lang="mk")

    assert page.get("accounts.sign_in").query("html")[0].attrs["lang"] == "mk"


def test_nobody_is_signed_out_by_a_link(make, page):
    page.sign_in(make.mobilizer())

    page.get("/account/sign-out", expect=404)

    page.get("accounts.own")
