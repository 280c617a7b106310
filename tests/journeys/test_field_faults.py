"""What goes wrong between a phone and the site, a test each: nothing is lost, doubled or told."""

from datetime import timedelta
from importlib import import_module
from threading import Event

import pytest

from tests.journeys import faults
from tests.journeys.faults import Once
from tests.journeys.field import NOVEMBER, receipts
from tests.journeys.field_phone import SAID, picture

pytestmark = pytest.mark.browser

IN = "Everything is sent"


def test_an_answer_lost_after_the_commit(site, field, waiting):
    site.between = puts = Once("PUT", faults.unanswered)
    waiting.finds_network()
    waiting.waits_for(lambda: puts.is_over)
    waiting.line_says("no network")
    assert receipts(field) == 1

    waiting.sends()
    waiting.line_says(IN)
    assert puts.seen == 2
    assert field.arrived_once()


def test_the_same_name_with_other_content(site, field, waiting):
    other = SAID.replace("Words", "Other words").encode()
    site.between = puts = Once("PUT", faults.changed(SAID.encode(), other))
    waiting.window.expect("409")
    waiting.finds_network()
    waiting.waits_for(lambda: puts.is_over)
    waiting.line_says("no network")

    waiting.sends()
    waiting.sees("1 report needs your attention")
    waiting.opens("/field/phone/en#/outbox")
    waiting.sees("The site has something else under this name.")
    waiting.taps("Open it again")
    waiting.sees("What is the state today?")
    assert waiting.tab.get_by_label("Reason for the rating").input_value() == SAID
    assert field.arrived_once()


def test_an_expired_session(field, waiting):
    field.sign_out_everywhere()
    waiting.window.expect("401")
    waiting.finds_network()
    waiting.line_says("Sign in to send 1 report")
    assert receipts(field) == 0

    waiting.signs_in()
    waiting.sends()
    waiting.line_says(IN)
    assert field.arrived_once()


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
    assert field.arrived_once()


def test_an_expired_token(site, field, waiting):
    site.between = puts = Once("PUT", faults.expired)
    waiting.window.expect("400")
    waiting.finds_network()
    waiting.line_says(IN)
    assert puts.seen == 2
    assert field.arrived_once()


def test_a_captive_portal(site, field, waiting):
    site.between = faults.portal
    with waiting.tab.expect_response("**/sync/hello"):
        waiting.finds_network()
    waiting.line_says("no network")
    waiting.reopens("/field/")
    waiting.line_says("1 report saved on this phone")
    assert len(waiting.kept("outbox")) == 1

    site.between = None
    waiting.sends()
    waiting.line_says(IN)
    assert field.arrived_once()


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
    phone.line_says("1 report saved on this phone")
    phone.finds_network()
    phone.sees("1 report needs your attention")
    phone.taps("Go on with November 2026", within=phone.card(field.titles[0]))
    phone.opens(f"{field.address}/send")
    phone.types("Why does the rating stand all the same?", f"It was opened early. {SAID}")
    phone.taps("Send to mentor")
    phone.has_received(1)
    assert field.arrived_once()
    assert field.newest()["rating"] == "kept"


def test_something_too_large(field, waiting, monkeypatch):
    monkeypatch.setattr(field.site.app.view_functions["sync.report"], "takes", 10)
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
    with waiting.tab.expect_response("**/revisions/1"):
        waiting.finds_network()
    waiting.line_says("no network")
    assert receipts(field) == 0

    waiting.tab.clock.fast_forward(1_200_000)  # It tries again by itself, within 20 minutes.
    waiting.line_says(IN)
    assert field.arrived_once()


def test_an_answer_that_comes_too_late(site, field, waiting):
    late = Event()
    site.between = puts = Once("PUT", faults.slow(late))
    waiting.finds_network()
    waiting.waits_for(lambda: puts.seen == 1)  # Given up before it is there, it is not sent at all.
    with waiting.tab.expect_event("requestfailed"):
        waiting.tab.clock.fast_forward(25_000)
    waiting.line_says("no network")
    late.set()
    waiting.sends()
    waiting.line_says(IN)
    assert puts.seen == 2
    assert field.arrived_once()


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


def test_another_version_of_the_matrix(field, waiting, monkeypatch):
    for name in ("sync.queries.pack", "monitoring.actions.submitting"):
        monkeypatch.setattr(import_module(f"mobilizer.{name}"), "MATRIX_VERSION", "2")
    waiting.finds_network()
    waiting.line_says(IN)
    assert field.arrived_once()
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
    assert field.arrived_once()
    assert field.newest()["timeliness"] == "on_time_sent_late"


def test_an_assignment_withdrawn_meanwhile(field, waiting):
    field.withdraws()
    waiting.finds_network()
    waiting.line_says(IN)
    assert receipts(field) == 1
    assert field.newest()["quarantined"]


def test_a_server_restarted_in_the_middle(site, field, phone):
    phone.loses_network()
    phone.opens()
    phone.files(field.titles[0], photo=picture())
    site.between = patches = Once("PATCH", faults.cut)
    phone.finds_network()
    phone.waits_for(lambda: patches.is_over)
    phone.line_says("photos are on their way")
    site.restart()
    phone.sends()
    phone.line_says(IN)
    assert field.arrived_once()
    assert field.newest()["pieces"] == 2
