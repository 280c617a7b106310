"""The form: what is taken, what is held off, and that nothing typed is lost."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from mobilizer.accounts.models import Throttle
from mobilizer.accounts.rules.throttle import LIMITS, Door
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.promises.rules import PromiseState
from mobilizer.requests.models import PublicRequest
from mobilizer.requests.rules import RequestState
from tests.requests.conftest import TYPED
from tests.support.page import Page
from tests.support.world import NOVEMBER

SECONDS = timedelta(seconds=1)
EVIL = "<script>alert(1)</script> https://evil.example"


def requests():
    return db.session.scalars(select(PublicRequest).order_by(PublicRequest.id)).all()


def typed_in(shown):
    return [field.to_text() for field in shown.query("textarea[name=text]")]


def test_anybody_asks_without_account_cookie_or_session(asker, promise):
    shown = asker.opens()
    assert promise.exact_words in shown
    assert "Set-Cookie" not in shown.headers
    assert shown.headers["Cache-Control"] == "no-store"

    sent = asker.sends(link="https://news.example/a?utm_source=x", may_quote="y")

    (kept,) = requests()
    assert "Set-Cookie" not in sent.headers
    assert (kept.text, kept.url) == (TYPED["text"], "https://news.example/a")
    assert (kept.is_worked, kept.may_quote, kept.state) == (True, True, RequestState.RECEIVED)
    assert clock.day_of(kept.answer_by, "Europe/Skopje").isoformat() == "2026-12-08"
    assert not kept.address
    assert not kept.salt


@pytest.mark.parametrize(
    ("lang", "told"),
    [("en", "A sign stood here"), ("sq", "Këtu kishte"), ("mk", "Овде имаше"), ("sr", "Ovde je")],
)
def test_a_sign_that_cannot_be_kept_is_told_beside_its_field_and_nothing_is_lost(
    asker, promise, lang, told
):
    """NUL, which a paste from a damaged file can hold: the words around it stay."""
    asker.opens(lang)
    shown = asker.sends(
        expect=422, lang=lang, text="When does\x00 it open?", link="https://a.example"
    )

    assert "When does it open?" in typed_in(shown)[0]
    assert shown.query("input[name=link]")[0].attrs["value"] == "https://a.example"
    assert told in shown.texts("#text-error")[0]
    assert not shown.texts("#link-error")
    assert not requests()
    asker.sends(text="When does it open?")
    assert requests()[0].text == "When does it open?"


def test_a_cycle_says_in_how_many_days_it_answers(asker, promise):
    promise.cycle.answer_days = 3
    assert "within 3 days" in asker.opens()
    asker.sends()
    assert clock.day_of(requests()[0].answer_by, "Europe/Skopje").isoformat() == "2026-11-26"


def test_she_follows_it_on_a_page_that_only_she_can_open(asker, page):
    asker.opens()
    address = asker.sends(text=EVIL).location

    shown = page.get(address)

    (kept,) = requests()
    assert str(kept.number) in shown
    assert EVIL in shown.text
    assert not shown.query("a[href*='evil.example']")
    assert "7 December 2026" in shown
    assert shown.headers["Referrer-Policy"] == "no-referrer"
    assert shown.headers["Cache-Control"] == "no-store"
    assert "noindex" in shown.headers["X-Robots-Tag"]
    assert str(kept.number) not in address
    assert kept.token_hash not in address


@pytest.mark.parametrize("secret", ["x", "0" * 64, "%00", "é"])
def test_a_guessed_address_opens_nothing(asker, page, secret):
    asker.opens()
    asker.sends()
    page.get(f"/ask/requests/{secret}", expect=404)
    page.get(f"/ask/requests/{requests()[0].number}", expect=404)


def test_sent_twice_it_is_one_request(asker):
    stamp = asker.opens() and asker.stamp
    first = asker.sends(stamp=stamp).location
    assert asker.sends(stamp=stamp).location == first
    assert len(requests()) == 1
    assert db.session.scalar(select(Throttle.tries).where(Throttle.door == Door.ASK_ALL)) == 1


def test_other_words_with_the_same_stamp_are_another_request_once_sent_again(asker):
    stamp = asker.opens() and asker.stamp
    asker.sends(stamp=stamp)

    shown = asker.sends(stamp=stamp, text="And the other school?", expect=422)

    assert typed_in(shown) == ["And the other school?"]
    assert asker.stamp != stamp
    asker.sends(text="And the other school?", after=30 * SECONDS)
    assert [one.text for one in requests()] == [TYPED["text"], "And the other school?"]


# --- held off


@pytest.mark.parametrize(("is_worked", "seconds"), [(True, 2), (False, 19)])
def test_too_soon_is_told_and_nothing_is_lost(asker, is_worked, seconds):
    stamp = asker.opens() and asker.stamp
    shown = asker.sends(after=seconds * SECONDS, is_worked=is_worked, expect=422)
    assert typed_in(shown) == [TYPED["text"]]
    assert asker.stamp == stamp
    assert not requests()

    asker.sends(after=30 * SECONDS, is_worked=is_worked)
    assert requests()[0].is_worked is is_worked


def test_open_for_more_than_a_day_it_is_sent_once_more(asker):
    asker.opens()
    late = timedelta(hours=25)
    shown = asker.sends(after=late, expect=422)
    assert typed_in(shown) == [TYPED["text"]]
    asker.sends(after=late + 5 * SECONDS)
    assert len(requests()) == 1


@pytest.mark.parametrize("stamp", ["", "x", "9" * 5000, "AAAA.AAAA", "é.é"])
def test_without_a_stamp_of_ours_nothing_is_asked_of_the_database(asker, queries, stamp):
    asker.opens()
    with queries.at_most(0):
        shown = asker.sends(stamp=stamp, expect=422, is_worked=False)
    assert shown.texts(".said-as-typed") == [TYPED["text"]]


def test_the_stamp_of_another_promise_is_none(asker, make):
    other = make.finding().promise
    asker.page.get("ask.form", number=other.number)
    asker.sends(expect=422)
    assert not requests()


def test_what_fills_in_everything_is_held_off_and_a_person_loses_nothing(asker):
    asker.opens()
    shown = asker.sends(website="https://pills.example", expect=422)
    assert typed_in(shown) == [TYPED["text"]]
    assert shown.query("input[name=website]")[0].attrs.get("value", "") == ""
    assert not requests()
    asker.sends()
    assert len(requests()) == 1


def test_nobody_falls_into_the_hidden_field(asker):
    shown = asker.opens()
    (around,) = shown.query(".hidden")
    assert around.query("input[name=website][tabindex='-1'][autocomplete=off]")


def test_work_that_was_not_done_is_the_slower_way(asker):
    asker.opens()
    asker.sends(work="1.2.3", is_worked=False, expect=422)
    asker.sends(work="1.2.3", is_worked=False, after=30 * SECONDS)
    assert requests()[0].is_worked is False


@pytest.mark.parametrize(
    ("is_worked", "door"), [(True, Door.ASK_NETWORK), (False, Door.ASK_PLAIN_NETWORK)]
)
def test_a_network_that_sends_too_much_waits_and_others_do_not(asker, queries, is_worked, door):
    later = 30 * SECONDS
    for at in range(LIMITS[door].tries):
        asker.opens()
        asker.sends(text=f"Question {at}", is_worked=is_worked, after=later)
    asker.opens()

    with queries.counted() as asked:
        shown = asker.sends(is_worked=is_worked, after=later, expect=429)

    assert not [one for one in asked if not one.startswith("SELECT")], "it wrote"
    assert shown.texts(".said-as-typed") == [TYPED["text"]]
    assert int(shown.headers["Retry-After"]) <= 3600
    asker.opens()
    asker.sends(is_worked=is_worked, after=later, network="192.0.2.8")
    with clock.at(NOVEMBER + timedelta(hours=1, minutes=1)):
        asker.opens()
        asker.sends(is_worked=is_worked, after=later)


def test_without_script_the_door_is_narrower():
    assert LIMITS[Door.ASK_PLAIN_NETWORK].tries < LIMITS[Door.ASK_NETWORK].tries
    assert LIMITS[Door.ASK_PLAIN_ALL].tries < LIMITS[Door.ASK_ALL].tries


def test_no_address_of_a_network_is_kept(asker):
    asker.opens()
    asker.sends(network="192.0.2.77")
    stored = "\n".join(
        str(tuple(row))
        for table in db.metadata.sorted_tables
        for row in db.session.execute(select(table))
    )
    assert "192.0.2" not in stored


# --- bad input


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": " \n "}, "text"),
        ({"text": "x" * 2001}, "text"),
        ({"kind": "praise"}, "kind"),
        ({"kind": ""}, "kind"),
        ({"kind": "evidence"}, "link"),
        ({"link": "ftp://news.example/a"}, "link"),
        ({"link": "http://127.0.0.1/"}, "link"),
        ({"link": "https://a.example/" + "x" * 2000}, "link"),
        ({"address": "nobody"}, "address"),
        ({"address": "x" * 300 + "@a.example"}, "address"),
        ({"language": "tlh"}, "language"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(asker, typed, field):
    asker.opens()
    shown = asker.sends(**typed, expect=422)
    near = shown.query(f"#{field}-error") or shown.query(f"#{field} .error")
    assert near, shown.text
    if "text" not in typed:
        assert typed_in(shown) == [TYPED["text"]]
    assert not requests()


@pytest.mark.parametrize("lang", ["sq", "mk", "sr"])
def test_what_is_wrong_is_told_in_her_language(asker, lang):
    in_english = asker.opens() and asker.sends(kind="evidence", expect=422).texts(".error")
    shown = asker.opens(lang) and asker.sends(kind="evidence", expect=422, lang=lang)
    assert shown.query(f"html[lang^={lang}]")
    assert len(shown.texts(".error")) == len(in_english)
    assert shown.texts(".error") != in_english


def test_text_of_2000_characters_with_line_ends_is_taken(asker):
    asker.opens()
    asker.sends(text="x" * 1998 + "\r\n" + "y")
    assert len(requests()[0].text) == 2000


def test_a_promise_that_is_not_public_is_not_asked_about(make, page: Page):
    hidden = make.promise("We will mend it.", state=PromiseState.CHECKED)
    page.get("ask.form", number=hidden.number, expect=404)
    page.get("/ask/promises/999999999999999999999999", expect=404)


def test_a_promise_that_was_taken_back_meanwhile_takes_nothing(asker, promise):
    asker.opens()
    promise.state = PromiseState.CHECKED
    asker.sends(expect=404)
    assert not requests()
