"""What names a page: its path and the parameters that its view knows. Nothing else gets in."""

from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilizer.publication.rules.asking import LONGEST, Key, coding, is_known, key

KNOWN = ("cycle", "page", "q")


def test_parameters_stand_in_one_order() -> None:
    assert key("/en/", "page=2&cycle=a", KNOWN) == key("/en/", "cycle=a&page=2", KNOWN)


def test_one_way_of_writing_is_like_another() -> None:
    assert key("/en/", "q=%d1%83+a", KNOWN) == key("/en/", "q=%D1%83%20a&", KNOWN)


def test_of_a_name_that_comes_twice_the_first_stays_the_first() -> None:
    assert key("/en/", "q=b&page=1&q=a", KNOWN) == Key("/en/", "page=1&q=b&q=a")
    assert key("/en/", "q=a&q=b", KNOWN) != key("/en/", "q=b&q=a", KNOWN)


def test_a_link_that_was_shared_leads_to_the_same_page() -> None:
    shared = key("/en/", "utm_source=x&fbclid=y&page=2", KNOWN)
    assert shared == Key("/en/", "page=2")


@pytest.mark.parametrize("query", ["x=1", "PAGE=2", "page[]=2", "page;cycle=1", "=", "&&", "x"])
def test_what_a_view_does_not_know_is_left_out(query: str) -> None:
    assert key("/en/", query, KNOWN) == Key("/en/", "")
    assert key("/en/", f"{query}&page=2", KNOWN) == Key("/en/", "page=2")


@pytest.mark.parametrize(
    "query", ["q=%00", "x=%00", "%00", "q=%ff", "%ff=1", "q=ш", "q=" + "a" * LONGEST]
)
def test_what_no_browser_writes_is_not_kept(query: str) -> None:
    assert key("/en/", query, KNOWN) is None


@given(st.lists(st.tuples(st.sampled_from(KNOWN), st.text(max_size=20))))
def test_a_key_says_all_that_was_asked(pairs: list[tuple[str, str]]) -> None:
    query = urlencode([(n, v.encode("utf-8", "replace")) for n, v in pairs])
    found = key("/en/", query, KNOWN)
    if found is None:
        assert len(query) > LONGEST or any("\x00" in value for _, value in pairs)
        return
    told = parse_qsl(found.query, keep_blank_values=True)
    for name in KNOWN:
        asked = [v.encode("utf-8", "replace").decode() for n, v in pairs if n == name]
        assert [v for n, v in told if n == name] == asked


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ("", "identity"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("br;q=0.000, gzip;q=0", "identity"),
        ("*", "br"),
        ("*;q=0", "identity"),
        ("br;q=0, *", "gzip"),
        ("identity", "identity"),
        ("brotli, xgzip", "identity"),
        ("br;q=nonsense", "identity"),
        ("br ; q=0.1", "br"),
        (";;,,=", "identity"),
        ("br, " * 5_000, "identity"),
    ],
)
def test_an_answer_is_coded_as_the_visitor_takes_it(accepted: str, chosen: str) -> None:
    assert coding(accepted) == chosen


@pytest.mark.parametrize(
    ("named", "has_it"),
    [
        ('"abc-br"', True),
        ('W/"abc-br"', True),
        ('"x", "abc-br" , "y"', True),
        ("*", True),
        ('"abc"', False),
        ('"abc-gzip"', False),
        ("abc-br", False),
        ('"abc-br', False),
        ("", False),
    ],
)
def test_who_has_the_very_answer_is_told_so(named: str, has_it: bool) -> None:
    assert is_known("abc-br", named) is has_it
