"""What the public reads of the demonstration: that it is one, and where one finding was wrong."""

import re
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import select

from mobilizer.core.database import db
from mobilizer.findings.models import Finding
from tests.support.page import Page, apart

LANGUAGES = ("en", "sq", "mk", "sr")
SAYS_SO = {"en": "invented", "sq": "trilluar", "mk": "измислен", "sr": "izmišljen"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_of_every_kind_says_that_it_is_a_demonstration(demo: Flask, language: str) -> None:
    page = Page(demo)
    pages = "topics/ topics/education parties/ parties/MK-DEMO-WALNUT regions/ regions/MK008"
    pages += " municipalities/ municipalities/MK-609 promises/ promises/1 promises/4 method data"
    for path in ("", *pages.split(), "corrections", "promises/?q=kopsht", "cycles/demo"):
        answer = page.get(f"/{language}/{path}")
        assert SAYS_SO[language] in answer.query(".banner")[0].to_text(), path


def test_no_link_of_the_public_site_leads_nowhere(demo: Flask) -> None:
    client, seen, waiting = demo.test_client(), set[str](), ["/sq/"]
    while waiting:
        path = waiting.pop()
        # Apart: pages made in one context would be told alike, and be kept for the next test.
        answer = apart(lambda path=path: client.get(path))
        assert answer.status_code == 200, path
        if not path.startswith("/sq/") or "?" in path:
            continue
        assert SAYS_SO["sq"] in answer.text, path
        found = {unescape(link) for link in re.findall(r'href="(/sq/[^"#]*)"', answer.text)}
        waiting += found - seen
        seen |= found
    assert len(seen) > 100


def test_one_finding_turned_out_wrong_and_is_corrected_in_public(demo: Flask) -> None:
    [mended] = db.session.scalars(select(Finding).where(Finding.corrects.is_not(None)))
    assert mended.content["correction"]["reason"]
    shown = Page(demo).get("/mk/corrections")
    assert mended.content["correction"]["reason"] in shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_pages_show_what_moved_since_last_month(demo: Flask, lang: str) -> None:
    page = Page(demo)
    assert len(page.get(f"/{lang}/").query(".moves li")) >= 2
    for kind in ("topics", "parties"):
        links = page.get(f"/{lang}/{kind}/").query(f'main a[href^="/{lang}/{kind}/"]')
        pages = {link.attrs["href"] for link in links}
        assert sum(bool(page.get(one).query(".moves li")) for one in pages) >= 2, kind
