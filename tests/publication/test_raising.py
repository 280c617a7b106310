"""What the public sees has a number; it grows with the transaction that changes what is seen."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import delete, event, insert, select, text, update

from mobilizer.core import clock
from mobilizer.core.database import db, writing
from mobilizer.cycles.models import Cycle, Topic
from mobilizer.jobs.models import Job
from mobilizer.jobs.rules import JobState
from mobilizer.publication.models import Publication
from mobilizer.publication.rules.shown import FOLLOWS, SHOWN, is_publication, written
from tests.builders import Builders


def number() -> int:
    """The number, as another transaction reads it."""
    with writing() as session:
        return session.scalar(select(Publication.number)) or 0


def job(key: str = "x") -> dict[str, object]:
    now = clock.now()
    row = {"kind": "x", "key": key, "payload": {}, "tries": 0, "fault": ""}
    return {**row, "state": JobState.WAITING, "due_at": now, "created_at": now}


@pytest.fixture
def cycle(make: Builders) -> Cycle:
    cycle = make.cycle("local")
    db.session.commit()
    return cycle


def test_a_change_that_is_seen_raises_it_by_one(cycle: Cycle) -> None:
    before = number()
    cycle.names = {"en": "Another name"}
    cycle.topics[0].names = {"en": "Another topic"}
    db.session.commit()
    assert number() == before + 1


@pytest.mark.parametrize(
    "change",
    [
        lambda key: update(Topic).where(Topic.cycle_id == key).values(names={"en": "Roads"}),
        lambda _: update(Topic.__table__).values(names={"en": "Roads"}),
        lambda key: delete(Topic).where(Topic.cycle_id == key),
        lambda key: insert(Topic).values(cycle_id=key, code="new", names={"en": "New"}),
        lambda _: text("UPDATE topic SET code = code"),
    ],
)
def test_it_is_raised_however_it_was_changed(cycle: Cycle, change) -> None:
    before = number()
    db.session.execute(change(cycle.id))
    db.session.commit()
    assert number() == before + 1


def test_many_rows_at_once_raise_it(cycle: Cycle) -> None:
    before, rows = number(), [{"cycle_id": cycle.id, "code": c, "names": {}} for c in "abc"]
    db.session.execute(insert(Topic), rows)
    db.session.commit()
    assert number() == before + 1


def test_a_session_of_its_own_raises_it(cycle: Cycle) -> None:
    before = number()
    with writing() as session:
        session.execute(update(Topic).values(names={"en": "Roads"}))
    assert number() == before + 1


def test_private_work_and_reading_do_not_raise_it(cycle: Cycle) -> None:
    before = number()
    db.session.execute(insert(Job), [job()])
    db.session.commit()
    db.session.scalars(select(Cycle)).all()
    db.session.commit()
    assert number() == before


def test_what_is_taken_back_does_not_raise_it(cycle: Cycle) -> None:
    before = number()
    cycle.names = {"en": "Another name"}
    db.session.flush()
    db.session.rollback()
    db.session.execute(insert(Job), [job()])  # By the same connection, most likely.
    db.session.commit()
    assert number() == before


def test_the_end_of_a_savepoint_is_no_end_yet(cycle: Cycle) -> None:
    before = number()
    with db.session.begin_nested():
        cycle.names = {"en": "Another name"}
    assert db.session.scalar(select(Publication.number)) == before
    db.session.commit()
    assert number() == before + 1


def test_its_day_is_kept_and_no_time(cycle: Cycle) -> None:
    stored = db.session.scalars(select(Publication)).one()
    assert stored.raised_on == clock.today("UTC")


def test_it_is_raised_last_after_the_log_is_sealed(make: Builders, cycle: Cycle) -> None:
    """Whoever holds its row asks for no other lock: no two can wait for each other."""
    promise = make.promise(cycle=cycle)
    db.session.commit()
    said: list[str] = []
    event.listen(db.engine, "before_cursor_execute", note := lambda *args: said.append(args[2]))
    make.finding(promise, "kept")
    db.session.commit()
    event.remove(db.engine, "before_cursor_execute", note)

    writes = [table for one in said if (table := written(one))]
    assert {"finding", "audit_seal"} < set(writes)
    assert writes[-1] == "publication"
    assert said[-1].startswith("INSERT INTO publication")


def test_many_who_publish_at_once_raise_it_one_after_the_other(app: Flask, cycle: Cycle) -> None:
    before, key = number(), cycle.id
    db.session.rollback()

    def publish(at: int) -> None:
        with app.app_context():
            db.session.execute(
                insert(Topic).values(cycle_id=key, code=f"t{at}", names={"en": "One"})
            )
            db.session.execute(insert(Job), [job(str(at))])
            db.session.commit()

    with ThreadPoolExecutor(8) as hands:
        list(hands.map(publish, range(24)))
    assert number() == before + 24


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("INSERT INTO finding (number) VALUES (1)", "finding"),
        ("  update public.finding set number = 2", "finding"),
        ('DELETE FROM "finding"', "finding"),
        ("INSERT OR REPLACE INTO finding VALUES (1)", "finding"),
        ("SELECT * FROM finding", None),
        ("SELECT 'UPDATE finding'", None),
        ("UPDATE findings SET a = 1", "findings"),
        ("PRAGMA query_only = ON", None),
    ],
)
def test_a_statement_tells_what_it_writes_to(statement: str, table: str | None) -> None:
    assert written(statement) == table
    assert is_publication(statement) is (table == "finding")


def test_every_table_that_is_named_is_there(app: Flask) -> None:
    there = set(db.metadata.tables) | {"alembic_version"}
    assert (SHOWN | set(FOLLOWS)) - there == set()
    assert SHOWN.isdisjoint(FOLLOWS)
