"""Writing jobs down, taking them up and ending them. The caller commits."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from mobilizer.core import clock
from mobilizer.core.database import db, inserting, locked, new_uid
from mobilizer.jobs.models import Job
from mobilizer.jobs.queries import due
from mobilizer.jobs.rules import KEPT, LEASE, MOST_TRIES, JobState, Leased, LeaseLost, wait_after

#: How many rows of old jobs are deleted in one transaction.
SWEPT = 500
#: What is noted of a job whose worker died of it, again and again.
DIED = "WorkerDied"


def enqueue(
    kind: str, key: str, payload: Mapping[str, Any], *, due_at: datetime | None = None
) -> None:
    """Write a job down in the transaction of its cause: both come to be, or neither.

    Args:
        kind: names the handler.
        key: names the cause. Told again, also by two at once, it makes no second job.
        payload: keys of records and plain words; nothing that a person typed.
        due_at: not before; at once if not said.
    """
    now = clock.now()
    row = {
        "kind": kind,
        "key": key,
        "payload": dict(payload),
        "state": JobState.WAITING,
        "tries": 0,
        "due_at": due_at or now,
        "fault": "",
        "created_at": now,
    }
    once = inserting(Job).values(**row).on_conflict_do_nothing(index_elements=["key"])
    db.session.execute(once)


def lease() -> Leased | None:
    """Take the next job that is due into one's hands for ``LEASE``; None if there is none.

    A job that was begun ``MOST_TRIES`` times and never came to an end is given up instead.
    """
    now = clock.now()
    free = locked(due(now).limit(1)).with_for_update(skip_locked=True)
    while (job := db.session.scalars(free).one_or_none()) is not None:
        if job.tries >= MOST_TRIES:
            _give_up(job, DIED)
            continue
        job.tries += 1
        job.lease, job.leased_until = new_uid(), now + LEASE
        return Leased(job.id, job.kind, job.key, job.payload, job.tries, job.lease)
    return None


def done(leased: Leased) -> None:
    """Note that a job was done.

    Raises:
        LeaseLost: another worker has it by now.
    """
    job = _held(leased)
    job.state, job.ended_at = JobState.DONE, clock.now()
    job.lease, job.leased_until, job.fault = None, None, ""


def failed(leased: Leased, fault: str, *, chance: float, is_hopeless: bool = False) -> None:
    """Note that a try failed: it is tried again later, or given up.

    Args:
        leased: the job.
        fault: the kind of failure, never its text.
        chance: as ``rules.wait_after`` takes it.
        is_hopeless: there is no use in trying again.

    Raises:
        LeaseLost: another worker has it by now.
    """
    job = _held(leased)
    wait = None if is_hopeless else wait_after(leased.tries, chance)
    if wait is None:
        _give_up(job, fault)
        return
    job.due_at = clock.now() + wait
    job.lease, job.leased_until, job.fault = None, None, fault[:80]


def call_off() -> None:
    """Let go of everything that still waits."""
    db.session.execute(delete(Job).where(Job.state == JobState.WAITING))


def sweep() -> bool:
    """Delete some of the jobs that were over long ago; whether there may be more of them.

    Those that were given up stay until somebody has looked at them.
    """
    old = (
        select(Job.id)
        .where(Job.state == JobState.DONE, Job.ended_at < clock.now() - KEPT)
        .limit(SWEPT)
    )
    found = db.session.scalars(old).all()
    db.session.execute(delete(Job).where(Job.id.in_(found)))
    return len(found) == SWEPT


def _held(leased: Leased) -> Job:
    mine = select(Job).where(
        Job.id == leased.id, Job.state == JobState.WAITING, Job.lease == leased.lease
    )
    job = db.session.scalars(locked(mine)).one_or_none()
    if job is None:
        raise LeaseLost
    return job


def _give_up(job: Job, fault: str) -> None:
    job.state, job.ended_at, job.fault = JobState.GIVEN_UP, clock.now(), fault[:80]
    job.lease, job.leased_until = None, None
    db.session.flush()
