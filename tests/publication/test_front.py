"""What is answered from memory: to everybody the same, and never what it was before."""

import gzip
from datetime import timedelta
from typing import Any

import brotli
import pytest
from flask import Flask

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.sessions import COOKIE
from mobilizer.cycles.models import Cycle
from mobilizer.publication.rules.pages import KEPT
from tests.builders import Builders
from tests.publication.conftest import NOON
from tests.publication.visitors import Calls, Visitor
from tests.support.page import Page


def test_a_page_is_made_once(visitor: Visitor, calls: Calls) -> None:
    first, again = visitor.get("/en/"), visitor.get("/en/?fbclid=x")
    assert first.data == again.data
    assert len(calls.environs) == 1


def test_a_publication_shows_at_once(visitor: Visitor, titled: Cycle) -> None:
    assert b"The old name" in visitor.get("/en/").data
    titled.names = {"en": "The new name"}
    db.session.commit()
    assert b"The new name" in visitor.get("/en/").data


def test_a_new_day_shows_at_once(visitor: Visitor, calls: Calls) -> None:
    visitor.get("/en/")
    with clock.at(NOON + timedelta(hours=10)):
        visitor.get("/en/")
        assert len(calls.environs) == 1
    with clock.at(NOON + timedelta(hours=12)):  # Past midnight in Skopje, and not in UTC.
        assert b"30 November 2026" in visitor.get("/en/").data
    assert len(calls.environs) == 2


def test_who_has_it_is_told_so_without_the_framework(visitor: Visitor, calls: Calls) -> None:
    page = visitor.get("/en/", headers={"Accept-Encoding": "br"})
    asked = {"Accept-Encoding": "br", "If-None-Match": page.headers["ETag"]}
    again = visitor.get("/en/", headers=asked)

    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == page.headers["ETag"]
    assert again.headers["Vary"] == "Accept-Encoding"
    assert len(calls.environs) == 1
    other_coding = visitor.get("/en/", headers={**asked, "Accept-Encoding": "gzip"})
    assert other_coding.status_code == 200


def test_who_asks_by_a_day_alone_gets_the_page(visitor: Visitor, titled: Cycle) -> None:
    """Two publications of one day cannot be told apart by it."""
    since = visitor.get("/en/").headers["Last-Modified"]
    assert since.endswith(" 00:00:00 GMT")
    titled.names = {"en": "The new name"}
    db.session.commit()
    again = visitor.get("/en/", headers={"If-Modified-Since": since})
    assert (again.status_code, b"The new name" in again.data) == (200, True)


def test_a_page_comes_in_each_coding(visitor: Visitor, calls: Calls) -> None:
    plain, small, smallest = (
        visitor.get("/en/", headers={"Accept-Encoding": one}) for one in ("", "gzip", "gzip, br")
    )
    assert gzip.decompress(small.data) == brotli.decompress(smallest.data) == plain.data
    assert len(calls.environs) == 1


def test_a_head_is_a_page_without_its_body(visitor: Visitor, calls: Calls) -> None:
    head, page = visitor.head("/en/"), visitor.get("/en/")
    assert head.data == b""
    assert {**head.headers} == {**page.headers}
    assert len(calls.environs) == 1


def test_a_part_is_not_asked_for(visitor: Visitor) -> None:
    answer = visitor.get("/en/", headers={"Range": "bytes=0-9"})
    assert (answer.status_code, "Content-Range" in answer.headers) == (200, False)


def test_what_is_not_there_is_looked_for_each_time(visitor: Visitor, calls: Calls) -> None:
    for _ in range(2):
        assert visitor.get("/en/promises/4711").status_code == 404
    assert len(calls.environs) == 2


TOLD = {
    "Cookie": f"{COOKIE}=planted; language=mk",
    "Accept-Language": "sq",
    "Authorization": "Basic cGxhbnRlZA==",
    "X-Forwarded-Host": "planted.example",
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Prefix": "/planted",
    "X-Original-URL": "/mk/planted",
    "X-Rewrite-URL": "/mk/planted",
    "X-HTTP-Method-Override": "POST",
    "Forwarded": "host=planted.example",
    "Referer": "http://planted.example/",
    "User-Agent": "planted",
    "Range": "bytes=0-1",
    "Prefer": "planted",
}


@pytest.mark.parametrize("address", ["/en/", "/api/v1/scores", "/sq/corrections.atom"])
def test_nothing_of_a_visitor_is_in_what_another_reads(
    app: Flask, visitor: Visitor, calls: Calls, address: str
) -> None:
    """Whoever comes first with whatever she says, the page is the one that says nothing."""
    plain = visitor.get(address)
    app.extensions["front"].forget()
    planted = visitor.get(address, headers=TOLD)

    assert planted.data == plain.data
    assert {**planted.headers} == {**plain.headers}
    first, second = ({**one, "wsgi.input": 0, "wsgi.errors": 0} for one in calls.environs)
    assert first == second
    assert not [name for name in first if name.startswith("HTTP_") and name != "HTTP_HOST"]


def test_of_what_is_not_there_nothing_is_kept_by_anybody(visitor: Visitor) -> None:
    for address in ("/en/promises/4711", "/planted/", "/en/topics/planted"):
        answer = visitor.get(address)
        assert answer.status_code == 404
        assert answer.headers["Cache-Control"] == "no-store"


def test_what_cannot_be_made_stays_as_it_was(
    app: Flask, visitor: Visitor, titled: Cycle, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = visitor.get("/en/").data
    titled.names = {"en": "The new name"}
    db.session.commit()

    def broken(_: Any, start: Any) -> list[bytes]:
        start("500 INTERNAL SERVER ERROR", [("Content-Type", "text/html")])
        return [b"broken"]

    with monkeypatch.context() as patch:
        for behind in ("inner", "again"):
            patch.setattr(app.extensions["front"], behind, broken)
        assert visitor.get("/en/").data == before
        assert visitor.get("/mk/").status_code == 500
    assert b"The new name" in visitor.get("/en/").data


def test_no_cookie_is_read_set_or_made_anew(make: Builders, page: Page, titled: Cycle) -> None:
    page.sign_in(make.mobilizer(cycle=titled))
    for _ in range(2):
        answer = page.get("/en/")
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers["Vary"]
        assert "Sign in" in answer


@pytest.mark.parametrize("address", ["/account/sign-in", "/account/", "/desk/", "/field/", "/"])
def test_what_needs_a_session_or_a_language_is_never_kept(
    app: Flask, visitor: Visitor, calls: Calls, address: str
) -> None:
    for _ in range(2):
        visitor.get(address)
    assert [one["PATH_INFO"] for one in calls.environs] == [address] * 2
    assert app.extensions["front"].shelves.size == 0


def test_nothing_is_sent_into_memory(visitor: Visitor, calls: Calls) -> None:
    visitor.get("/en/")
    assert visitor.post("/en/").status_code in (404, 409)
    assert visitor.open("/en/", method="OPTIONS").status_code == 200
    assert len(calls.environs) == 3


def test_what_is_not_public_is_asked_for_by_herself_though_a_table_named_it(
    visitor: Visitor, calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slip in the table of pages is not to give her page to others."""
    monkeypatch.setitem(KEPT, "accounts.sign_in", ())
    visitor.get("/account/sign-in", headers={"Cookie": "her=own"})
    assert [one.get("HTTP_COOKIE") for one in calls.environs] == ["her=own"]
