"""Out of the site on a phone: whatever the network does, nothing stays and nothing is lost."""

from threading import Event

import pytest
from playwright.sync_api import expect

from mobilizer.accounts.models import User
from mobilizer.core.database import db
from tests.journeys.faults import cut
from tests.journeys.field_phone import SAID, WITH_STORE
from tests.support.site import Answer

pytestmark = pytest.mark.browser

OUT = "You are signed out."
STILL_IN = "There is no network: you are still signed in, and nothing is erased."
BASES = "indexedDB.databases().then((all) => all.map((one) => one.name))"


class Held:
    """Requests that begin like this are answered only when they may be."""

    def __init__(self, *paths: str) -> None:
        self.paths, self.may = paths, Event()

    def __call__(self, environ, ask) -> Answer:
        if environ["PATH_INFO"].startswith(self.paths):
            self.may.wait(30)
        return ask()


@pytest.fixture
def hold(site):
    """Let the network be slow for some addresses; at the end all is answered."""
    held = []

    def begin(*paths):
        held.append(Held(*paths))
        site.between = held[-1]
        return held[-1].may

    yield begin
    for one in held:
        one.may.set()


def leaves(phone):
    phone.tab.get_by_role("button", name="Sign out").click()


def door(phone):
    return phone.tab.get_by_role("button", name="Sign out")


def keeps_nothing(phone):
    phone.waits_until(f"!(await {BASES}).length")


def begins_a_report(field, phone):
    """A draft that nobody has sent."""
    phone.opens(f"{field.address}/state")
    phone.types("Reason for the rating", f"Begun. {SAID}")
    phone.taps("Next")
    phone.sees("What did you find?")


def test_signing_out_before_the_site_has_greeted(phone, hold):
    hold("/sync/")
    phone.tab.goto("/field/")
    leaves(phone)
    phone.sees(OUT)
    keeps_nothing(phone)


def test_signing_out_at_the_desk(site, field, phone):
    with site.data() as make:
        make.posting(db.session.get(User, field.her), "mentor", "Polog")
    assert phone.tab.evaluate(BASES)
    phone.tab.goto("/desk/")
    leaves(phone)
    phone.sees(OUT)
    keeps_nothing(phone)


def test_the_door_erases_whose_session_is_over_and_who_has_nothing_unsent(field, phone):
    field.sign_out_everywhere()
    phone.tab.goto("/account/sign-in")
    phone.waits_until(f"!(await {BASES}).length")


def test_the_door_leaves_what_is_unsent_and_hides_the_rest(field, phone):
    begins_a_report(field, phone)
    field.sign_out_everywhere()
    phone.window.expect("401")
    phone.tab.goto("/account/sign-in")
    phone.waits_until(f"!(await ({WITH_STORE})(['pack', 'getAll'])).length")
    assert len(phone.kept("drafts")) == 1


def test_signing_out_without_a_network_erases_nothing(phone):
    phone.opens("/field/")
    phone.loses_network()
    leaves(phone)
    phone.sees(STILL_IN)
    expect(door(phone)).to_be_enabled()
    assert len(phone.kept("pack")) > 0

    phone.finds_network()
    leaves(phone)
    phone.sees(OUT)
    keeps_nothing(phone)


def test_signing_out_into_a_network_that_swallows_it(site, phone):
    phone.opens("/field/")
    for part in ("net::ERR_", "Failed to load resource"):
        phone.window.expect(part)
    site.between = cut
    leaves(phone)
    phone.sees(STILL_IN)
    assert len(phone.kept("pack")) > 0


def test_an_answer_to_signing_out_that_is_lost(site, phone):
    """She is out all the same: the site is asked, and the phone erased."""
    phone.opens("/field/")
    for part in ("net::ERR_", "401"):
        phone.window.expect(part)

    def between(environ, ask):
        answer = ask()
        if environ["PATH_INFO"] == "/account/sign-out":
            raise ConnectionError
        return answer

    site.between = between
    leaves(phone)
    phone.tab.wait_for_url("**/account/sign-in")
    keeps_nothing(phone)


def test_signing_out_on_a_slow_line_says_what_it_does_and_asks_soon(site, field, waiting, hold):
    may = hold("/sync/")
    waiting.finds_network()
    waiting.tab.goto("/field/")
    leaves(waiting)
    waiting.sees("Sending what is left, then signing out…")
    expect(door(waiting)).to_be_disabled()
    waiting.tab.clock.fast_forward(4_000)
    dialog = waiting.tab.get_by_role("dialog")
    expect(dialog).to_contain_text("1 report has not been sent.")
    dialog.get_by_role("button", name="Stay signed in").click()
    expect(door(waiting)).to_be_enabled()
    assert len(waiting.kept("outbox")) == 1
    may.set()
    waiting.line_says("Everything is sent")
    assert field.arrived_once()


def test_the_other_windows_show_nothing_after_signing_out(field, phone):
    phone.opens("/field/phone/en")
    shell = phone.tab
    shell.get_by_text(field.titles[0]).wait_for()
    phone.tab = shell.context.new_page()
    phone.opens("/field/")
    site_page = phone.tab
    phone.tab = shell.context.new_page()
    phone.opens("/field/")
    phone.window.expect("401")
    leaves(phone)
    phone.sees(OUT)
    expect(site_page.get_by_label("Password")).to_be_visible()
    expect(shell.locator("#first")).to_be_visible()
    assert field.titles[0] not in shell.content()
    keeps_nothing(phone)


def test_a_phone_whose_session_was_ended_shows_only_what_waits(field, waiting):
    waiting.window.expect("401")
    field.sign_out_everywhere()
    waiting.finds_network()
    waiting.sees("You are not signed in.")
    assert field.titles[1] not in waiting.tab.locator("#screen").inner_text()
    assert waiting.kept("pack") == [] == waiting.kept("receipts")

    waiting.reopens("/field/phone/en")
    waiting.line_says("Sign in to send 1 report")
    waiting.sees("You are not signed in.")
    assert "has cleared its storage" not in waiting.tab.locator("body").inner_text()
    waiting.loses_network()
    waiting.reopens("/field/phone/en#/outbox")
    assert field.titles[0] not in waiting.tab.locator("body").inner_text()

    waiting.finds_network()
    waiting.signs_in()
    waiting.reopens("/field/phone/en")
    waiting.sees(field.titles[1])
    waiting.has_received(1)
    assert field.arrived_once()


def test_what_is_typed_when_the_session_ends_is_kept(field, phone):
    phone.window.expect("401")
    phone.opens(f"{field.address}/state")
    phone.types("Reason for the rating", f"Begun. {SAID}")
    field.sign_out_everywhere()
    phone.sends()
    phone.waits_until("document.querySelector('#phone').dataset.status === 'signed_out'")
    assert phone.tab.get_by_label("Reason for the rating").input_value() == f"Begun. {SAID}"
    phone.taps("Next")
    phone.sees("You are not signed in.")
    [draft] = phone.kept("drafts")
    assert draft["fields"]["rating_reason"] == f"Begun. {SAID}"


def test_why_the_account_leads_nowhere_is_said(phone):
    phone.loses_network()
    phone.opens()
    phone.tab.get_by_role("link", name="Account").click()
    phone.sees("Your account is not kept on this phone")
    phone.finds_network()
    phone.waits_until("document.querySelector('#phone').dataset.status === 'ok'")
    phone.tab.get_by_role("link", name="Account").click()
    phone.tab.wait_for_url("**/account/")
