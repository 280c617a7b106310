"""Raising the publication's number, in the very transaction that changes what the public sees.

It is the last thing before the commit, after the log is sealed: on PostgreSQL the one row is held
no longer than a commit takes, and whoever holds it asks for nothing else, so that no two can wait
for each other. docs/decisions/public_cache.md says what else was weighed.
"""

from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, SessionTransaction

from mobilizer.audit.actions import SEAL_LOCK  # Its seals come first: so its listener does.
from mobilizer.core import clock
from mobilizer.publication.models import ONLY, Publication
from mobilizer.publication.rules.shown import is_publication

AFTER = SEAL_LOCK

_CHANGED = "what the public sees was changed in this transaction"
_CONNECTION = "the connection of this transaction"


def attend(engine: Engine) -> None:
    """Note every statement of an engine that may change what the public sees, however it came."""
    event.listen(engine, "begin", _forget)
    event.listen(engine, "before_cursor_execute", _note)


def _forget(connection: Connection) -> None:
    connection.info.pop(_CHANGED, None)


def _note(connection: Connection, _: object, statement: str, *__: Any) -> None:
    if is_publication(statement):
        connection.info[_CHANGED] = True


@event.listens_for(Session, "after_begin")
def _hold(session: Session, _: SessionTransaction, connection: Connection) -> None:
    session.info[_CONNECTION] = connection


@event.listens_for(Session, "after_transaction_end")
def _let_go(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(_CONNECTION, None)


@event.listens_for(Session, "before_commit")
def _raise(session: Session) -> None:
    """Raise the number if this transaction is a publication. A savepoint's end is no end yet."""
    if session.in_nested_transaction():
        return
    session.flush()
    connection: Connection | None = session.info.get(_CONNECTION)
    if connection is not None and connection.info.pop(_CHANGED, False):
        raise_number(connection)


def raise_number(connection: Connection) -> None:
    """One more; the first one, if there was none."""
    is_sqlite = connection.dialect.name == "sqlite"
    insert = (sqlite.insert if is_sqlite else postgresql.insert)(Publication)
    today = clock.today("UTC")
    connection.execute(
        insert.values(id=ONLY, number=1, raised_on=today).on_conflict_do_update(
            index_elements=[Publication.id],
            set_={"number": Publication.number + 1, "raised_on": today},
        )
    )
