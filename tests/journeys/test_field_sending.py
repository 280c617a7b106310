"""What stands in the outbox: taken back it is not sent, and one that fails holds up nobody."""

import json

import pytest

from mobilizer.core import clock
from mobilizer.evidence.actions.opening import TURNS
from mobilizer.evidence.rules.uploads import OPEN_AFTER
from mobilizer.sync.models import Receipt
from mobilizer.working import worker
from tests.journeys.faults import swallow
from tests.journeys.field import NOVEMBER, receipts
from tests.journeys.field_phone import picture

pytestmark = pytest.mark.browser

IN = "Everything is sent"
#: One run of the sending, to its end: the next one who asks for its lock has it after that.
RUN = """async () => {
  dispatchEvent(new Event("online"));
  const { current } = JSON.parse(localStorage.getItem("mobilizer-people"));
  await navigator.locks.request(`mobilizer-sync-${current}`, () => true);
}"""


def refusing(path, status, code):
    """The site itself refuses whatever comes to an address, and counts it in ``asked``."""
    asked = []

    def between(environ, ask):
        if path not in environ["PATH_INFO"] or environ["REQUEST_METHOD"] in ("GET", "HEAD"):
            return ask()
        swallow(environ)
        asked.append(environ["PATH_INFO"])
        headers = [("Content-Type", "application/json"), ("X-Mobilizer", "1")]
        return status, headers, json.dumps({"error": code, "message": ""}).encode()

    between.asked = asked
    return between


def otherwise(path, change):
    """What the site answers there is changed on its way."""

    def between(environ, ask):
        status, headers, body = ask()
        if path in environ["PATH_INFO"] and status.startswith("20") and body:
            told = json.loads(body)
            change(told)
            body = json.dumps(told).encode()
            headers = [
                one for one in headers if one[0] not in ("Content-Length", "Content-Encoding")
            ]
            headers.append(("Content-Length", str(len(body))))
        return status, headers, body

    return between


def test_a_report_that_breaks_the_site_holds_up_no_other(site, field, phone):
    phone.window.expect("500")
    phone.loses_network()
    phone.opens()
    phone.says_the_same(field.titles[0])
    phone.says_the_same(field.titles[1])
    phone.line_says("2 reports saved on this phone")
    first = min(phone.kept("outbox"), key=lambda one: one["saved_at"])
    site.between = refusing(first["uid"], "500 Internal Server Error", "broken")
    phone.finds_network()
    phone.has_received(1)
    phone.line_says("1 report saved on this phone · the site has a fault just now")
    assert receipts(field) == 1
    assert [one["uid"] for one in phone.kept("outbox")] == [first["uid"]]

    site.between = None
    phone.sends()
    phone.line_says(IN)
    assert receipts(field) == 2


def test_a_site_that_is_asked_too_much_is_asked_no_more_for_now(site, field, phone):
    phone.window.expect("429")
    phone.loses_network()
    phone.opens()
    phone.says_the_same(field.titles[0])
    phone.says_the_same(field.titles[1])
    phone.line_says("2 reports saved on this phone")
    site.between = refusing("/sync/entries/", "429 Too Many Requests", "too_many")
    phone.finds_network()
    phone.tab.evaluate(RUN)
    # Two runs, of which each stops at its first report.
    assert 1 <= len(site.between.asked) <= 2
    assert len(phone.kept("outbox")) == 2

    site.between = None
    phone.sends()
    phone.line_says(IN)
    assert receipts(field) == 2


def test_a_photo_that_never_gets_through_is_kept_and_tried_later(site, field, phone, photo):
    phone.window.expect("460")
    phone.loses_network()
    phone.opens()
    phone.files(field.titles[0], photo=photo)
    site.between = refusing("/sync/media/", "460 Wrong hash", "wrong_hash")
    phone.finds_network()
    phone.line_says("photos are on their way · the site has a fault just now")
    assert len(site.between.asked) >= 3  # Three beginnings a try; it may have tried again by now.
    assert len(phone.kept("media")) == 1

    site.between = None
    phone.sends()
    phone.line_says(IN)
    assert phone.kept("media") == []


def test_a_report_taken_back_while_others_are_sent_is_not_sent(site, field, phone):
    """It is opened again in the moment in which the one before it is on its way."""
    phone.loses_network()
    phone.opens()
    phone.says_the_same(field.titles[0])
    phone.says_the_same(field.titles[1])
    phone.line_says("2 reports saved on this phone")
    _, second = sorted(phone.kept("outbox"), key=lambda one: one["saved_at"])
    phone.tab.evaluate(
        """(key) => {
          const ask = window.fetch;
          window.fetch = async (path, how) => {
            if (how?.method !== "PUT" || window.isTaken) return ask(path, how);
            window.isTaken = true;
            const { current } = JSON.parse(localStorage.getItem("mobilizer-people"));
            const ended = (asked) =>
              new Promise((done) => (asked.onsuccess = () => done(asked.result)));
            const db = await ended(indexedDB.open(`mobilizer-${current}`));
            await ended(db.transaction("outbox", "readwrite").objectStore("outbox").delete(key));
            db.close();
            return ask(path, how);
          };
        }""",
        second["key"],
    )
    phone.finds_network()
    phone.has_received(1)
    phone.tab.evaluate(RUN)
    assert receipts(field) == 1
    assert phone.kept("outbox") == []


@pytest.mark.parametrize("whose", ["report", "file"])
def test_a_receipt_for_other_bytes_is_none(site, field, phone, photo, whose):
    def change(told):
        one = told if whose == "report" else told["media"][0]
        one["sha256"] = "0" * 64

    phone.loses_network()
    phone.opens()
    phone.files(field.titles[0], photo=photo)
    phone.line_says("1 report saved on this phone")
    site.between = otherwise("/sync/entries/", change)
    phone.finds_network()
    phone.tab.evaluate(RUN)
    [item] = phone.kept("outbox")
    assert (item["receipt"], phone.kept("receipts")) == (None, [])
    assert len(phone.kept("media")) == 1
    assert field.count(Receipt) == 1

    site.between = None
    phone.sends()
    phone.line_says(IN)
    assert field.arrived_once()


def test_a_photo_the_site_has_yet_to_open_stays_until_it_is_known_what_it_is(site, field, phone):
    phone.loses_network()
    phone.opens()
    phone.files(field.titles[0], photo=picture())
    for _ in range(2):
        TURNS.acquire()  # Others' files are open.
    try:
        phone.finds_network()
        phone.waits_until("document.querySelector('#phone').dataset.status === 'opening'")
    finally:
        for _ in range(2):
            TURNS.release()
    phone.line_says("photos are on their way")
    assert len(phone.kept("media")) == 1

    with site.data(), clock.at(NOVEMBER + OPEN_AFTER):
        worker().drain()
    phone.tab.clock.fast_forward(1_200_000)  # It asks again by itself, within 20 minutes.
    phone.line_says(IN)
    assert phone.kept("media") == []
    assert field.newest()["pieces"] == 2


def test_the_pack_of_another_person_is_not_kept(site, field, phone):
    [before] = [one for one in phone.kept("pack") if one["key"] == "pack"]
    change = {**before, "person": "somebody else", "version": "another"}
    site.between = otherwise("/sync/pack", lambda told: told.update(change))
    phone.tab.evaluate(RUN)
    [after] = [one for one in phone.kept("pack") if one["key"] == "pack"]
    assert (after["person"], after["version"]) == (before["person"], before["version"])


@pytest.fixture
def photo():
    """A small one: all of it goes in one piece."""
    return picture(800, 600)
