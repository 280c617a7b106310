"""What a page weighs on the line: its own words and its stylesheet; files that are kept a year."""

import re

import brotli
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from mobilizer.core.assets import KEPT_FOR_GOOD
from mobilizer.publication.rules.pages import KEPT
from tests.publication.visitors import Visitor
from tests.support.world import World

#: The same on every database: one is enough.
pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)

MOST = 30 * 1024
FILES = re.compile(r'(?:href|src|srcset)="(/static/[^" ]+)')
NAMED = re.compile(r"/static/v-[0-9a-f]{12}/")
SMALL = {"Accept-Encoding": "br, gzip"}


@pytest.fixture
def pages(app: Flask, world: World) -> dict[str, TestResponse]:
    """Each kept page, as a browser gets it."""
    addresses, visitor = app.url_map.bind("localhost"), Visitor(app)
    asked = [addresses.build(view, world.values(view)) for view in sorted(KEPT)]
    found = {address: visitor.get(address, headers=SMALL) for address in asked}
    return {address: page for address, page in found.items() if page.mimetype == "text/html"}


def text(page: TestResponse) -> str:
    return brotli.decompress(page.data).decode()


def test_a_page_and_its_stylesheet_come_in_thirty_kilobytes(
    app: Flask, pages: dict[str, TestResponse]
) -> None:
    assert len(pages) > 12
    for address, page in pages.items():
        sheets = [one for one in FILES.findall(text(page)) if one.endswith(".css")]
        assert len(sheets) == 1
        sheet = Visitor(app).get(sheets[0], headers=SMALL)
        assert page.content_encoding == sheet.content_encoding == "br"
        assert len(page.data) + len(sheet.data) <= MOST, address


def test_a_page_that_no_memory_keeps_is_as_light(app: Flask, world: World) -> None:
    visitor, address = Visitor(app), "/en/data"
    page, plain = visitor.get(address, headers=SMALL), visitor.get(address)

    assert "scorecards.data" not in KEPT
    assert text(page) == plain.text
    for answer in (page, plain):
        assert answer.headers["Vary"] == "Accept-Encoding"
    (sheet,) = [one for one in FILES.findall(plain.text) if one.endswith(".css")]
    assert len(page.data) + len(visitor.get(sheet, headers=SMALL).data) <= MOST


def test_every_file_of_a_page_has_its_hash_in_its_name_and_is_kept_a_year(
    app: Flask, pages: dict[str, TestResponse]
) -> None:
    files = {one for page in pages.values() for one in FILES.findall(text(page))}
    assert len(files) > 1
    for address in files:
        answer = Visitor(app).get(address, headers=SMALL)
        assert answer.status_code == 200
        assert NAMED.match(address), address
        assert answer.headers["Cache-Control"] == KEPT_FOR_GOOD
        if len(answer.data) > 300 and answer.mimetype != "image/png":
            assert answer.content_encoding == "br", address


def test_a_file_under_an_old_hash_is_kept_by_nobody(app: Flask) -> None:
    for address in ("/static/v-0123456789ab/mobilizer.css", "/static/mobilizer.css"):
        answer = Visitor(app).get(address)
        assert answer.status_code == 200
        assert "immutable" not in answer.headers["Cache-Control"]
