"""The table of jobs, on both databases: written with the cause, leased, fenced, ended once."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.jobs import actions
from mobilizer.jobs.models import Job
from mobilizer.jobs.queries import is_any_due
from mobilizer.jobs.rules import KEPT, LEASE, MOST_TRIES, JobState, LeaseLost

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon(app):
    with clock.at(NOON):
        yield


def enqueue(key="a cause", **given):
    actions.enqueue("letter", key, {"person": 1}, **given)
    db.session.commit()


def lease(at=NOON):
    with clock.at(at):
        leased = actions.lease()
        db.session.commit()
    return leased


def job():
    db.session.expire_all()
    return db.session.scalars(select(Job)).one()


def test_the_same_cause_told_twice_makes_one_job():
    enqueue()
    enqueue(due_at=NOON + timedelta(days=1))

    assert (job().key, job().due_at) == ("a cause", NOON)


def test_a_job_whose_cause_was_undone_is_not_there():
    actions.enqueue("letter", "a cause", {})
    db.session.rollback()

    assert db.session.scalar(select(func.count(Job.id))) == 0


def test_a_job_is_leased_once():
    enqueue()

    assert lease().payload == {"person": 1}
    assert lease() is None
    assert not is_any_due()


def test_nothing_is_leased_before_it_is_due():
    enqueue(due_at=NOON + timedelta(seconds=1))

    assert lease() is None
    assert lease(NOON + timedelta(seconds=1)) is not None


def test_the_longest_due_comes_first():
    for key, hours in (("second", 2), ("first", 3), ("third", 1)):
        enqueue(key, due_at=NOON - timedelta(hours=hours))

    assert [lease().key for _ in range(3)] == ["first", "second", "third"]


def test_a_job_whose_worker_died_is_taken_up_when_its_lease_is_over():
    enqueue()
    died = lease()

    assert lease(NOON + LEASE - timedelta(seconds=1)) is None
    taken = lease(NOON + LEASE)

    assert (taken.id, taken.tries) == (died.id, 2)
    assert taken.lease != died.lease


def test_who_lost_the_lease_can_end_nothing():
    enqueue()
    late = lease()
    taken = lease(NOON + LEASE)

    for end in (actions.done, lambda one: actions.failed(one, "Fault", chance=0)):
        with pytest.raises(LeaseLost):
            end(late)
        db.session.rollback()
    actions.done(taken)
    db.session.commit()

    assert (job().state, job().ended_at, job().lease) == (JobState.DONE, NOON, None)
    with pytest.raises(LeaseLost):
        actions.done(taken)


def test_what_failed_is_tried_again_after_its_wait():
    enqueue()
    actions.failed(lease(), "TimeoutError", chance=0)
    db.session.commit()

    assert (job().fault, job().state) == ("TimeoutError", JobState.WAITING)
    assert lease(NOON + timedelta(seconds=29)) is None
    assert lease(NOON + timedelta(seconds=30)) is not None


def test_after_ten_tries_it_is_given_up():
    enqueue()
    moment, begun = NOON, 0
    while (leased := lease(moment)) is not None:
        begun += 1
        with clock.at(moment):
            actions.failed(leased, "TimeoutError", chance=1)
            db.session.commit()
        moment += timedelta(hours=2)

    assert (begun, job().state) == (MOST_TRIES, JobState.GIVEN_UP)
    assert (job().fault, job().ended_at is None) == ("TimeoutError", False)


def test_a_job_that_kills_every_worker_is_given_up_too():
    enqueue()
    enqueue("another")
    for number in range(MOST_TRIES):
        assert lease(NOON + LEASE * number).key == "a cause"
        assert lease(NOON + LEASE * number).key == "another"
        db.session.scalars(select(Job).where(Job.key == "another")).one().tries = 0
        db.session.commit()

    assert lease(NOON + LEASE * MOST_TRIES).key == "another"
    given_up = db.session.scalars(select(Job).where(Job.state == JobState.GIVEN_UP)).one()
    assert (given_up.key, given_up.fault) == ("a cause", actions.DIED)


def test_what_is_hopeless_is_given_up_at_once():
    enqueue()
    actions.failed(lease(), "Refused", chance=0, is_hopeless=True)
    db.session.commit()

    assert job().state is JobState.GIVEN_UP


def test_what_was_done_long_ago_is_swept_and_what_was_given_up_stays():
    for key, end in (("done", actions.done), ("given up", None), ("waiting", None)):
        enqueue(key)
        leased = lease()
        if end:
            end(leased)
        elif key == "given up":
            actions.failed(leased, "Refused", chance=0, is_hopeless=True)
    db.session.commit()

    assert not actions.sweep()
    assert db.session.scalar(select(func.count(Job.id))) == 3
    with clock.at(NOON + KEPT + timedelta(seconds=1)):
        assert not actions.sweep()
    assert set(db.session.scalars(select(Job.key))) == {"given up", "waiting"}
