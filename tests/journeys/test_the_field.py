"""A month in a village without signal: everything arrives, each thing once."""

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

from mobilizer.promises.models import Promise
from tests.evidence.films import film
from tests.journeys.field import receipts
from tests.journeys.field_phone import SAID, picture

pytestmark = pytest.mark.browser


def test_three_reports_filed_without_a_network_arrive_once(field, phone):
    phone.loses_network()
    phone.opens()
    one, two, three = field.titles
    phone.files(one, photo=picture())
    phone.says_the_same(two)
    phone.files(three)
    phone.line_says("3 reports saved on this phone")

    phone.reopens()
    phone.line_says("3 reports saved on this phone")
    assert receipts(field) == 0

    phone.finds_network()
    phone.line_says("Everything is sent")
    assert receipts(field) == 3
    assert field.filed() == [(title, "submitted", 1) for title in field.titles]
    assert phone.kept("outbox") == [] == phone.kept("media")

    phone.reopens()
    phone.line_says("Everything is sent")
    assert receipts(field) == 3


def test_a_return_is_read_and_mended_without_a_network(site, field, phone):
    field.comes_back(
        {
            "rating_reason": "Who told you this?",
            "finding_1": "Which school?",
            "": "Please be more exact.",
        }
    )
    phone.opens("/field/phone/en")
    phone.sees("Sent back by your mentor")
    phone.loses_network()
    phone.reopens()
    phone.sees("“Who told you this?”")
    phone.taps("Answer and send again", within=phone.card(field.titles[0]))
    phone.sees("Person 1")
    phone.opens(f"{field.address}/send")
    phone.taps("Send to mentor")
    phone.sees("Your mentor asked something here: answer it, or change the field.")

    phone.opens(f"{field.address}/state")
    # A change of the hash alone loads nothing: the screen before has a field of the same name.
    phone.tab.get_by_role("group", name="What is the state today?").wait_for()
    phone.types("Your answer", "The director of the school did.")
    phone.taps("Next")
    phone.tab.get_by_label("What did you find?").first.wait_for()
    phone.types("What did you find?", f"The director showed it. {SAID}")
    phone.taps("Next")
    phone.sees("Add evidence")
    phone.taps("Next")
    phone.sees("Please be more exact.")
    phone.taps("Send to mentor")
    phone.line_says("1 report saved on this phone")
    phone.finds_network()
    phone.line_says("Everything is sent")
    assert field.filed() == [(field.titles[0], "submitted", 2)]
    assert field.replies() == {"rating_reason": "The director of the school did."}
    assert field.standing() == {
        "rating_reason": (False, True),
        "finding_1": (False, False),
        "": (False, False),
    }
    phone.opens(f"{field.address}/state")
    phone.sees("resolved")
    assert field.is_approved()


def test_the_same_as_last_month_takes_two_taps(field, phone):
    phone.counts_taps()
    phone.opens("/field/")
    phone.says_the_same(field.titles[0])
    phone.has_received(1)
    assert phone.counted_taps() == 2
    assert field.newest()["kind"] == "no_change"


def test_a_full_report_with_a_link_takes_at_most_twelve_taps(field, phone):
    phone.counts_taps()
    phone.opens("/field/")
    phone.files(field.titles[0])
    phone.has_received(1)
    assert phone.counted_taps() <= 12
    assert field.newest()["kind"] == "full"


def test_what_could_not_be_found_out_is_told(field, phone):
    phone.loses_network()
    phone.opens()
    phone.taps("Could not find out…", within=phone.card(field.titles[0]))
    phone.chooses("Could not find out, because…", "I asked, and nobody answered")
    phone.taps("Send to mentor")
    phone.line_says("1 report saved on this phone")
    phone.finds_network()
    phone.line_says("Everything is sent")
    assert field.newest()["kind"] == "not_found_out"


def test_a_promise_logged_without_a_network(field, phone):
    phone.loses_network()
    phone.opens("/field/phone/en#/promise")
    phone.types("Exact words of the promise", "We will build a bridge over the river.")
    phone.types("Short title in the language of the source", "A bridge")
    phone.types("Party or coalition", "Party 1")
    phone.taps("Next")
    phone.chooses("Where the promise was made", "Party programme")
    phone.types("Title of the source", "Programme 2026")
    phone.types("Date of the source", "2026")
    phone.taps("Next")
    phone.tab.get_by_label("Topic", exact=True).select_option(label="Education")
    phone.chooses("Level of government", "Local government")
    phone.chooses("Places", "Polog")
    phone.types("Responsible institution", "The municipality")
    phone.taps("Next")
    phone.types("Indicator", "Bridges built")
    phone.types("Target as promised", "1")
    phone.tab.get_by_role("group", name="How information is collected").first.get_by_label(
        "Site visit", exact=True
    ).check()
    phone.types("Source of information", "The municipality")
    phone.taps("Next")
    phone.sees("Bridges built")
    promises = field.count(Promise)
    phone.taps("Save")
    phone.line_says("1 report saved on this phone")

    phone.reopens()
    phone.finds_network()
    phone.line_says("Everything is sent")
    assert field.count(Promise) == promises + 1


def test_signing_out_asks_before_it_erases(field, phone):
    phone.opens(f"{field.address}/state")
    phone.types("Reason for the rating", f"Begun. {SAID}")
    phone.taps("Next")
    phone.sees("What did you find?")
    phone.opens("/field/")
    phone.tab.get_by_role("button", name="Sign out").click()
    dialog = phone.tab.get_by_role("dialog")
    expect(dialog).to_contain_text("1 report has not been sent.")
    with phone.tab.expect_download():
        dialog.get_by_role("button", name="Save it as a file first").click()
    dialog.get_by_role("button", name="Stay signed in").click()
    assert len(phone.kept("drafts")) == 1

    phone.tab.get_by_role("button", name="Sign out").click()
    phone.tab.get_by_role("button", name="Erase it and sign out").click()
    phone.sees("You are signed out.")
    assert not phone.tab.evaluate("indexedDB.databases()")
    assert phone.tab.evaluate("localStorage.getItem('mobilizer-people')").find("unsent") < 0


def test_a_photo_leaves_the_phone_small_and_tells_nothing_of_itself(field, phone):
    phone.loses_network()
    phone.opens()
    phone.begins(field.titles[0])
    phone.changes_the_state()
    phone.adds_photo(picture())
    sent = phone.bytes_of_photo()
    with Image.open(BytesIO(sent)) as image:
        assert max(image.size) == 1280  # So full of detail that 1600 would stay large.
        assert not image.getexif()
    assert b"SecretPhoneMaker" not in sent
    assert len(sent) < len(picture()) / 2


def test_the_screens_are_accessible_and_fit(field, phone):
    field.comes_back({"rating_reason": "Who told you this?", "evidence": "Of which school?"})
    phone.opens("/field/phone/en")
    for screen in ("state", "indicator-1", "evidence", "send"):
        phone.looks_right(f"{field.address}/{screen}")
    second = field.address.replace(field.assignments[0], field.assignments[1])
    for screen in ("same", "could-not"):
        phone.looks_right(f"{second}/{screen}")
    for address in ("", "outbox", "promise"):
        phone.looks_right(f"/field/phone/en#/{address}")


def test_a_clip_waits_until_it_may_cost(field, phone):
    phone.loses_network()
    phone.opens()
    phone.begins(field.titles[0])
    phone.changes_the_state()
    clip = {"name": "a.mp4", "mimeType": "video/mp4", "buffer": film()}
    phone.tab.locator('input[name="clip"]').set_input_files(clip)
    expect(phone.tab.locator("#added li")).to_have_count(1)
    phone.taps("Next")
    phone.taps("Send to mentor")
    phone.line_says("1 report saved on this phone")
    phone.finds_network()
    phone.line_says("Sent; clips wait for a network that costs nothing")
    assert receipts(field) == 1
    assert len(phone.kept("media")) == 1

    phone.opens("/field/phone/en#/outbox")
    phone.tab.get_by_label("Send clips over mobile data too").check()
    phone.taps("Send now")
    phone.line_says("Everything is sent")
    assert phone.kept("media") == []
    assert field.newest()["pieces"] == 1
