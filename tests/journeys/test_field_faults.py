"""Everything that goes wrong in the field, one test each: nothing is lost, doubled or told."""

from datetime import timedelta
from importlib import import_module
from threading import Event

import pytest

from mobilizer.phone import views
from mobilizer.sync.views import frame
from tests.journeys import faults
from tests.journeys.faults import Once
from tests.journeys.field import NOVEMBER, SAID, Field, FieldPhone, picture, receipts

pytestmark = pytest.mark.browser

IN = "Everything is sent"


@pytest.fixture
def field(site):
    return Field(site, promises=1)


@pytest.fixture
def phone(window, field):
    phone = FieldPhone(window, field)
    phone.installs()
    return phone


@pytest.fixture
def waiting(field, phone):
    """A phone on which one report waits for a network."""
    phone.loses_network()
    phone.opens()
    phone.files(field.titles[0])
    phone.line_says("1 report saved on this phone")
    return phone


def arrived_once(field, revisions=1):
    return receipts(field) == 1 and field.filed() == [(field.titles[0], "submitted", revisions)]


def test_an_answer_lost_after_the_commit(site, field, waiting):
    site.between = puts = Once("PUT", faults.unanswered)
    waiting.finds_network()
    waiting.line_says("no network")
    assert receipts(field) == 1

    waiting.sends()
    waiting.line_says(IN)
    assert puts.seen == 2
    assert arrived_once(field)


def test_the_same_name_with_other_content(site, field, waiting):
    other = SAID.replace("Words", "Other words").encode()
    site.between = Once("PUT", faults.changed(SAID.encode(), other))
    waiting.window.expect("409")
    waiting.finds_network()
    waiting.line_says("no network")

    waiting.sends()
    waiting.sees("1 report needs your attention")
    waiting.opens("/field/phone/en#/outbox")
    waiting.sees("The site has something else under this name.")
    waiting.taps("Open it again")
    waiting.sees("What is the state today?")
    assert waiting.tab.get_by_label("Reason for the rating").input_value() == SAID
    assert arrived_once(field)


def test_an_expired_session(field, waiting):
    field.sign_out_everywhere()
    waiting.window.expect("401")
    waiting.finds_network()
    waiting.line_says("Sign in to send 1 report")
    assert receipts(field) == 0

    waiting.signs_in()
    waiting.sends()
    waiting.line_says(IN)
    assert arrived_once(field)


def test_another_person_on_the_same_phone(field, waiting):
    waiting.signs_in(field.other)
    waiting.finds_network()
    waiting.reopens("/field/")
    waiting.sees("1 report of somebody else waits on this phone")
    waiting.opens("/field/phone/en#/outbox")
    waiting.sees("Nothing is begun, and nothing waits.")
    assert field.titles[0] not in waiting.tab.content()
    assert receipts(field) == 0

    waiting.signs_in()
    waiting.reopens("/field/")
    waiting.line_says(IN)
    assert arrived_once(field)


def test_an_expired_token(site, field, waiting):
    site.between = puts = Once("PUT", faults.expired)
    waiting.window.expect("400")
    waiting.finds_network()
    waiting.line_says(IN)
    assert puts.seen == 2
    assert arrived_once(field)


def test_a_captive_portal(site, field, waiting):
    site.between = faults.portal
    waiting.finds_network()
    waiting.line_says("no network")
    waiting.reopens("/field/")
    waiting.line_says("1 report saved on this phone")
    assert len(waiting.kept("outbox")) == 1

    site.between = None
    waiting.sends()
    waiting.line_says(IN)
    assert arrived_once(field)


def test_a_report_that_is_found_incomplete(field, phone):
    """The phone holds no rule about contradictions: the site asks, and she answers."""
    phone.window.expect("422")
    phone.loses_network()
    phone.opens()
    phone.begins(field.titles[0])
    phone.chooses("What is the state today?", "Kept")
    phone.changes_the_state()
    phone.types("Link to a video or page", "news.example/school")
    phone.taps("Next")
    phone.taps("Send to mentor")
    phone.finds_network()
    phone.taps("Go on with November 2026", within=phone.card(field.titles[0]))
    phone.opens(f"{field.address}/send")
    phone.types("Why does the rating stand all the same?", f"It was opened early. {SAID}")
    phone.taps("Send to mentor")
    phone.line_says(IN)
    assert arrived_once(field)
    assert field.newest()["rating"] == "kept"


def test_something_too_large(field, waiting, monkeypatch):
    monkeypatch.setattr(frame, "MOST", 10)
    waiting.window.expect("413")
    waiting.finds_network()
    waiting.sees("1 report needs your attention")
    waiting.opens("/field/phone/en#/outbox")
    waiting.sees("This is too large to be sent.")
    assert len(waiting.kept("outbox")) == 1
    with waiting.tab.expect_download() as download:
        waiting.taps("Save what is unsent as a file")
    assert download.value.suggested_filename == "mobilizer-2026-11-22.zip"
    assert receipts(field) == 0


def test_a_server_that_breaks(site, field, waiting):
    site.between = Once("PUT", faults.broken)
    waiting.window.expect("500")
    waiting.finds_network()
    waiting.line_says("no network")
    assert receipts(field) == 0

    waiting.sends()
    waiting.line_says(IN)
    assert arrived_once(field)


def test_an_answer_that_comes_too_late(site, field, waiting):
    late = Event()
    site.between = puts = Once("PUT", faults.slow(late))
    with waiting.tab.expect_request("**/revisions/1"):
        waiting.finds_network()
    waiting.tab.clock.fast_forward(25_000)
    waiting.line_says("no network")
    late.set()
    waiting.sends()
    waiting.line_says(IN)
    assert puts.seen >= 2
    assert arrived_once(field)


def test_an_upload_cut_at_70_percent(site, field, phone):
    phone.loses_network()
    phone.opens()
    phone.files(field.titles[0], photo=picture(), link="")
    [photo] = phone.kept("media")
    begun = []

    def between(environ, ask):
        if environ["REQUEST_METHOD"] == "PATCH":
            begun.append(int(environ["HTTP_UPLOAD_OFFSET"]))
            if len(begun) == 2:
                raise ConnectionError
        return ask()

    site.between = between
    phone.finds_network()
    phone.line_says("photos are on their way")
    assert receipts(field) == 1
    assert len(phone.kept("media")) == 1

    phone.sends()
    phone.line_says(IN)
    assert begun == [0, 262_144, 262_144]
    assert photo["bytes"] > 262_144
    assert phone.kept("media") == []
    assert field.newest()["pieces"] == 1


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
    phone.finds_network()
    phone.line_says(IN)
    assert arrived_once(field)


def test_storage_that_the_browser_cleared(field, waiting):
    waiting.loses_everything()
    waiting.finds_network()
    waiting.reopens("/field/phone/en")
    waiting.sees("The phone has cleared its storage: 1 report that was kept here is gone.")
    waiting.files(field.titles[0])
    waiting.line_says(IN)
    assert arrived_once(field)


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
    phone.files(field.titles[0])
    second = phone.tab
    phone.tab = second.context.new_page()
    phone.opens("/field/")
    phone.finds_network()
    phone.line_says(IN)
    phone.tab = second
    phone.line_says(IN)
    assert arrived_once(field)


def test_another_version_of_the_matrix(field, waiting, monkeypatch):
    for name in ("sync.queries.pack", "monitoring.actions.submitting"):
        monkeypatch.setattr(import_module(f"mobilizer.{name}"), "MATRIX_VERSION", "2")
    waiting.finds_network()
    waiting.line_says(IN)
    assert arrived_once(field)
    assert waiting.kept("pack")[0]["matrix_version"] == "2"


def test_a_month_closed_meanwhile(site, field, waiting):
    """Filed only now by her own clock: the coordinator decides; it is not refused."""
    site.moment = NOVEMBER + timedelta(days=30)
    waiting.signs_in()
    waiting.finds_network()
    waiting.line_says(IN)
    assert receipts(field) == 1
    assert field.newest()["quarantined"]


def test_a_report_saved_in_time_that_found_no_network_until_after_the_due_day(site, field, waiting):
    site.moment = NOVEMBER + timedelta(days=10)
    waiting.tab.clock.fast_forward(10 * 24 * 3600 * 1000)
    waiting.signs_in()
    waiting.finds_network()
    waiting.line_says(IN)
    assert arrived_once(field)
    assert field.newest()["timeliness"] == "on_time_sent_late"


def test_an_assignment_withdrawn_meanwhile(field, waiting):
    field.withdraws()
    waiting.finds_network()
    waiting.line_says(IN)
    assert receipts(field) == 1
    assert field.newest()["quarantined"]


def test_a_clock_that_is_a_year_off(window, field):
    phone = FieldPhone(window, field, clock=NOVEMBER - timedelta(days=365))
    phone.installs()
    phone.loses_network()
    phone.opens()
    phone.files(field.titles[0])
    phone.finds_network()
    phone.line_says(IN)
    assert arrived_once(field)
    assert field.newest()["timeliness"] == "on_time"
    assert not field.newest()["quarantined"]


def test_a_server_restarted_in_the_middle(site, field, phone):
    phone.loses_network()
    phone.opens()
    phone.files(field.titles[0], photo=picture())
    site.between = Once("PATCH", faults.cut)
    phone.finds_network()
    phone.line_says("photos are on their way")
    site.restart()
    phone.sends()
    phone.line_says(IN)
    assert arrived_once(field)
    assert field.newest()["pieces"] == 2


def test_a_worker_of_an_older_build(field, phone, monkeypatch):
    """The new one waits until somebody takes it, and is not offered over a draft."""
    [cache] = phone.caches()
    with field.site.app.test_request_context():
        old = views.script_now()
    monkeypatch.setattr(views, "script_now", lambda: old + b"\n")
    phone.opens(f"{field.address}/state")
    phone.tab.wait_for_function("navigator.serviceWorker.getRegistration().then((r) => r.waiting)")
    assert phone.tab.get_by_text("A new version is ready.").count() == 0
    assert cache in phone.caches()

    phone.opens("/field/")
    phone.taps("Take the new version")
    phone.tab.wait_for_function(f"caches.has({cache!r}).then((there) => !there)")
    assert len(phone.caches()) == 1
