"""Workers that are killed in the middle, by a real ``kill -9``.

Nothing is lost, and nothing is doubled but what SMTP itself cannot tell: a letter that was taken,
whose answer nobody was there any more to write down.
"""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from flask import Flask
from sqlalchemy import func, insert, select, update

from mobilizer.core import clock
from mobilizer.core.database import db, new_uid
from mobilizer.cycles.rules import month_after
from mobilizer.jobs.actions import enqueue
from mobilizer.jobs.models import Job
from mobilizer.jobs.rules import JobState
from mobilizer.monitoring.models import Entry, Revision
from mobilizer.monitoring.rules.workflow import EntryState, RevisionKind
from mobilizer.review.models import Decision
from mobilizer.review.rules import DECIDED, Verdict
from mobilizer.scoring.rules import Rating
from tests.support.mail import MailServer

KILLS = 20
#: How many letters on each kind of database, each caused by a job of its own: 1,000 jobs on
#: SQLite. MOBILIZER_LETTERS= says another number.
LETTERS = {"sqlite": 500, "postgresql": 200}
#: When a worker is killed: while a letter of its is acknowledged, somewhere after some letters,
#: or while it still writes down what is to be sent.
MOMENTS = ("before the answer", "after some", "early")
PROGRAM = Path(sys.executable).with_name("mobilizer")


@pytest.fixture
def server() -> Iterator[MailServer]:
    server = MailServer()
    yield server
    server.stop()


def test_twenty_kills_lose_nothing_and_double_only_what_was_cut_off(app, make, server):
    number = int(os.environ.get("MOBILIZER_LETTERS") or LETTERS[db.engine.dialect.name])
    decisions = decided(make, number)
    db.session.commit()
    luck, per_round = Random(7), number // KILLS
    ended_at = []

    with nursery(app, server) as begin:
        for kill in range(KILLS):
            enqueue_all(decisions[kill * per_round : (kill + 1) * per_round])
            worker = begin()
            wanted = len(server.letters) + luck.randrange(1, per_round)
            moment = luck.choice(MOMENTS)
            if moment == "before the answer":
                server.before_answer = lambda _, at=wanted, pid=worker.pid: (
                    os.kill(pid, signal.SIGKILL) if len(server.letters) == at else None
                )
            server.wait_until(
                lambda at=wanted: len(server.letters) >= at,
                luck.uniform(0, 0.5) if moment == "early" else 60,
            )
            worker.kill()
            server.before_answer = lambda _: None
            assert server.wait_until(lambda: server.open == 0, 30)
            ended_at.append(len(server.letters))
            let_leases_end()
    last = [PROGRAM, "worker", "--once"]
    subprocess.run(last, env=environment(app, server), timeout=600, check=True)

    names = [str(letter["Message-ID"]) for letter in server.letters]
    lost = number - len(set(names))
    doubled = [at for at, name in enumerate(names) if name in names[at + 1 :]]
    print(f"{number} letters, {KILLS} kills: {lost} lost, {len(doubled)} came twice")
    assert lost == 0
    assert all(at + 1 in ended_at for at in doubled), "doubled without being cut off"
    assert unfinished() == Counter()


def decided(make, number: int) -> list[int]:
    """So many decisions on as many reports of one person; none of them is told of yet."""
    mira = make.mobilizer("Polog", email="mira@promises.example")
    assignment = make.assignment(mira)
    now = clock.now()
    entries = [new_uid() for _ in range(number)]
    first = assignment.first_month
    db.session.execute(
        insert(Entry),
        [
            {
                "id": uid,
                "assignment_id": assignment.id,
                "month": month_after(first, at),
                "state": EntryState.RETURNED,
                "newest": 1,
                "is_quarantined": False,
                "created_at": now,
            }
            for at, uid in enumerate(entries)
        ],
    )
    shared = {
        "number": 1,
        "kind": RevisionKind.FULL,
        "rating": Rating.IN_PROGRESS,
        "answers": {},
        "contradiction_reason": "",
        "matrix_version": "1",
        "sha256": "0" * 64,
        "author_id": mira.id,
        "received_at": now,
    }
    db.session.execute(insert(Revision), [{"entry_id": uid, **shared} for uid in entries])
    by = {"sha256": "0" * 64, "verdict": Verdict.RETURN, "reason": "", "decided_at": now}
    db.session.execute(
        insert(Decision),
        [
            {"revision_id": revision, "by_id": assignment.mentor_id, **by}
            for revision in db.session.scalars(select(Revision.id))
        ],
    )
    return list(db.session.scalars(select(Decision.id).order_by(Decision.id)))


def enqueue_all(decisions: list[int]) -> None:
    for decision in decisions:
        enqueue(DECIDED, f"{DECIDED}:{decision}", {"decision": decision})
    db.session.commit()


def let_leases_end() -> None:
    """As if the two minutes had passed for which a dead worker's job is its own."""
    now = clock.now()
    past = {"leased_until": now - timedelta(seconds=1), "due_at": now - timedelta(seconds=1)}
    db.session.execute(
        update(Job).where(Job.state == JobState.WAITING).values(due_at=past["due_at"])
    )
    db.session.execute(update(Job).where(Job.leased_until.is_not(None)).values(**past))
    db.session.commit()


def unfinished() -> Counter[tuple[str, str]]:
    rows = db.session.execute(
        select(Job.state, Job.fault, func.count())
        .where(Job.state != JobState.DONE, Job.kind != "reminder.day")
        .group_by(Job.state, Job.fault)
    )
    return Counter({(state.value, fault): count for state, fault, count in rows})


def environment(app: Flask, server: MailServer) -> dict[str, str]:
    config = app.config
    return {
        **os.environ,
        "DATABASE_URL": config["SQLALCHEMY_DATABASE_URI"],
        "SECRET_KEY": config["SECRET_KEY"],
        "SITE_URL": config["SITE_URL"],
        "VAPID_KEY": config["VAPID_KEY"],
        "MAIL_URL": server.url,
    }


class Child:
    """A worker in a process of its own, to be killed."""

    def __init__(self, nursery: subprocess.Popen[str]) -> None:
        self.nursery = nursery
        nursery.stdin.write("begin\n")
        nursery.stdin.flush()
        self.pid = int(nursery.stdout.readline())

    def kill(self) -> None:
        """End it as a power cut would; return when it is gone."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        assert self.nursery.stdout.readline() == "ended\n"


@contextmanager
def nursery(app: Flask, server: MailServer):
    command = [sys.executable, "-m", "tests.jobs.nursery"]
    with subprocess.Popen(
        command,
        cwd=app.config["ROOT"],
        env=environment(app, server),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield lambda: Child(process)
        process.stdin.close()
