"""Which links a promise may carry."""

import pytest

from mobilizer.core.errors import RuleBroken
from mobilizer.promises.rules.links import check_link


@pytest.mark.parametrize(
    "link",
    [
        "https://example.org/a?b=c#d",
        "http://пример.мк/програма",
        "HTTPS://EXAMPLE.ORG",
        "https://a.mk:8080/",
    ],
)
def test_links_of_the_web_are_kept_as_they_are(link):
    assert check_link(f" {link} ") == link
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
