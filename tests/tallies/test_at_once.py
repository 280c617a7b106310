"""Tallies are kept, checked and counted anew while others publish."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from threading import Event
from time import sleep
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select, text

from mobilizer.audit.actions import SEAL_LOCK
from mobilizer.core.database import db, locked
from mobilizer.findings.actions import Verdict, publish
from mobilizer.promises.models import Promise
from mobilizer.scoring.rules import Rating
from mobilizer.search.actions import SETS_LOCK
from mobilizer.tallies import cli
from mobilizer.tallies.actions import TALLY_LOCK
from mobilizer.tallies.queries import checking
from mobilizer.tallies.queries.checking import faults
from tests.builders import Builders
from tests.support.queries import Queries

ONLY_POSTGRESQL = pytest.mark.parametrize("app", ["postgresql"], indirect=True)
#: How long anything is waited for, in seconds; a wait costs only as long as it lasts.
PATIENCE = 60


def find(promise_id: int, rating: Rating) -> None:
    """Publish a finding, as its own transaction."""
    promise = db.session.get_one(Promise, promise_id)
    publish(Verdict(promise, promise.places[0], rating, {"kind": "full"}), by=None)
    db.session.commit()


def run(app: Flask, verb: str) -> str:
    """What a command of the tallies says."""
    done = app.test_cli_runner().invoke(cli.command, [verb])
    return f"{done.output}{done.exception or ''}"


def apart(app: Flask, call: Callable[[], Any]) -> Any:
    """Call as another process would, with a session of its own."""

    def called() -> Any:
        with app.app_context():
            return call()

    return Context().run(called)


@pytest.fixture
def promise(make: Builders) -> int:
    promise = make.promise(cycle=make.cycle("spring"))
    make.finding(promise, Rating.STALLED)
    db.session.commit()
    key = promise.id
    db.session.remove()
    return key


@ONLY_POSTGRESQL
def test_a_publication_takes_its_turns_in_the_order_in_which_everybody_does(
    app: Flask, promise: int
) -> None:
    """Two that took them in different orders could wait for each other."""
    asked: list[object] = []

    def note(*called: Any) -> None:
        statement, values = called[2:4]
        if "advisory_xact_lock" in statement:
            asked.append(values["lock"])
        elif statement.startswith("INSERT INTO publication"):
            asked.append("the number")

    event.listen(db.engine, "before_cursor_execute", note)
    found = db.session.get_one(Promise, promise)
    content = {"kind": "full", "language": "en", "reason": "It stands there."}
    publish(Verdict(found, found.places[0], Rating.KEPT, content), by=None)
    asked.clear()
    db.session.commit()
    event.remove(db.engine, "before_cursor_execute", note)
    assert asked == [TALLY_LOCK, SETS_LOCK, SEAL_LOCK, "the number"]


@ONLY_POSTGRESQL
def test_counting_anew_and_changing_a_promise_wait_for_one_of_the_two(
    app: Flask, promise: int
) -> None:
    held = Event()

    def change() -> None:
        db.session.scalars(locked(select(Promise).where(Promise.id == promise))).one()
        held.set()
        while not somebody_waits():
            sleep(0.05)
        find(promise, Rating.KEPT)

    with ThreadPoolExecutor(2) as both:
        changed = both.submit(apart, app, change)
        assert held.wait(PATIENCE)
        rebuilt = both.submit(apart, app, lambda: run(app, "rebuild"))
        changed.result(PATIENCE)
        assert rebuilt.result(PATIENCE) == "spring: 1 promises\n"
    assert list(faults(db.session(), 1)) == []


def somebody_waits() -> bool:
    """Whether anybody waits for a lock."""
    with db.engine.connect() as connection:
        waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(connection.scalar(waiting))


def test_what_is_published_during_a_check_is_no_fault(
    app: Flask, promise: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    tails, published = checking.tails, Event()

    def meanwhile(*asked: Any) -> Any:
        if not published.is_set():
            published.set()
            apart(app, lambda: find(promise, Rating.KEPT))
        return tails(*asked)

    monkeypatch.setattr(checking, "tails", meanwhile)
    assert apart(app, lambda: run(app, "check")) == "All is as it was counted.\n"
    assert published.is_set()


def test_a_finding_that_was_put_back_is_not_taken_for_another_of_its_number(
    app: Flask, promise: int
) -> None:
    """Else what that one adds would be counted twice, as what has just come in."""
    why = {"kind": "full", "answers": {"stagnation": ["no_money"]}}

    def find_stalled() -> None:
        found = db.session.get_one(Promise, promise)
        publish(Verdict(found, found.places[0], Rating.STALLED, why), by=None)
        db.session.flush()

    find_stalled()
    db.session.rollback()
    apart(app, lambda: (find_stalled(), db.session.commit()))
    find(promise, Rating.KEPT)
    assert list(faults(db.session(), db.session.get_one(Promise, promise).cycle_id)) == []


def test_the_end_of_a_savepoint_keeps_no_tallies_yet(app: Flask, promise: int) -> None:
    """Whoever keeps them asks for no other row afterwards: two could wait for each other."""
    found = db.session.get_one(Promise, promise)
    with Queries(app).counted() as sent:
        with db.session.begin_nested():
            publish(Verdict(found, found.places[0], Rating.KEPT, {"kind": "full"}), by=None)
        assert not [one for one in sent if "standing" in one]
        db.session.commit()
    assert [one for one in sent if "standing" in one]
