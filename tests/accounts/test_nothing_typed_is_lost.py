import io

import pytest
from sqlalchemy import select

from mobilizer.accounts.models import User
from mobilizer.core.again import is_own, kinds_of_fields, texts
from mobilizer.core.database import db
from mobilizer.core.errors import SignedOut
from mobilizer.core.forms import UNTYPED
from tests.builders import PASSWORD

OURS = {"Sec-Fetch-Site": "same-origin"}
LONG = "The school in Tearce was opened in May.\nI was there & saw <three> classes."
TYPED = {"language": "en", "alias": LONG, "full_name": "Mira Kostova"}
BARE = "This form was open for too long or came from elsewhere."


@pytest.mark.parametrize(
    ("fetch_site", "origin", "own"),
    [
        ("same-origin", None, True),
        ("same-origin", "https://evil", True),
        (None, "http://localhost", True),
        (None, "https://localhost", True),
        ("same-site", "http://localhost", False),
        ("cross-site", "http://localhost", False),
        ("none", "http://localhost", False),
        ("", "http://localhost", False),
        (None, "http://localhost.evil", False),
        (None, "http://evil/localhost", False),
        (None, "http://localhost:81", False),
        (None, "http://[x", False),
        (None, "null", False),
        (None, "", False),
        (None, None, False),
    ],
)
def test_only_the_browser_that_says_so_sent_it_from_here(fetch_site, origin, own):
    assert is_own(fetch_site, origin, "localhost") == own


def send_again(page):
    """Tap the button, as a browser does it: with all that the page hides."""
    form = page.last.form_to("/account/")
    data = {field.attrs["name"]: field.attrs["value"] for field in form.query("input")}
    return page.post("accounts.own", data=data, headers=OURS)


def test_a_form_that_comes_too_late_is_shown_with_all_that_was_typed(make, page):
    page.sign_in(make.mobilizer())

    answer = page.post("accounts.own", data=TYPED, token="old", headers=OURS, expect=409)

    assert "Nothing you typed is lost" in answer
    assert "I was there & saw <three> classes." in answer
    assert "<three>" not in answer.source
    assert answer.headers["Cache-Control"] == "no-store"


def test_one_tap_sends_it_as_it_was(make, page):
    user = make.mobilizer(full_name="")
    page.sign_in(user)
    typed = {**TYPED, "alias": "Reader & 'writer' of \"promises\" <b>"}

    page.post("accounts.own", data=typed, token="old", headers=OURS, expect=409)
    send_again(page)

    assert user.alias == typed["alias"]
    assert user.full_name == "Mira Kostova"


def test_who_was_signed_out_meanwhile_signs_in_in_another_tab_and_sends_it(make, page):
    user = make.mobilizer(full_name="")
    page.sign_in(user)
    page.get("accounts.own")
    form = page.last
    page.sign_out()

    page.last = form
    answer = page.post("accounts.own", data={**TYPED, "alias": "Reader"}, headers=OURS, expect=409)
    assert "First sign in in another tab" in answer
    kept = page.last

    typed = {"sign_in_name": user.sign_in_name, "password": PASSWORD}
    page.post("accounts.sign_in", data=typed)
    page.last = kept
    data = {field.attrs["name"]: field.attrs["value"] for field in kept.query("form input")}
    again = page.post("accounts.own", data=data, headers=OURS, expect=409)
    assert "First sign in" not in again
    send_again(page)

    assert user.alias == "Reader"


def test_a_form_with_a_good_token_of_somebody_signed_out_is_kept_too(make, page):
    token = page.get("accounts.sign_in").query("[name=csrf_token]")[0].attrs["value"]

    answer = page.post("accounts.own", data=TYPED, token=token, headers=OURS, expect=409)

    assert "I was there & saw <three> classes." in answer
    assert "First sign in in another tab" in answer


def test_passwords_and_files_are_not_kept_and_that_is_said(make, page):
    page.sign_in(make.mobilizer())
    typed = {
        "current_password": PASSWORD,
        "password": "gumbo lantern fiddle",
        "photo": (io.BytesIO(b"some bytes"), "school.jpg"),
    }

    answer = page.post("accounts.password", data=typed, token="old", headers=OURS, expect=409)

    assert PASSWORD not in answer.source
    assert "gumbo" not in answer.source
    assert "Passwords are not kept" in answer
    assert "Files are not kept" in answer


@pytest.mark.parametrize(
    ("name", "value", "is_shown"),
    [
        ("reason", "Unwell.", True),
        ("reason", "?", True),
        ("reason", "  ", False),
        ("comment_rating", "Why?", True),
        ("indicators-0-target", "21", True),
        ("sha256", "9f" * 32, False),
        ("seen", "two words", False),
        ("knew", "0123456789abcdef", False),
        ("testability", "not_testable", False),
        ("nobody_knows_this", "Who said so?", True),
        ("nobody_knows_this", "9f" * 32, False),
        ("password", "gumbo lantern", False),
    ],
)
def test_what_was_typed_is_told_from_what_was_chosen_or_hidden_by_its_field(
    app, name, value, is_shown
):
    with app.test_request_context("/desk/", method="POST", data={name: value}):
        assert texts() == ([value] if is_shown else [])


def test_what_a_form_hides_no_other_form_asks_for(app):
    """Else it could not be told by its name."""
    for name, kinds in kinds_of_fields().items():
        hidden = {kind for kind in kinds if issubclass(kind, UNTYPED)}
        assert not hidden or hidden == kinds, name


def test_several_values_of_one_name_are_all_kept(make, page):
    page.sign_in(make.mobilizer())
    typed = {"method": ["visit", "documents"]}

    answer = page.post("accounts.own", data=typed, token="old", headers=OURS, expect=409)

    kept = [one.attrs["value"] for one in answer.query("input[name=method]")]
    assert kept == ["visit", "documents"]


def test_a_form_of_another_site_is_refused_and_offered_nothing(make, page):
    user = make.mobilizer()
    page.sign_in(user)

    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {}):
        answer = page.post("accounts.own", data=TYPED, token="", headers=headers, expect=409)
        assert BARE in answer
        assert not answer.query("form")
        assert LONG not in answer.source
    assert user.alias.startswith("Alias")


def test_a_form_of_another_site_signs_nobody_out(make, page):
    page.sign_in(make.mobilizer())

    page.post("accounts.sign_out", token="", headers={"Sec-Fetch-Site": "cross-site"}, expect=409)

    page.get("accounts.own")


def test_what_is_shown_again_is_not_stored_before_it_is_sent_again(make, page):
    page.sign_in(make.mobilizer(alias="Reader"))

    page.post("accounts.own", data=TYPED, token="old", headers=OURS, expect=409)

    assert db.session.scalars(select(User.alias)).all() == ["Reader"]


def test_a_program_that_is_signed_out_is_told_so_and_keeps_what_it_has(app):
    with app.test_request_context("/sync/entries", method="POST", headers=OURS):
        body, status = app.handle_user_exception(SignedOut())

    assert status == 401
    assert body["message"] == "You are signed out. Sign in, then send it again."
