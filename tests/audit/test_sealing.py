"""Rows of the log are sealed when they are committed, in one chain, whoever writes at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from mobilizer.audit.actions import SEAL_LOCK, record
from mobilizer.audit.models import AuditEvent, AuditSeal
from mobilizer.audit.queries import broken_seals, head, sealed
from mobilizer.core import clock
from mobilizer.core.database import db, writing
from mobilizer.findings.actions import CHAIN_LOCK

WRITERS, TIMES = 8, 12
ONLY_POSTGRESQL = pytest.mark.parametrize("app", ["postgresql"], indirect=True)
ONLY_SQLITE = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.fixture
def cora(make):
    """A coordinator, and a row of the log on her."""
    cora = make.coordinator()
    take(cora)
    db.session.commit()
    return cora


def numbers():
    return list(db.session.scalars(db.select(AuditSeal.number).order_by(AuditSeal.number)))


def rows():
    return db.session.scalar(db.select(db.func.count(AuditEvent.id)))


def is_whole():
    """The chain holds, and as many rows as there are stand in it, numbered from 1."""
    return list(broken_seals()) == [] and numbers() == list(range(1, rows() + 1))


def take(user, times=1, **details):
    for at in range(times):
        record(user, "account.change", user, at=at, **details)


def test_many_rows_of_one_transaction_are_sealed_at_its_end(cora):
    take(cora, 3)
    db.session.flush()
    before = len(numbers())
    db.session.commit()

    assert len(numbers()) == before + 3
    assert is_whole()


def test_what_was_rolled_back_leaves_no_gap(cora):
    take(cora, 2)
    db.session.flush()
    db.session.rollback()
    take(cora)
    db.session.commit()

    assert is_whole()


def test_what_a_savepoint_took_back_is_not_sealed_and_the_rest_is(cora):
    take(cora, named="outside")
    with db.session.begin_nested():
        take(cora, named="kept")
    before = len(numbers())
    inside = db.session.begin_nested()
    take(cora, named="lost")
    db.session.flush()
    inside.rollback()
    take(cora, named="after")
    db.session.commit()

    assert len(numbers()) == before + 3
    assert is_whole()


def test_a_session_that_was_closed_in_the_middle_forgets_what_it_wrote(cora):
    who = cora.id
    db.session.rollback()
    with Session(db.engine) as session:
        session.add(_row(who))
        session.flush()
        session.close()
        take(cora)
        db.session.commit()
        session.add(_row(who))
        session.commit()

    assert is_whole()


def test_a_transaction_on_the_side_is_sealed_too(cora):
    who = cora.id
    db.session.rollback()
    with writing() as session:
        session.add(_row(who))

    assert is_whole()


def _row(by_id):
    return AuditEvent(
        at=clock.now(),
        by_id=by_id,
        verb="account.change",
        subject_kind="user",
        subject_key=str(by_id),
        details={},
    )


def test_what_is_stored_is_what_is_sealed(cora):
    take(cora, odd="\x00 ж ' \" \\ é", nested={"b": [1, None, True], "a": {}}, big=2**53)
    db.session.commit()
    db.session.expire_all()

    assert is_whole()


def test_writers_at_once_make_one_chain_and_lose_nothing(app, cora):
    who, start = cora.id, Barrier(WRITERS)

    def write(_):
        with app.app_context():
            start.wait(timeout=60)
            for at in range(TIMES):
                user = db.session.get(type(cora), who)
                take(user, 1 + at % 3)
                db.session.rollback() if at % 4 == 3 else db.session.commit()
            db.session.remove()

    before = rows()
    db.session.rollback()
    with ThreadPoolExecutor(WRITERS) as writers:
        list(writers.map(write, range(WRITERS)))

    kept = sum(1 + at % 3 for at in range(TIMES) if at % 4 != 3)
    assert rows() == before + WRITERS * kept
    assert is_whole()


@ONLY_POSTGRESQL
def test_whoever_has_not_ended_yet_keeps_nobody_waiting(app, cora):
    """Rows are written, the chain of findings is held: and another one commits."""
    who = cora.id
    take(cora)
    db.session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": CHAIN_LOCK})
    db.session.flush()

    def write():
        with app.app_context():
            db.session.execute(text("SET LOCAL lock_timeout = '30s'"))
            take(db.session.get(type(cora), who))
            db.session.commit()

    with ThreadPoolExecutor(1) as other:
        other.submit(write).result(timeout=60)
    db.session.commit()

    assert is_whole()


@ONLY_POSTGRESQL
def test_the_seal_is_the_last_thing_a_transaction_asks_for(app, cora):
    """After the lock come a look at the newest seal and the seals: nothing that could wait."""
    sent = []
    db.event.listen(
        db.engine, "before_cursor_execute", lambda *called: sent.append((called[2], called[3]))
    )
    take(cora, 2)
    db.session.commit()

    at = next(at for at, (_, values) in enumerate(sent) if values == {"lock": SEAL_LOCK})
    after = [statement.split()[0] for statement, _ in sent[at + 1 :]]
    assert after == ["SELECT", "INSERT"]


@pytest.mark.parametrize("table", ["audit_event", "audit_seal"])
@pytest.mark.parametrize("step", ["UPDATE", "DELETE"])
def test_the_database_refuses_to_change_the_log(cora, table, step):
    for column in (column.name for column in db.metadata.tables[table].columns):
        said = (
            f"{step} FROM {table}"
            if step == "DELETE"
            else f"{step} {table} SET {column} = {column}"
        )
        with pytest.raises(DatabaseError, match="append-only"):
            db.session.execute(text(said))
        db.session.rollback()


@ONLY_POSTGRESQL
@pytest.mark.parametrize("table", ["audit_event, audit_seal", "audit_seal"])
def test_postgresql_refuses_to_empty_the_log(cora, table):
    with pytest.raises(DatabaseError, match="append-only"):
        db.session.execute(text(f"TRUNCATE {table}"))


EVENT = "INSERT OR REPLACE INTO audit_event SELECT id, at, by_id, 'x', subject_kind, subject_key"
REPLACING = [
    f"{EVENT}, details, phone_time FROM audit_event",
    "REPLACE INTO audit_seal SELECT number, event_id, hash, previous_hash FROM audit_seal",
    "REPLACE INTO audit_seal SELECT number + 99, event_id, previous_hash, 'x' FROM audit_seal",
    "REPLACE INTO audit_seal SELECT number + 99, -1, previous_hash, hash FROM audit_seal",
    "INSERT INTO audit_seal SELECT * FROM audit_seal WHERE 1 ON CONFLICT DO UPDATE SET hash = 'x'",
]


@ONLY_SQLITE
@pytest.mark.parametrize("has_triggers_in_triggers", ["ON", "OFF"])
@pytest.mark.parametrize("said", REPLACING)
def test_sqlite_refuses_to_replace_a_row(app, cora, said, has_triggers_in_triggers):
    with db.engine.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA recursive_triggers = {has_triggers_in_triggers}")
        with pytest.raises(DatabaseError, match="append-only"):
            connection.exec_driver_sql(said)
        connection.rollback()
        connection.invalidate()


def test_a_head_that_was_kept_is_found_again(cora):
    kept = head(db.session())
    take(cora, 2)
    db.session.commit()

    assert kept is not None
    assert sealed(kept.hash) == kept
    assert sealed("0" * 64) is None


def test_a_name_can_be_forgotten_and_the_chain_still_holds(cora, make):
    make.decision(make.report(), "approve")
    db.session.commit()
    for user in db.session.scalars(db.select(type(cora))):
        user.full_name = user.alias = ""
        user.email = None
        user.sign_in_name = f"forgotten-{user.id}"
    db.session.commit()

    assert is_whole()
