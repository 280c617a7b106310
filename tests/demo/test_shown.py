"""What the demonstration shows of itself: what moved, and in which language it is said."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from mobilizer.accounts.models import User
from mobilizer.core.database import db
from mobilizer.findings.models import Finding
from tests.support.page import Page

LANGUAGES = ("en", "sq", "mk", "sr")
CYRILLIC = re.compile("[Ѐ-ӿ]")


def test_what_is_said_of_a_finding_is_marked_by_its_language(demo: Flask) -> None:
    found = [finding.content for finding in db.session.scalars(select(Finding))]
    corrections = [content["correction"] for content in found if "correction" in content]
    said = [one for one in (*found, *corrections) if one.get("reason")]
    assert corrections
    assert {one["language"] for one in said} == {"sq", "mk", "sr"}
    for one in said:
        assert (one["language"] == "mk") is bool(CYRILLIC.search(one["reason"])), one


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_pages_show_what_moved_since_last_month(demo: Flask, lang: str) -> None:
    page = Page(demo)
    assert len(page.get(f"/{lang}/").query(".moves li")) >= 2
    for kind in ("topics", "parties"):
        links = page.get(f"/{lang}/{kind}/").query(f'main a[href^="/{lang}/{kind}/"]')
        pages = {link.attrs["href"] for link in links}
        assert sum(bool(page.get(one).query(".moves li")) for one in pages) >= 2, kind


def test_one_mobilizer_can_be_read_of_and_another_is_told_why_she_cannot(demo: Flask) -> None:
    wanting = select(User).where(User.public_page.is_not(None)).order_by(User.id)
    hidden, shown = db.session.scalars(wanting)
    page = Page(demo)

    assert page.get(f"/mk/mobilizers/{shown.public_page}").texts("h1") == [shown.alias]
    page.get(f"/mk/mobilizers/{hidden.public_page}", expect=404)
    for user, is_told in ((hidden, True), (shown, False)):
        page.sign_in(user)
        own = page.get("accounts.own")
        assert ("Сѐ уште не се прикажува" in own) is is_told
        links = own.query(f'main a[href$="/mobilizers/{user.public_page}"]')
        assert bool(links) is not is_told
