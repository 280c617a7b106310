"""Publishing and reading at the same moment: nobody reads what was, once something is published."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Event
from time import monotonic, sleep
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from mobilizer.core import clock
from mobilizer.core.database import db, writing
from mobilizer.core.sessions import COOKIE
from mobilizer.cycles.models import Cycle
from mobilizer.publication import tasks
from mobilizer.publication.queries import State
from mobilizer.publication.tasks import Watch
from mobilizer.publication.views import Front
from mobilizer.publication.views import front as views
from tests.builders import Builders
from tests.support.applications import application
from tests.support.databases import Store
from tests.support.page import apart

NAME = re.compile(rb"Name (\d+) of it")
HERS = {"Cookie": f"{COOKIE}=somebody"}


@pytest.fixture(autouse=True)
def cycle(make: Builders) -> Cycle:
    cycle = make.cycle("local", names={"en": "Name 0 of it"})
    db.session.commit()
    return cycle


def read(app: Flask, headers: dict[str, str] | None = None) -> int:
    """The number in the name, as a visitor reads it."""
    client = app.test_client(use_cookies=False)
    page = apart(lambda: client.get("/en/", headers=headers, buffered=True))
    assert page.status_code == 200
    found = NAME.search(page.data)
    assert found
    return int(found[1])


def publish(app: Flask, number: int) -> None:
    def rename() -> None:
        with app.app_context(), writing() as session:
            session.execute(update(Cycle).values(names={"en": f"Name {number} of it"}))

    apart(rename)


@contextmanager
def watching(app: Flask) -> Iterator[None]:
    watch: Watch = app.extensions["front"].watch
    watch.begin()
    try:
        yield
    finally:
        watch.end()


@contextmanager
def held_after_making(front: Front) -> Iterator[tuple[Event, Event]]:
    """Hold up whoever has made a page, until she is let go; the next ones are not held."""
    made, go, inner = Event(), Event(), front.inner

    def held(environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        answer = list(inner(environ, start))
        if not made.is_set():
            made.set()
            assert go.wait(30)
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(front, "inner", held)
        yield made, go


def test_a_page_made_while_something_is_published_is_not_shown_after_it(app: Flask) -> None:
    db.session.rollback()
    with ThreadPoolExecutor(1) as hands, held_after_making(app.extensions["front"]) as (made, go):
        slow = hands.submit(read, app)
        assert made.wait(30)
        publish(app, 1)
        go.set()
        assert slow.result() == 0
        assert read(app) == 1


def test_a_page_that_took_long_does_not_replace_the_new_one(app: Flask) -> None:
    db.session.rollback()
    with ThreadPoolExecutor(1) as hands, held_after_making(app.extensions["front"]) as (made, go):
        slow = hands.submit(read, app)
        assert made.wait(30)
        publish(app, 1)
        assert read(app) == 1
        go.set()
        slow.result()
        assert read(app) == 1


@pytest.mark.parametrize("headers", [None, HERS])
def test_nobody_reads_what_was_before_she_asked(app: Flask, headers: dict[str, str] | None) -> None:
    """Readers and a publisher side by side; each reads at least what was published before."""
    db.session.rollback()
    published = [0]

    def one_after_the_other() -> None:
        for number in range(1, 41):
            publish(app, number)
            published[0] = number

    def again_and_again() -> int:
        reads = 0
        while published[0] < 40:
            least = published[0]
            assert read(app, headers) >= least
            reads += 1
        return reads

    with ThreadPoolExecutor(4) as hands:
        readers = [hands.submit(again_and_again) for _ in range(3)]
        hands.submit(one_after_the_other).result()
        assert sum(one.result() for one in readers) > 3
    assert read(app) == 40


def test_she_who_works_here_sees_her_own_at_once_while_a_thread_watches(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "PAUSE", 60)
    db.session.rollback()
    with watching(app):
        assert read(app) == 0
        publish(app, 1)
        assert read(app) == 0
        assert read(app, HERS) == 1
        assert read(app) == 1


def test_a_new_day_shows_at_once_while_a_thread_watches(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """She does not wait for the thread's next question."""
    monkeypatch.setattr(tasks, "PAUSE", 60)
    monkeypatch.setattr(tasks, "PATIENCE", 1e-9)
    monkeypatch.setattr(views, "MOST_PATIENT", 1e-9)
    client = app.test_client(use_cookies=False)
    db.session.rollback()
    with clock.at(datetime(2026, 11, 29, 12, tzinfo=UTC)), watching(app):
        for day in (29, 30):
            with clock.at(datetime(2026, 11, day, 12, tzinfo=UTC)):
                page = apart(lambda: client.get("/en/", buffered=True))
                assert f"{day} November 2026" in page.text


def test_nobody_waits_long_for_a_machine_that_is_slow(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As long as making a page takes at present, twice, the old one is shown; never for good."""
    front: Front = app.extensions["front"]
    monkeypatch.setattr(tasks, "PAUSE", 60)
    monkeypatch.setattr(tasks, "PATIENCE", 1e-9)
    monkeypatch.setattr(views, "MOST_PATIENT", 600.0)
    db.session.rollback()
    with watching(app):
        assert read(app) == 0
        publish(app, 1)
        front.watch.ask()
        monkeypatch.setattr(front, "_took", 300.0)
        assert read(app) == 0
        monkeypatch.setattr(views, "MOST_PATIENT", 1e-9)
        assert read(app) == 1


def test_what_another_process_publishes_is_shown(app: Flask, store: Store) -> None:
    db.session.rollback()
    other = application(store.url)
    try:
        assert read(app) == read(other) == 0
        for number in range(1, 4):
            publish(other, number)
            assert read(app) == number
            publish(app, -number + 10)
            assert read(other) == -number + 10
    finally:
        with other.app_context():
            db.engine.dispose()


def test_however_many_ask_the_database_is_asked_by_one(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cookie that anybody can make up does not take the connections of those who work here."""
    front: Front = app.extensions["front"]
    watch, told = front.watch, State(1, None, frozenset({"UTC"}))
    begun, go = Event(), Event()
    asked: list[int] = []
    came: list[float] = []

    def noted() -> float:
        came.append(now := monotonic())
        return now

    def slow(*_: Any) -> State:
        asked.append(1)
        begun.set()
        assert go.wait(30)
        return told

    monkeypatch.setattr(tasks, "monotonic", noted)
    monkeypatch.setattr(tasks, "state", slow)
    with ThreadPoolExecutor(9) as hands:
        first = hands.submit(watch.ask)
        assert begun.wait(30)
        others = [hands.submit(watch.ask) for _ in range(8)]
        while len(came) < 10:  # The first came and began; each of the others came.
            sleep(0.001)
        go.set()
        assert {first.result(), *(one.result() for one in others)} == {first.result()}
    assert len(asked) == 2
    watch.forget()


def test_who_asks_for_pages_without_end_does_not_hold_up_the_news(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that is known is made anew by others than those whom strangers keep busy."""

    def busy(_: object, start: Callable[..., Any]) -> list[bytes]:
        start("503 SERVICE UNAVAILABLE", [])
        return []

    db.session.rollback()
    assert read(app) == 0
    monkeypatch.setattr(app.extensions["front"], "inner", busy)
    publish(app, 1)
    assert read(app) == 1
