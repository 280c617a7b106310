"""Which links a promise may carry."""

import pytest

from mobilizer.core.errors import RuleBroken
from mobilizer.promises.rules.links import check_link


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("http://пример.мк/a", "http://xn--e1afmkfd.xn--j1ad/a"),
        ("HTTPS://EXAMPLE.ORG", "https://example.org/"),
        ("https://a.mk:8080/", "https://a.mk:8080/"),
        ("https://example.org/plan?fbclid=who&page=2", "https://example.org/plan?page=2"),
    ],
)
def test_links_of_the_web_are_kept_in_one_form(link, kept):
    assert check_link(f" {link} ") == kept
    assert check_link(kept) == kept


def test_no_link_is_none():
    assert check_link("  ") == ""


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://example.org",
        "//example.org",
        "example.org",
        "https://",
        "https:///x",
        "https://localhost",
        "http://127.0.0.1/inside",
        "http://[::ffff:10.0.0.1]/",
        "https://database.internal/",
        "https://user:password@example.org",
        "https://example.org/a b",
        "https://example.org/\x00",
        "https://example.org\\@evil.example",
        "https://example.org:port/",
        "https://[::1",
        "java\tscript:alert(1)",
        "https://example.org/" + "x" * 2000,
    ],
)
def test_everything_else_is_refused(link):
    with pytest.raises(RuleBroken):
        check_link(link)
