from datetime import timedelta

import pytest
from sqlalchemy import select

from mobilizer.accounts.rules.throttle import LIMITS, Door
from mobilizer.audit.models import AuditEvent
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.sessions import COOKIE, WebSession
from tests.builders import PASSWORD
from tests.support.page import Page

NEW = "gumbo lantern fiddle"
OWN = {"language": "en", "alias": "Reader of promises", "full_name": "Mira Kostova"}


@pytest.fixture
def mira(make, page):
    """A mobilizer, signed in by ``page``."""
    mira = make.mobilizer("Southeast Region", sign_in_name="falcon", full_name="Mira Kostova")
    page.sign_in(mira)
    return mira


def test_one_changes_how_one_is_called_and_in_what_language(page, mira):
    page.post("accounts.own", data={**OWN, "language": "mk"})

    assert (mira.alias, mira.language, mira.is_named_in_public) == (OWN["alias"], "mk", False)
    assert page.get("accounts.own").query("html")[0].attrs["lang"] == "mk"


def test_what_changed_is_noted_but_not_the_names(page, mira):
    page.post("accounts.own", data={**OWN, "full_name": "Mira K."})

    event = db.session.scalars(select(AuditEvent)).one()
    assert event.verb == "account.change"
    assert event.details == {"changed": ["alias", "full_name"]}


def test_sending_the_same_twice_notes_one_change(page, mira):
    page.post("accounts.own", data=OWN)
    page.post("accounts.own", data=OWN)

    assert len(db.session.scalars(select(AuditEvent)).all()) == 1


def test_what_nobody_sees_is_not_kept(page, mira):
    page.post("accounts.own", data={**OWN, "alias": "\u202eReader\u200b of promises"})

    assert mira.alias == "Reader of promises"


def test_a_good_alias_is_suggested_from_role_and_region(page, mira):
    assert "Mobilizer, Southeast is good" in page.get("accounts.own")


def test_the_danger_of_being_named_is_explained_beside_the_choice(page, mira):
    answer = page.get("accounts.own")

    assert "threatened, sued and dismissed" in answer
    assert "checked" not in answer.query("[name=is_named_in_public]")[0].attrs


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"alias": ""}, "alias"),
        ({"alias": "   "}, "alias"),
        ({"alias": "\u200b \u202e"}, "alias"),
        ({"alias": "Kos\u200btova of Polog"}, "alias"),
        ({"alias": "x" * 81}, "alias"),
        ({"alias": "Mira of Southeast"}, "alias"),
        ({"alias": "The Falcon"}, "alias"),
        ({"full_name": "x" * 121}, "full_name"),
        ({"full_name": "", "is_named_in_public": "y"}, "full_name"),
        ({"language": "xx"}, "language"),
        ({"language": ""}, "language"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_stored(page, mira, typed, field):
    answer = page.post("accounts.own", data={**OWN, **typed}, expect=200)

    assert answer.query(f"#{field}-error")
    assert mira.alias.startswith("Alias")


def test_what_is_typed_is_shown_as_text(page, mira):
    page.post("accounts.own", data={**OWN, "alias": "<b>bold</b>"})

    assert "<b>bold" not in page.get("accounts.own").source


def test_somebody_elses_account_cannot_be_named_at_all(make, page, mira):
    other = make.mobilizer()

    page.post("accounts.own", data={**OWN, "id": other.id, "user_id": other.id, "role": "mentor"})

    assert other.alias.startswith("Alias")
    assert mira.roles == {"mobilizer"}


# --- the password


def change(page, current=PASSWORD, new=NEW, expect=302):
    typed = {"current_password": current, "password": new}
    return page.post("accounts.password", data=typed, expect=expect)


def test_a_new_password_signs_out_everywhere_else(app, page, mira):
    phone = Page(app)
    phone.sign_in(mira)
    before = page.client.get_cookie(COOKIE).value

    change(page)

    page.get("accounts.own")
    phone.get("accounts.own", expect=302)
    assert page.client.get_cookie(COOKIE).value != before
    page.client.set_cookie(COOKIE, before)
    page.get("accounts.own", expect=302)


def test_the_new_password_opens_and_the_old_one_no_longer(page, mira):
    change(page)
    page.sign_out()

    typed = {"sign_in_name": "falcon", "password": PASSWORD}
    page.post("accounts.sign_in", data=typed, expect=200)
    page.post("accounts.sign_in", data={**typed, "password": NEW})


@pytest.mark.parametrize(
    ("current", "new", "field"),
    [
        ("", NEW, "current_password"),
        ("wrong words here", NEW, "current_password"),
        (PASSWORD, "", "password"),
        (PASSWORD, "brief1", "password"),
        (PASSWORD, "x" * 201, "password"),
        (PASSWORD, "password12345", "password"),
        (PASSWORD, "my falcon flies", "password"),
        (PASSWORD, PASSWORD, "password"),
    ],
)
def test_a_password_that_cannot_be_is_refused_beside_its_field(page, mira, current, new, field):
    old = mira.password_hash

    answer = change(page, current, new, expect=200)

    assert answer.query(f"#{field}-error")
    assert mira.password_hash == old
    assert not new or new not in answer.source


def test_the_present_password_cannot_be_guessed_from_an_open_session(page, mira):
    for _ in range(LIMITS[Door.OWN_PASSWORD].tries):
        change(page, "wrong words here", expect=200)

    change(page, expect=429)


def test_a_changed_password_is_noted_without_it(page, mira):
    change(page)

    event = db.session.scalars(select(AuditEvent)).one()
    assert (event.verb, event.details) == ("account.password", {})


# --- where one is signed in


def test_every_place_where_one_is_signed_in_is_listed_with_its_device(app, page, make):
    user = make.mobilizer()
    agent = {"User-Agent": "Mozilla/5.0 (Android 14; Mobile; rv:133.0) Gecko/133.0 Firefox/133.0"}
    typed = {"sign_in_name": user.sign_in_name, "password": PASSWORD}
    Page(app).post("accounts.sign_in", data=typed, headers=agent)
    page.sign_in(user)

    answer = page.get("accounts.sessions")

    assert "Firefox, Android" in answer
    assert "Unknown device This device" in answer


def test_one_signs_out_a_lost_phone(app, page, mira):
    phone = Page(app)
    phone.sign_in(mira)
    answer = page.get("accounts.sessions")
    [address] = [
        form.attrs["action"]
        for form in answer.query("form")
        if "/sessions/" in form.attrs["action"] and form.attrs["action"] != "/account/sessions/end"
    ]

    page.post(address)

    phone.get("accounts.own", expect=302)
    page.get("accounts.own")


def test_one_signs_out_everywhere_else(app, page, mira):
    phones = [Page(app), Page(app)]
    for phone in phones:
        phone.sign_in(mira)
    page.get("accounts.sessions")

    page.post("accounts.end_other_sessions")

    for phone in phones:
        phone.get("accounts.own", expect=302)
    assert len(page.get("accounts.sessions").query(".card")) == 1


def test_nobody_signs_out_somebody_else(app, make, page, mira):
    other = Page(app)
    other.sign_in(make.mobilizer())
    row = db.session.scalars(select(WebSession).where(WebSession.user_id != mira.id)).one()

    page.get("accounts.sessions")
    page.post("accounts.end_session", key=row.token_hash, expect=404)

    other.get("accounts.own")


def test_a_session_that_was_left_for_two_weeks_is_over(page, mira):
    with clock.at(clock.now() + timedelta(days=13)):
        page.get("accounts.own")
    with clock.at(clock.now() + timedelta(days=13 + 15)):
        page.get("accounts.own", expect=302)


def test_no_session_lives_longer_than_two_months_however_often_it_is_used(page, mira):
    for days in range(10, 60, 10):
        with clock.at(clock.now() + timedelta(days=days)):
            page.get("accounts.own")

    with clock.at(clock.now() + timedelta(days=61)):
        page.get("accounts.own", expect=302)
