"""The worker's loop, on both databases: whatever happens to one job, the others are done."""

import logging
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier, Lock

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.jobs import actions, tasks
from mobilizer.jobs.models import Job
from mobilizer.jobs.rules import LEASE, Hopeless, JobState
from mobilizer.jobs.tasks import Worker

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


class Letters:
    """A handler that writes down what it was given, and fails where it is told to."""

    def __init__(self):
        self.done = []
        self.faults = {}

    def __call__(self, leased):
        self.done.append(leased.key)
        if fault := self.faults.get(leased.key):
            raise fault


@pytest.fixture
def letters(app):
    with clock.at(NOON):
        yield Letters()


def enqueue(*keys, kind="letter"):
    for key in keys:
        actions.enqueue(kind, key, {})
    db.session.commit()


def states():
    db.session.expire_all()
    return {job.key: (job.state, job.fault) for job in db.session.scalars(select(Job))}


def test_all_that_is_due_is_done_once(letters):
    enqueue("a", "b", "c")

    assert Worker({"letter": letters}).drain() == 3
    assert Worker({"letter": letters}).drain() == 0
    assert letters.done == ["a", "b", "c"]
    assert {state for state, _ in states().values()} == {JobState.DONE}


def test_one_that_fails_stops_no_other_and_is_tried_again(letters):
    enqueue("a", "b")
    letters.faults["a"] = TimeoutError("mira@promises.example did not answer")
    worker = Worker({"letter": letters})

    worker.drain()
    assert states() == {"a": (JobState.WAITING, "TimeoutError"), "b": (JobState.DONE, "")}
    letters.faults.clear()
    with clock.at(NOON + timedelta(minutes=1)):
        worker.drain()

    assert letters.done == ["a", "b", "a"]
    assert states()["a"] == (JobState.DONE, "")


def test_what_is_hopeless_is_given_up_under_the_name_of_its_cause(letters):
    fault = Hopeless()
    fault.__cause__ = PermissionError("mira@promises.example")
    letters.faults["a"] = fault
    enqueue("a")

    Worker({"letter": letters}).drain()

    assert states() == {"a": (JobState.GIVEN_UP, "PermissionError")}


def test_a_kind_that_this_worker_does_not_know_waits_for_one_that_does(letters):
    enqueue("a", kind="newer")

    Worker({"letter": letters}).drain()

    assert states() == {"a": (JobState.WAITING, "UnknownKind")}


def test_what_a_failed_job_wrote_is_undone(letters):
    def write_and_fail(leased):
        actions.enqueue("letter", "written", {})
        db.session.flush()
        raise ValueError

    enqueue("a", kind="writes")
    Worker({"writes": write_and_fail, "letter": letters}).drain()

    assert set(states()) == {"a"}


def test_what_was_written_under_a_lost_lease_is_undone(letters):
    def dawdle(leased):
        db.session.rollback()
        with clock.at(NOON + LEASE):
            actions.lease()
            db.session.commit()
        actions.enqueue("letter", "written", {})

    enqueue("a", kind="slow")
    Worker({"slow": dawdle}).drain()

    assert states() == {"a": (JobState.WAITING, "")}


def test_the_log_tells_the_kind_of_a_failure_and_never_its_text(letters, caplog):
    caplog.set_level(logging.DEBUG)
    letters.faults["a"] = TimeoutError("mira@promises.example did not answer")
    enqueue("a")

    Worker({"letter": letters}).drain()

    assert "TimeoutError" in caplog.text
    assert "mira@" not in caplog.text
    assert "mira@" not in repr(states())


def test_told_to_stop_it_ends_after_the_job_at_hand(letters):
    worker = Worker({"letter": lambda leased: (letters(leased), worker.stop())})
    enqueue("a", "b")

    worker.run()

    assert letters.done == ["a"]
    assert states()["a"] == (JobState.DONE, "")
    assert states()["b"] == (JobState.WAITING, "")


def test_the_jobs_of_a_day_are_written_down_at_the_start_and_once_an_hour(letters):
    told = []

    def begin():
        told.append(clock.now())
        enqueue(f"day {len(told)}")

    worker = Worker({"letter": letters}, [begin])
    looks = iter([True, True, True, False])
    worker.stopped.wait = lambda _: None
    worker.run(lambda: next(looks))

    assert told == [NOON]
    assert letters.done == ["day 1"]


@pytest.mark.parametrize("step", ["daily", "often", "is_any_due"])
@pytest.mark.parametrize(
    "fault", [OperationalError("SELECT", {}, Exception("gone")), ValueError("a name")]
)
def test_a_round_that_fails_ends_no_worker(letters, monkeypatch, caplog, step, fault):
    """Such as while the database is away; the desk may work in the same process."""
    faults, asked = iter([fault]), tasks.is_any_due

    def away():
        for one in faults:
            raise one
        return asked()

    if step == "is_any_due":
        monkeypatch.setattr(tasks, step, away)
    worker = Worker({"letter": letters}, **({} if step == "is_any_due" else {step: [away]}))
    rests = []
    worker.stopped.wait = rests.append
    looks = iter([True, True, False])
    enqueue("a")
    worker.run(lambda: next(looks))

    assert letters.done == ["a"]
    assert rests == [tasks.LONG_PAUSE, tasks.PAUSE]
    assert type(fault).__name__ in caplog.text
    assert "a name" not in caplog.text


# --- several at once


def at_once(app, number, step):
    start = Barrier(number)

    def run(which):
        with app.app_context(), clock.at(NOON):
            start.wait(timeout=60)
            try:
                return step(which)
            finally:
                db.session.remove()

    with ThreadPoolExecutor(number) as threads:
        return list(threads.map(run, range(number)))


def test_two_workers_at_once_do_each_job_once(app, letters):
    enqueue(*(f"job {number}" for number in range(120)))
    done, lock = Counter(), Lock()

    def handle(leased):
        with lock:
            done[leased.key] += 1

    counts = at_once(app, 2, lambda _: Worker({"letter": handle}).drain())

    while Worker({"letter": handle}).drain():
        pass
    assert set(done.values()) == {1}
    assert len(done) == 120
    assert sum(counts) <= 120
    assert {state for state, _ in states().values()} == {JobState.DONE}


def test_the_same_cause_told_by_many_at_once_makes_one_job(app, letters):
    for round_ in range(5):
        at_once(app, 4, lambda _, key=f"cause {round_}": enqueue(key))

    assert len(states()) == 5
