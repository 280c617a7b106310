"""The way out of a phone's script: it is told for certain, and the next page says it."""

import pytest

from tests.support.answers import hidden_values

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)

PROGRAM = {"Accept": "application/json"}


def sign_out(page):
    """As the script does it: with the page's own token."""
    token = hidden_values(page.get("/account/").page)["csrf_token"]
    return page.client.post(
        "/account/sign-out", data={"csrf_token": token}, headers=PROGRAM, buffered=True
    )


def test_a_script_is_told_that_she_is_out_and_the_next_page_says_it(make, page):
    page.sign_in(make.mobilizer())
    assert sign_out(page).status_code == 204
    assert "You are signed out." in page.get("/account/sign-in")
    assert page.client.get("/sync/hello", buffered=True).status_code == 401


def test_a_page_says_whose_phone_it_is_only_to_mobilizers(make, page):
    her, mentor = make.mobilizer(), make.mentor()
    page.sign_in(her)
    said = page.client.get("/sync/hello", buffered=True).json["person"]
    assert f'<meta name="mobilizer-person" content="{said}">' in page.get("/field/").source
    page.sign_in(mentor)
    assert "mobilizer-person" not in page.get("/desk/").source


def test_at_the_desk_too_who_is_a_mobilizer_as_well_has_a_phone(make, page):
    both = make.mentor()
    make.posting(both, "mobilizer", "Polog")
    page.sign_in(both)
    desk = page.get("/desk/").source
    assert "mobilizer-person" in desk
    assert "/field/phone/script.js" in desk
