"""What is kept depends on nothing that nobody told: a new page, table or parameter is named here.

Each public view stands in one of the two tables of ``publication.rules.pages``. Of those that are
kept, all that they read is looked at while they are asked for.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask, Request
from sqlalchemy import event
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import HTTPException

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.policy import PUBLIC, declared
from mobilizer.publication.rules.pages import KEPT, NOT_KEPT
from mobilizer.publication.rules.shown import FOLLOWS, SHOWN
from tests.support.page import apart
from tests.support.world import NOVEMBER, World

READS = re.compile(r"\b(?:FROM|JOIN)\s+(?:\w+\.)?[\"`]?(\w+)", re.IGNORECASE)
NAMES_A_PART = re.compile(r"\bWITH\s+(?:RECURSIVE\s+)?(\w+)|,\s*(\w+)(?:\([^)]*\))?\s+AS\s*\(")


#: The same on every database: one is enough.
pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)
COLLECTIONS = "cycles topics parties regions municipalities promises findings replies".split()
#: More of what a view answers than by the one address of the world.
MORE = [f"/api/v1/{name}" for name in COLLECTIONS] + [
    *(f"/api/v1/scores?by={by}" for by in ("topic", "party", "region", "municipality")),
    *("/api/v1/scores?lang=mk", "/api/v1/scores?as_of=2026-11-01", "/mk/", "/mk/method"),
    "/en/promises/?q=road",
]


@pytest.fixture
def kept_addresses(app: Flask, world: World) -> list[str]:
    """An address of each page that is kept, and of some of them more."""
    addresses = app.url_map.bind("localhost")
    return [*(addresses.build(view, world.values(view)) for view in sorted(KEPT)), *MORE]


def view_of(app: Flask, address: str) -> str | None:
    try:
        return app.url_map.bind("localhost").match(urlsplit(address).path, method="GET")[0]
    except HTTPException:
        return None


def asked(app: Flask, address: str) -> bytes:
    """What the framework answers, with nothing kept from before."""
    app.extensions["front"].forget()
    client = app.test_client(use_cookies=False)
    return bytes(apart(lambda: client.get(address, buffered=True)).data)


def public_views(app: Flask) -> set[str]:
    views = app.view_functions.items()
    return {name for name, view in views if declared(view) == PUBLIC}


def test_each_public_view_says_whether_it_is_kept(app: Flask) -> None:
    """Add the new one to KEPT with the parameters it knows, or to NOT_KEPT with the reason."""
    assert public_views(app) - set(KEPT) - set(NOT_KEPT) == set()
    assert (set(KEPT) | set(NOT_KEPT)) - public_views(app) == set()
    assert set(KEPT).isdisjoint(NOT_KEPT)


def test_each_kept_view_is_looked_at_below(app: Flask, kept_addresses: list[str]) -> None:
    client = app.test_client(use_cookies=False)
    with clock.at(NOVEMBER):
        refused = [one for one in kept_addresses if client.get(one).status_code != 200]
    assert refused == []


def test_whatever_a_kept_page_reads_is_known(app: Flask, kept_addresses: list[str]) -> None:
    """Add the table to SHOWN, or to FOLLOWS with the reason why no change of it can be seen."""
    read: dict[str, set[str]] = defaultdict(set)
    for address in kept_addresses:
        with statements() as said:
            asked(app, address)
        for table in tables("\n".join(said)):
            read[table].add(str(view_of(app, address)))
    unknown = set(read) - SHOWN - set(FOLLOWS) - {"publication"}
    assert {table: read[table] for table in unknown} == {}
    assert {"finding", "promise", "reply", "second_look"} < set(read), "too little was looked at"


def tables(said: str) -> set[str]:
    """The tables that statements read."""
    parts = {name for pair in NAMES_A_PART.findall(said) for name in pair}
    return {name for name in READS.findall(said) if name in db.metadata.tables} - parts


@contextmanager
def statements() -> Iterator[list[str]]:
    said: list[str] = []

    def note(*args: Any) -> None:
        said.append(args[2])

    event.listen(db.engine, "before_cursor_execute", note)
    yield said
    event.remove(db.engine, "before_cursor_execute", note)


class Noting(ImmutableMultiDict[str, str]):
    """Parameters that note which of them is asked for."""

    noted: set[str] = set()

    def __getitem__(self, key: str) -> str:
        self.noted.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self.noted.add(str(key))
        return super().__contains__(key)

    def get(self, key: str, *more: Any, **manners: Any) -> Any:
        self.noted.add(key)
        return super().get(key, *more, **manners)

    def getlist(self, key: str, *more: Any) -> Any:
        self.noted.add(key)
        return super().getlist(key, *more)


class NotingRequest(Request):
    """A request whose parameters note who asks for them."""

    parameter_storage_class = Noting


def test_no_kept_page_asks_for_a_parameter_that_is_not_named(
    app: Flask, kept_addresses: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else it would be answered anew for each visitor. Add the parameter to its line of KEPT."""
    monkeypatch.setattr(app, "request_class", NotingRequest)
    found: dict[str, set[str]] = defaultdict(set)
    for address in kept_addresses:
        Noting.noted = found[str(view_of(app, address))]
        asked(app, address)
    missing = {view: asked - set(KEPT[view]) for view, asked in found.items()}
    assert {view: names for view, names in missing.items() if names} == {}
    needless = {view: set(KEPT[view]) - asked for view, asked in found.items()}
    assert {view: names for view, names in needless.items() if names} == {}


def test_on_one_day_a_kept_page_stays_the_same(app: Flask, kept_addresses: list[str]) -> None:
    """What changes by another moment has to raise the number then: by the worker."""
    first = {address: asked(app, address) for address in kept_addresses}
    with clock.at(NOVEMBER.replace(hour=22, minute=58)):  # One hour before midnight in Skopje.
        then = {address: asked(app, address) for address in kept_addresses}
    assert {address for address in first if first[address] != then[address]} == set()


def test_it_is_seen_that_pages_tell_days(app: Flask, kept_addresses: list[str]) -> None:
    """If no page changed by the day, the test above would see nothing."""
    first = asked(app, "/en/")
    with clock.at(NOVEMBER + timedelta(days=1)):
        assert asked(app, "/en/") != first
