"""The database: its session, its column types, and how its transactions begin.

SQLite's driver is kept from opening transactions of its own. Whoever may write begins with
BEGIN IMMEDIATE, because a transaction that reads first and writes later loses updates or fails;
whoever only reads begins plainly and is held to reading, so that readers never wait.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Dialect, Enum, MetaData, Select, String, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Engine, ExceptionContext
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.orm import registry as mapping_registry
from sqlalchemy.types import JSON, TypeDecorator

from mobilizer.core.errors import NotVisible
from mobilizer.core.turns import Turns
from mobilizer.core.words import Word

Row = TypeVar("Row")

#: Names in a few languages: {"en": "Education", "sq": "Arsim"}. What is missing is absent.
Names = dict[str, str]

_only_reads: ContextVar[bool] = ContextVar("this request only reads", default=False)


class Base(DeclarativeBase):
    """Every table's base. Constraints are named, so that migrations can drop them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    #: Said as a registry, because Flask-SQLAlchemy makes a base of its own from this one.
    registry = mapping_registry(
        metadata=metadata,
        type_annotation_map={dict[str, str]: JSON, dict[str, Any]: JSON, list[Any]: JSON},
    )


class Database(SQLAlchemy):
    """Flask-SQLAlchemy, with one answer for what is not there and what may not be seen."""

    def one_or_404(self, select: Select[Row], **_: object) -> Row:  # type: ignore[override]  # narrower on purpose: selects of one entity only
        """The one row of a select, or a 404 page.

        Raises:
            NotVisible: there is none.
        """
        found = self.session.execute(select).unique().scalar_one_or_none()
        if found is None:
            raise NotVisible
        return found


def is_out_of_reach(fault: object) -> bool:
    """Whether it is that the database could not be reached, or went away meanwhile."""
    if not isinstance(fault, OperationalError | InterfaceError):
        return False
    return fault.connection_invalidated or fault.statement is None


db = Database(model_class=Base)

if TYPE_CHECKING:

    class Model(Base):
        """What every stored record is, as type checkers see it."""

        __abstract__ = True
        __tablename__: str
else:
    Model = db.Model


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored and given back in UTC on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive times: they say when only to those who know where."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A stored moment needs a time zone.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the moment back aware: SQLite keeps no zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def words(kind: type[Word], length: int = 32) -> Enum:
    """A column that holds one of a feature's words, as its code, checked by the database."""
    return Enum(
        kind,
        values_callable=lambda words: [word.value for word in words],
        native_enum=False,
        create_constraint=True,
        length=length,
        name=kind.__name__.lower(),
    )


#: A random name for what must not be counted or guessed from outside.
Uid = String(36)


def new_uid() -> str:
    """A version 4 uuid: unlike version 7 it does not tell when a record was made."""
    return str(uuid4())


def locked(select: Select[Row]) -> Select[Row]:
    """The same rows, held until the transaction ends, for reading before writing them."""
    return select.with_for_update().execution_options(populate_existing=True)


def inserting(model: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """An insert that can say, as both databases do, what becomes of a row that is there."""
    is_sqlite = db.engine.dialect.name == "sqlite"
    return sqlite.insert(model) if is_sqlite else postgresql.insert(model)


def is_described(name: str | None, kind: str, _: object) -> bool:
    """Whether a table or an index is one that models describe.

    What full text is looked up by is made by a migration alone, and by SQLite itself below it:
    each database has its own.
    """
    return kind not in ("table", "index") or "_fts" not in (name or "")


@contextmanager
def reading() -> Iterator[None]:
    """Hold every transaction begun inside to reading."""
    token = _only_reads.set(True)
    try:
        yield
    finally:
        _only_reads.reset(token)


def hold_still() -> None:
    """Let the transaction that begins now see one moment, however long it reads.

    SQLite's do so by themselves.
    """
    if db.engine.dialect.name == "postgresql" and not db.session().in_transaction():
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def read_only(only: bool) -> None:
    """Say whether the transactions of this request may write."""
    _only_reads.set(only)


@contextmanager
def writing() -> Iterator[Session]:
    """A short writing transaction of its own, for noting something from a reading request."""
    token = _only_reads.set(False)
    try:
        with Session(db.engine) as session, session.begin():
            yield session
    finally:
        _only_reads.reset(token)


def prepare(engine: Engine) -> None:
    """Teach an engine how its connections are set up and how its transactions begin."""
    if engine.dialect.name == "sqlite":
        turns = Turns()
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", lambda connection: _begin_sqlite(connection, turns))
        event.listen(engine, "checkin", lambda _, record: turns.end(record.info))
        event.listen(engine, "close", lambda _, record: turns.end(record.info))
    else:
        event.listen(engine, "connect", _set_up_postgresql)
        event.listen(engine, "begin", _begin_postgresql)
        event.listen(engine, "handle_error", _tell_no_values)


def _tell_no_values(failure: ExceptionContext) -> None:
    """Take the row out of what PostgreSQL says of a failure: it would stand in the log."""
    original, wrapped = failure.original_exception, failure.sqlalchemy_exception
    primary = getattr(getattr(original, "diag", None), "message_primary", None)
    if primary is None:
        return
    whole, original.args = str(original), (primary,)
    if wrapped is not None:
        wrapped.args = tuple(str(part).replace(whole, primary) for part in wrapped.args)


#: So many KiB of the file each connection holds in memory: a process has several, and the system
#: holds the file as well.
SQLITE_CACHE = 512


def _set_up_sqlite(connection: Any, _: object) -> None:
    connection.isolation_level = None
    for pragma in (
        "busy_timeout = 10000",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "recursive_triggers = ON",
        f"cache_size = -{SQLITE_CACHE}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _set_up_postgresql(connection: Any, _: object) -> None:
    """Compile no query: ours are short, and compiling one takes longer than answering it."""
    connection.execute("SET jit = off")
    connection.commit()


def _begin_sqlite(connection: Connection, turns: Turns) -> None:
    only_reads = _only_reads.get()
    if not only_reads:
        turns.take(connection.info)
    connection.exec_driver_sql(f"PRAGMA query_only = {'ON' if only_reads else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")


def _begin_postgresql(connection: Connection) -> None:
    if _only_reads.get():
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
