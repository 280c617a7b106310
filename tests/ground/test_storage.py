"""What both databases promise: nothing acknowledged is lost, and nobody who reads waits."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from pysqlite3 import dbapi2
from sqlalchemy import create_engine, event, select, text
from sqlalchemy.exc import DatabaseError, DBAPIError

from mobilizer.accounts.models import Throttle
from mobilizer.core import clock
from mobilizer.core.database import db, locked, prepare, reading, writing

WORKERS, TIMES = 10, 50
#: SQLite itself lets nobody wait.
IMPATIENT = "PRAGMA busy_timeout = 0"
ONLY_SQLITE = pytest.mark.parametrize("app", ["sqlite"], indirect=True)
ONLY_POSTGRESQL = pytest.mark.parametrize("app", ["postgresql"], indirect=True)


@pytest.fixture
def counter(app):
    db.session.add(Throttle(door="test", key_hash="x", tries=0, window_began_at=clock.now()))
    db.session.commit()
    return select(Throttle).where(Throttle.door == "test")


def tries(counter):
    return db.session.scalars(counter).one().tries


def test_five_hundred_concurrent_increments_lose_nothing(app, counter):
    def increment(_):
        with app.app_context():
            for _ in range(TIMES):
                db.session.scalars(locked(counter)).one().tries += 1
                db.session.commit()

    with ThreadPoolExecutor(WORKERS) as workers:
        list(workers.map(increment, range(WORKERS)))

    assert tries(counter) == WORKERS * TIMES


def test_who_reads_does_not_wait_for_who_writes(app, counter):
    written, read = threading.Event(), threading.Event()

    def write_slowly():
        with app.app_context():
            db.session.scalars(locked(counter)).one().tries = 7
            db.session.flush()
            written.set()
            in_time = read.wait(timeout=60)
            db.session.commit()
            return in_time

    with ThreadPoolExecutor(1) as worker:
        writer = worker.submit(write_slowly)
        assert written.wait(timeout=60)
        with reading():
            assert tries(counter) == 0
            db.session.rollback()
        read.set()

        assert writer.result() is True
    assert tries(counter) == 7


def test_a_reading_transaction_cannot_write(app, counter):
    with reading():
        db.session.scalars(counter).one().tries = 7
        with pytest.raises(DBAPIError, match=r"readonly|read-only"):
            db.session.flush()
    db.session.rollback()


def test_a_reading_request_can_note_something_on_the_side(app, counter):
    with reading():
        assert tries(counter) == 0
        with writing() as session:
            session.scalars(counter).one().tries = 7
        db.session.rollback()

    assert tries(counter) == 7


def test_what_was_not_committed_is_gone(app, counter):
    db.session.scalars(counter).one().tries = 7
    db.session.flush()
    db.session.rollback()

    assert tries(counter) == 0


@ONLY_SQLITE
def test_sqlite_is_one_without_the_wal_reset_fault(app):
    version = db.session.scalar(text("SELECT sqlite_version()"))
    major, minor, patch = map(int, version.split("."))
    mended_branches = {(3, 50): 7, (3, 44): 6}

    assert (major, minor, patch) >= (3, 51, 3) or patch >= mended_branches[major, minor]


@ONLY_SQLITE
@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)]
)
def test_sqlite_is_set_up_for_safety(app, pragma, value):
    assert db.session.scalar(text(f"PRAGMA {pragma}")) == value


@ONLY_SQLITE
def test_sqlite_waits_for_its_turn(app):
    assert db.session.scalar(text("PRAGMA busy_timeout")) >= 5000


@ONLY_POSTGRESQL
def test_the_other_database_is_a_real_postgresql(app):
    assert db.session.scalar(text("SELECT version()")).startswith("PostgreSQL 1")


def test_many_writers_stand_in_a_queue_and_none_is_unlucky(tmp_path):
    """SQLite would let none of them wait: a moment's overlap would fail."""
    engine = create_engine(f"sqlite:///{tmp_path / 'queue.sqlite3'}", module=dbapi2)
    prepare(engine)
    event.listen(engine, "connect", lambda connection, _: connection.execute(IMPATIENT))
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE written (number INTEGER)")

    turn = threading.Event()

    def write(number: int) -> None:
        with engine.begin() as connection:
            connection.exec_driver_sql(f"INSERT INTO written VALUES ({number})")
            turn.wait(0.005)

    with ThreadPoolExecutor(12) as writers:
        list(writers.map(write, range(36)))

    with engine.begin() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM written").scalar() == 36
    engine.dispose()


def test_a_turn_ends_however_the_writing_does(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'queue.sqlite3'}", module=dbapi2)
    prepare(engine)
    for _ in range(2):
        with pytest.raises(DatabaseError), engine.begin() as connection:
            connection.exec_driver_sql("INSERT INTO nowhere VALUES (1)")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE written (number INTEGER)")
    engine.dispose()
