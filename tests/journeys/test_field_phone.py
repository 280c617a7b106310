"""What goes wrong on the phone itself, a test each: nothing is lost, doubled or told."""

from datetime import timedelta

import pytest

from mobilizer.phone import views
from tests.journeys.field import NOVEMBER, receipts
from tests.journeys.field_phone import SAID, FieldPhone, picture

pytestmark = pytest.mark.browser

IN = "Everything is sent"


def test_a_photo_that_cannot_be_read(field, phone):
    phone.tab.context.add_init_script(
        "File.prototype.arrayBuffer = () => Promise.reject(new DOMException('', 'Unreadable'))"
    )
    phone.loses_network()
    phone.opens()
    phone.begins(field.titles[0])
    phone.changes_the_state()
    phone.tab.locator('input[name="photo"]').set_input_files(
        {"name": "x.jpg", "mimeType": "image/jpeg", "buffer": b"x"}
    )
    phone.sees("This file cannot be read.")
    assert phone.kept("drafts")[0]["fields"]["rating_reason"] == SAID
    assert phone.kept("media") == []


def test_a_photo_that_is_gone_from_the_phone(field, phone):
    phone.loses_network()
    phone.opens()
    phone.files(field.titles[0], photo=picture())
    phone.clears("media")
    phone.finds_network()
    phone.sees("1 report needs your attention")
    phone.opens("/field/phone/en#/outbox")
    phone.sees("A file of it is no longer on this phone.")
    assert receipts(field) == 1


def test_no_room_left_on_the_phone(field, phone):
    phone.loses_network()
    phone.opens()
    phone.begins(field.titles[0])
    phone.changes_the_state()
    phone.is_full()
    phone.tab.locator('input[name="photo"]').set_input_files(
        {"name": "x.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    )
    phone.sees("The phone’s storage is full")
    assert phone.tab.locator("#added li").count() == 0
    assert phone.kept("drafts")[0]["evidence"] == []

    phone.is_full(full=False)
    phone.adds_photo(picture())
    phone.taps("Next")
    phone.taps("Send to mentor")
    phone.line_says("1 report saved on this phone")
    phone.finds_network()
    phone.line_says(IN)
    assert field.arrived_once()


def test_storage_that_the_browser_cleared(field, waiting):
    waiting.loses_everything()
    waiting.finds_network()
    waiting.reopens("/field/phone/en")
    waiting.sees("The phone has cleared its storage: 1 report that was kept here is gone.")
    waiting.files(field.titles[0])
    waiting.has_received(1)
    assert field.arrived_once()


def test_a_window_killed_while_the_camera_is_open(field, phone):
    phone.loses_network()
    phone.opens()
    phone.begins(field.titles[0])
    phone.changes_the_state()
    phone.tab.locator("summary", has_text="Requests and contacts").click()
    phone.types("Contact with officials", "She called the town hall.")
    with phone.tab.expect_file_chooser():
        phone.tab.locator('input[name="photo"]').click()
    phone.reopens()
    phone.taps("Go on with November 2026", within=phone.card(field.titles[0]))
    phone.sees("What is the state today?")
    [draft] = phone.kept("drafts")
    assert draft["fields"]["rating_reason"] == SAID
    assert draft["fields"]["contact"] == "She called the town hall."


def test_two_windows(field, phone):
    phone.loses_network()
    phone.opens(field.address)
    first = phone.tab
    phone.tab = first.context.new_page()
    phone.opens(field.address)
    phone.sees("This report is open in another window.")
    phone.tab.bring_to_front()

    first.close()
    phone.waits_until("!(await navigator.locks.query()).held.some((one) => /draft/.test(one.name))")
    phone.files(field.titles[0])
    second = phone.tab
    phone.tab = second.context.new_page()
    phone.opens("/field/")
    phone.finds_network()
    phone.line_says(IN)
    phone.tab = second
    phone.line_says(IN)
    assert field.arrived_once()


def test_a_clock_that_is_a_year_off(window, field):
    phone = FieldPhone(window, field, clock=NOVEMBER - timedelta(days=365))
    phone.installs()
    phone.loses_network()
    phone.opens()
    phone.files(field.titles[0])
    phone.finds_network()
    phone.line_says(IN)
    assert field.arrived_once()
    assert field.newest()["timeliness"] == "on_time"
    assert not field.newest()["quarantined"]


def test_a_worker_of_an_older_build(field, phone, monkeypatch):
    """The new one waits until somebody takes it, and is not offered over a draft."""
    [cache] = phone.caches()
    with field.site.app.test_request_context():
        old = views.script_now()
    monkeypatch.setattr(views, "script_now", lambda: old + b"\n")
    phone.opens(f"{field.address}/state")
    phone.waits_until("(await navigator.serviceWorker.getRegistration()).waiting")
    assert phone.tab.get_by_text("A new version is ready.").count() == 0
    assert cache in phone.caches()

    phone.opens("/field/")
    with phone.tab.expect_navigation():
        phone.taps("Take the new version")
    phone.is_ready()
    phone.waits_until(f"!(await caches.has({cache!r}))")
    assert len(phone.caches()) == 1


def test_a_browser_that_keeps_nothing(window, field):
    """The pages of the site do it all without."""
    phone = FieldPhone(window, field)
    phone.tab.context.add_init_script("Object.defineProperty(window, 'indexedDB', {value: null})")
    phone.signs_in()
    phone.tab.goto("/field/")
    phone.sees("This browser keeps nothing on the phone.")
    phone.card(field.titles[0]).get_by_role("link", name="File November 2026").click()
    phone.tab.wait_for_url("**/2026-11/state")


def test_what_is_unsent_is_told_once_a_day(waiting):
    notice = "1 report has not been sent yet. Look for a network today."
    waiting.sees(notice)
    waiting.reopens("/field/phone/en")
    waiting.line_says("1 report saved on this phone")
    assert waiting.tab.get_by_text(notice).count() == 0

    waiting.tab.clock.fast_forward(24 * 3600 * 1000)
    waiting.sends()
    waiting.sees(notice)


def test_a_message_is_shown_and_leads_to_its_page(phone):
    phone.tab.context.grant_permissions(["notifications"])
    phone.is_told({"title": "Sent back", "body": "Build school", "url": "/field/", "tag": "one"})
    shown = """navigator.serviceWorker.getRegistration()
      .then((worker) => worker.getNotifications())
      .then((all) => all.map((one) => [one.title, one.body, one.tag, one.data.url]).join())"""
    phone.waits_until(f"(await {shown}) !== ''")
    assert phone.tab.evaluate(shown) == "Sent back,Build school,one,/field/"
