"""Reports that wait, in bulk: straight into the tables, since only reading is measured."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select

from mobilizer.accounts.models import User
from mobilizer.assignments.models import Assignment
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.sessions import WebSession, hashed
from mobilizer.cycles.rules import Timeliness
from mobilizer.monitoring.models import Entry, Revision
from mobilizer.monitoring.queries import newest_of
from mobilizer.monitoring.rules.workflow import EntryState, RevisionKind
from tests.builders import Builders

BEGAN = datetime(2020, 1, 1, tzinfo=UTC)
#: A promise in a place is reported on in so many months.
MONTHS = 100
REGIONS = ("Polog", "Skopje", "Pelagonia", "Vardar")
#: Every fourth says that nothing has changed.
KINDS = (RevisionKind.FULL, RevisionKind.FULL, RevisionKind.NOT_FOUND_OUT, RevisionKind.NO_CHANGE)


def ground() -> None:
    """The people, a report to go by in each region, sessions whose cookies name who reviews."""
    make = Builders()
    cycle = make.cycle("queue", first_month="2020-01", last_month="2029-12")
    mentors = [make.mentor(region, cycle=cycle) for region in REGIONS]
    for region, mentor in zip(REGIONS, mentors, strict=True):
        mobilizer = make.mobilizer(region, cycle=cycle, mentor=mentor)
        make.report(make.assignment(mobilizer, cycle=cycle, mentor=mentor), month="2029-12")
    reviewers = {"mentor": mentors[0], "coordinator": make.coordinator(cycle=cycle)}
    db.session.execute(insert(WebSession), [_session(who, one) for who, one in reviewers.items()])
    db.session.commit()


def wait(size: int) -> None:
    """Bring the database to so many reports that wait."""
    likes = db.session.scalars(
        select(Entry).where(Entry.month == date(2029, 12, 1)).order_by(Entry.id)
    ).all()
    have = db.session.scalar(select(func.count(Entry.id))) or 0
    numbers = range(have - len(likes), size - len(likes))
    newest = [newest_of(like) for like in likes]
    first, last = numbers.start // MONTHS, -(-numbers.stop // MONTHS)
    known = set(db.session.scalars(select(Assignment.id)))
    assignments = [
        _assignment(number, likes[number % len(likes)].assignment)
        for number in range(first, last)
        if _uid(number) not in known
    ]
    db.session.execute(insert(Assignment), assignments)
    for start in range(numbers.start, numbers.stop, 10_000):
        part = range(start, min(start + 10_000, numbers.stop))
        db.session.execute(insert(Entry), [_entry(number) for number in part])
        revisions = [_revision(n, newest[n // MONTHS % len(likes)]) for n in part]
        db.session.execute(insert(Revision), revisions)
    db.session.commit()
    if db.engine.dialect.name == "postgresql":
        db.session.connection(execution_options={"isolation_level": "AUTOCOMMIT"})
        db.session.execute(db.text("ANALYZE"))
        db.session.commit()


def _uid(number: int, kind: int = 1) -> str:
    return str(UUID(int=kind << 64 | number))


def _session(who: str, person: User) -> dict[str, object]:
    return {
        "token_hash": hashed(who),
        "user_id": person.id,
        "content": {"_user_id": str(person.id), "_fresh": True, "language": "en"},
        "device": "",
        "created_at": clock.now(),
        "seen_at": clock.now(),
    }


def _assignment(number: int, like: Assignment) -> dict[str, object]:
    columns = "cycle_id mobilizer_id mentor_id promise_id place_id region_id".split()
    same = {name: getattr(like, name) for name in (*columns, "first_month", "last_month")}
    return {**same, "id": _uid(number), "created_at": BEGAN}


def _entry(number: int) -> dict[str, object]:
    month = number % MONTHS
    return {
        "id": _uid(number, 2),
        "assignment_id": _uid(number // MONTHS),
        "month": date(2020 + month // 12, month % 12 + 1, 1),
        "state": EntryState.SUBMITTED,
        "newest": 1,
        "received_at": BEGAN + timedelta(minutes=number),
        "timeliness": Timeliness.ON_TIME,
        "is_quarantined": False,
        "created_at": BEGAN,
    }


def _revision(number: int, like: Any) -> dict[str, object]:
    return {
        "entry_id": _uid(number, 2),
        "number": 1,
        "kind": KINDS[number % len(KINDS)],
        "rating": like.rating,
        "answers": like.answers,
        "contradiction_reason": "",
        "matrix_version": like.matrix_version,
        "sha256": f"{number:064}",
        "author_id": like.author_id,
        "received_at": BEGAN,
    }
