"""How answers are made ready, and how many of them are kept."""

import gzip
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilizer.core.hands import Start
from mobilizer.publication.rules.asking import Key
from mobilizer.publication.rules.heart import Heart
from mobilizer.publication.rules.packing import FRESH, LEAST, may_be_kept, midnight, packed
from mobilizer.publication.rules.shelf import OVERHEAD, Kept, Shelf
from mobilizer.publication.rules.stamp import Stamp
from mobilizer.publication.views.nobody import asked

NOON = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
HTML = ("Content-Type", "text/html; charset=utf-8")


def stamp(*zones: str, at: datetime = NOON) -> Stamp:
    return Stamp.at(at, 7, date(2026, 11, 28), zones)


def page(size: int = 5000) -> Kept:
    return packed([("Content-Type", "image/png")], b"x" * size, stamp())


def test_each_coding_holds_the_same_under_a_name_of_its_own() -> None:
    body = "Премногу ветувања. ".encode() * 100
    forms = packed([HTML], body, stamp()).forms

    assert forms["identity"].body == body
    assert brotli.decompress(forms["br"].body) == body
    assert gzip.decompress(forms["gzip"].body) == body
    assert len({form.tag for form in forms.values()}) == 3
    for name, form in forms.items():
        said = dict(form.headers)
        assert said["Content-Length"] == str(len(form.body))
        assert said.get("Content-Encoding", "identity") == name
        assert said["Vary"] == "Accept-Encoding"
        assert dict(form.unchanged)["ETag"] == said["ETag"] == f'"{form.tag}"'
        assert "Content-Length" not in dict(form.unchanged)


def test_the_name_follows_the_content_and_nothing_else() -> None:
    one, same, other = (
        packed([HTML], body, at).forms["identity"].tag
        for body, at in ((b"a", stamp()), (b"a", stamp("Asia/Tokyo")), (b"b", stamp()))
    )
    assert one == same != other


def test_the_public_gets_the_day_of_the_last_publication() -> None:
    said = dict(packed([HTML, ("Last-Modified", "now")], b"a", stamp()).forms["identity"].headers)
    assert said["Last-Modified"] == "Sat, 28 Nov 2026 00:00:00 GMT"
    assert midnight(date(2026, 1, 1)) == "Thu, 01 Jan 2026 00:00:00 GMT"


def test_what_is_said_of_how_to_keep_it_is_said_once_and_by_us() -> None:
    theirs = [("Cache-Control", "public, max-age=60"), ("Vary", "Accept-Encoding"), ("ETag", '"x"')]
    for form in packed([HTML, *theirs, ("Date", "now")], b"a" * 999, stamp()).forms.values():
        names = [name for name, _ in form.headers]
        assert len(names) == len(set(names))
        assert dict(form.headers)["Cache-Control"] == FRESH
        assert "Date" not in names


def test_what_is_small_is_not_made_smaller() -> None:
    assert set(packed([HTML], b"a" * (LEAST - 1), stamp()).forms) == {"identity"}
    assert set(packed([HTML], b"a" * LEAST, stamp()).forms) == {"identity", "br", "gzip"}


def test_what_has_its_hash_in_its_address_is_kept_for_good() -> None:
    manners = "public, max-age=31536000, immutable"
    kept = packed([HTML, ("Cache-Control", manners)], b"a", stamp())
    assert kept.stamp is None
    said = dict(kept.forms["identity"].headers)
    assert said["Cache-Control"] == manners
    assert "Last-Modified" not in said


def test_of_a_cookie_that_a_page_would_set_nothing_is_kept() -> None:
    def sets_a_cookie(_: object, start: Start) -> list[bytes]:
        start("200 OK", [HTML, ("Set-Cookie", "her=own"), ("set-cookie", "and=another")])
        return [b"page"]

    assert asked(sets_a_cookie, Key("/en/", ""), "https://x.example") == ("200 OK", [HTML], b"page")


@pytest.mark.parametrize(
    ("status", "header", "may"),
    [
        ("200 OK", HTML, True),
        ("404 NOT FOUND", HTML, False),
        ("302 FOUND", HTML, False),
        ("500 INTERNAL SERVER ERROR", HTML, False),
        ("206 PARTIAL CONTENT", HTML, False),
        ("200 OK", ("Vary", "Accept-Encoding"), True),
        ("200 OK", ("Vary", "Cookie"), False),
        ("200 OK", ("vary", "Accept-Encoding, Accept-Language"), False),
        ("200 OK", ("Cache-Control", "no-store"), False),
        ("200 OK", ("Cache-Control", "public, no-cache"), False),
        ("200 OK", ("Cache-Control", "private, max-age=3"), False),
        ("200 OK", ("Content-Encoding", "gzip"), False),
    ],
)
def test_only_a_page_for_everybody_is_kept(status: str, header: tuple[str, str], may: bool) -> None:
    assert may_be_kept(status, [header]) is may


def test_no_more_is_kept_than_there_is_room_and_the_oldest_goes_first() -> None:
    shelf, size = Shelf(limit=10 * (5000 + OVERHEAD)), 5000
    for number in range(10):
        shelf.put(Key(str(number), ""), page(size))
    shelf.get(Key("0", ""))
    shelf.put(Key("new", ""), page(size))

    assert shelf.get(Key("0", "")) is not None
    assert shelf.get(Key("new", "")) is not None
    assert shelf.get(Key("1", "")) is None
    shelf.put(Key("too large", ""), page(5 * size))
    assert shelf.get(Key("too large", "")) is None


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3000)), max_size=60))
def test_the_shelf_knows_what_it_holds(puts: list[tuple[int, int]]) -> None:
    shelf = Shelf(limit=20_000)
    for name, size in puts:
        shelf.put(Key(str(name), ""), page(size))
        assert shelf.size <= 20_000
    held = [shelf.get(Key(str(name), "")) for name in range(10)]
    assert shelf.size == sum(one.size for one in held if one)


def test_what_says_the_same_as_before_is_not_packed_again() -> None:
    before, body = packed([HTML], b"a" * 999, stamp()), b"a" * 999
    later = stamp()
    same = packed([HTML], body, later, before)
    assert (same.forms is before.forms, same.stamp) == (True, later)
    for other in (
        packed([HTML], b"b" * 999, later, before),
        packed([HTML, ("Link", "</x>")], body, later, before),
        packed([HTML], body, Stamp.at(NOON, 8, date(2026, 11, 29), ()), before),
    ):
        assert set(other.forms) == {"identity", "br", "gzip"}
        assert other.forms is not before.forms


def test_what_took_long_to_make_does_not_replace_what_is_newer() -> None:
    old, new = stamp(), stamp()
    shelf, key = Shelf(), Key("/en/", "")
    late, early = packed([HTML], b"old", old), packed([HTML], b"new", new)
    old.ended = 1.0
    shelf.put(key, early)
    shelf.put(key, late)
    assert shelf.get(key) is early
    new.ended = 2.0
    shelf.put(key, late)
    assert shelf.get(key) is early
    newest = packed([HTML], b"newest", stamp())
    shelf.put(key, newest)
    assert shelf.get(key) is newest


def test_no_more_is_known_by_heart_than_there_is_room_for() -> None:
    heart: Heart[int] = Heart(10)
    for number in range(100):
        heart.learn((str(number), "query"), number)
        assert heart.get((str(number), "query")) == number
        assert len(heart._known) <= 10
    heart.learn(("a" * 10_000, ""), 1)
    assert heart.get(("a" * 10_000, "")) is None


ZONES = ("Europe/Skopje", "Asia/Tokyo", "America/New_York", "Pacific/Kiritimati")


@given(
    st.timedeltas(timedelta(0), timedelta(366)).map(lambda since: NOON + since),
    st.sets(st.sampled_from(ZONES)),
    st.timedeltas(timedelta(-2), timedelta(2)),
)
def test_a_stamp_holds_while_no_day_of_any_cycle_ends(
    moment: datetime, zones: set[str], later: timedelta
) -> None:
    def days(of: datetime) -> set[tuple[str, date]]:
        return {(zone, of.astimezone(ZoneInfo(zone)).date()) for zone in zones or {"UTC"}}

    made = stamp(*zones, at=moment)
    assert made.holds(moment)
    assert made.holds(moment + later) is (days(moment + later) == days(moment))
