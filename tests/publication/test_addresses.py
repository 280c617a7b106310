"""Addresses and names of hosts against what is kept: nothing is mixed, and nothing fills up."""

import pytest
from flask import Flask

from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.publication.rules.packing import FRESH
from mobilizer.publication.views import Front
from tests.builders import Builders
from tests.publication.visitors import Calls, Visitor


def test_what_is_added_to_a_link_changes_nothing(visitor: Visitor, calls: Calls) -> None:
    plain = visitor.get("/en/").data
    for more in (
        "?x=1",
        "?lang=mk",
        "?page=1&page=2",
        "?page=1000000000",
        "?PAGE=2",
        "?" + "&".join("abcdefgh") * 9,
    ):
        assert visitor.get(f"/en/{more}").data == plain
    assert len(calls.environs) == 1


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/en/promises/0001", 404),
        ("/en/promises/%D9%A1", 404),
        ("/%2fen/promises/1", 308),
        ("/static/v-planted/icons/favicon.svg", 200),
        ("/static/v-planted/mobilizer.css", 200),
    ],
)
def test_what_is_written_otherwise_takes_no_room(
    app: Flask, make: Builders, titled: Cycle, visitor: Visitor, address: str, status: int
) -> None:
    """There is no end to such addresses."""
    assert make.promise(cycle=titled).number == 1
    db.session.commit()
    assert visitor.get(address).status_code == status
    assert app.extensions["front"].shelves.size == 0


@pytest.mark.parametrize(
    "address",
    [
        *("/en/data", "/en/promises/1?x=%FF", "/en/promises/?q=%FF"),
        *("/en/feed.atom?x=%FF", "/sitemap.xml?x=%FF", "/api/v1/scores?x=%FF"),
    ],
)
def test_what_takes_no_room_is_not_kept_longer_by_others(
    make: Builders, titled: Cycle, visitor: Visitor, address: str
) -> None:
    """What was corrected would go on being read where nobody asks anew."""
    make.promise(cycle=titled)
    db.session.commit()
    answer = visitor.get(address)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, FRESH)


def test_pages_without_number_push_out_no_page_of_its_own_address(
    app: Flask, visitor: Visitor, calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelves = app.extensions["front"].shelves
    monkeypatch.setattr(shelves._asked, "limit", 100_000)
    visitor.get("/en/")
    for number in range(20):
        visitor.get(f"/en/promises/?page={10**number}")
    assert shelves._asked.size <= 100_000
    asked = len(calls.environs)
    visitor.get("/en/")
    assert len(calls.environs) == asked


@pytest.mark.parametrize(
    "host", ["planted.example", "localhost.planted.example", "planted.example:80", "a b", "", "@"]
)
def test_under_a_name_that_is_not_ours_nothing_is_answered_or_kept(
    app: Flask, visitor: Visitor, host: str
) -> None:
    visitor.get("/en/")
    for _ in range(2):
        answer = visitor.get("/en/", headers={"Host": host}, environ_overrides={"HTTP_HOST": host})
        assert answer.status_code == 400
        assert b"planted" not in answer.data
    assert b"planted" not in visitor.get("/en/").data


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1"])
def test_by_whichever_of_our_names_it_is_one_page(visitor: Visitor, host: str) -> None:
    site = visitor.get("/sq/corrections.atom").data
    assert visitor.get("/sq/corrections.atom", headers={"Host": host}).data == site


@pytest.mark.parametrize(
    "address",
    [
        "//en/",
        "/en//",
        "/EN/",
        "/en/;x",
        "/en/.",
        "/en/%2e%2e/mk/",
        "/en/promises/%D9%A1",
        "/en/promises/1;x=1",
        "/en/topics/?cycle=local&cycle=planted",
        "/en/promises/?q=" + "a" * 10_000,
        "/en/promises/?q=%00",
        "/en/promises/?q=%FF",
        "/en/?x=%00",
        "/en/promises/?page=1000000000",
        "/en%2f",
        "/%2fen/",
        "/en/promises/?page=%D9%A2",
        "/en/promises/?q=<script>planted</script>",
        "/%65n/",
        "/en/\x01",
        "/ен/",
    ],
)
def test_odd_addresses_break_nothing_and_mix_nothing(
    app: Flask, visitor: Visitor, address: str
) -> None:
    """What comes from memory is what the framework would have said itself."""
    front: Front = app.extensions["front"]
    before = {one: visitor.get(one).data for one in ("/en/", "/en/topics/", "/en/promises/")}
    answers = [visitor.get(address) for _ in range(2)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app, "wsgi_app", front.inner)
        alone = visitor.get(address)

    assert [one.status_code for one in answers] == [alone.status_code] * 2
    assert [one.data for one in answers] == [alone.data] * 2
    assert {one: visitor.get(one).data for one in before} == before
