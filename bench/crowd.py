"""A crowd of mobilizers, signed in, each with reports to file: straight into the tables."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import insert, text

from mobilizer.accounts.models import Posting, User
from mobilizer.accounts.rules import Role
from mobilizer.assignments.models import Assignment
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.sessions import WebSession, hashed
from mobilizer.cycles.models import Cycle
from tests.builders import Builders


@dataclass(frozen=True)
class Person:
    """One of them: her session, and what she reports on."""

    cookie: str
    assignments: tuple[str, ...]


def gather(phones: int, reports: int) -> tuple[date, list[Person]]:
    """Make them; also the table of the bare route. The month that is open, and the people."""
    make, now = Builders(), clock.now()
    cycle = make.cycle("crowd", opens_day=1, due_day=28, closes_day=15)
    mentor = make.mentor(cycle=cycle)
    # Sessions and assignments are made of these columns alone: what is not measured is not slow.
    first = make.assignment(make.mobilizer(cycle=cycle, mentor=mentor), promise=make.promise())
    people, held = [], []
    for number in range(phones):
        person = Person(f"cookie-{number}", tuple(str(uuid4()) for _ in range(reports)))
        people.append(person)
        held += [(number, uid) for uid in person.assignments]
    ids = _people(cycle, mentor, phones, now)
    db.session.execute(insert(Assignment), [_assignment(first, ids[n], uid) for n, uid in held])
    db.session.execute(
        insert(WebSession), [_session(ids[n], one, now) for n, one in enumerate(people)]
    )
    db.session.execute(text("CREATE TABLE bare (id INTEGER PRIMARY KEY, written TEXT)"))
    db.session.commit()
    return clock.today(cycle.time_zone).replace(day=1), people


def _people(cycle: Cycle, mentor: User, phones: int, now: datetime) -> list[int]:
    region = mentor.postings[0].region_id
    people = [
        User(
            sign_in_name=f"crowd{number}@promises.example",
            full_name=f"Person {number}",
            alias=f"Alias {number}",
            password_hash="",
            created_at=now,
        )
        for number in range(phones)
    ]
    db.session.add_all(people)
    db.session.flush()
    posted = {"cycle_id": cycle.id, "role": Role.MOBILIZER, "region_id": region}
    db.session.execute(
        insert(Posting),
        [
            {**posted, "user_id": one.id, "mentor_id": mentor.id, "created_at": now}
            for one in people
        ],
    )
    return [one.id for one in people]


def _assignment(like: Assignment, person_id: int, uid: str) -> dict[str, object]:
    columns = ("cycle_id", "mentor_id", "promise_id", "place_id", "region_id")
    same = {name: getattr(like, name) for name in (*columns, "first_month", "last_month")}
    return {**same, "id": uid, "mobilizer_id": person_id, "created_at": like.created_at}


def _session(person_id: int, person: Person, now: datetime) -> dict[str, object]:
    return {
        "token_hash": hashed(person.cookie),
        "user_id": person_id,
        "content": {"_user_id": str(person_id), "_fresh": True, "language": "en"},
        "device": "",
        "created_at": now,
        "seen_at": now,
    }
