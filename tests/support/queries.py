"""How many statements a page costs."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import event

from mobilizer.core.database import db

#: What begins and sets up a transaction costs no look into a table.
BOOKKEEPING = ("PRAGMA", "BEGIN", "SET TRANSACTION", "SAVEPOINT", "RELEASE")


class Queries:
    """Counts the statements that are sent to the database inside a ``with`` block."""

    def __init__(self, app: Flask) -> None:
        with app.app_context():
            self.engine = db.engine

    @contextmanager
    def counted(self) -> Iterator[list[str]]:
        """The statements of the block, one by one."""
        statements: list[str] = []

        def note(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
            if not statement.startswith(BOOKKEEPING):
                statements.append(statement)

        event.listen(self.engine, "before_cursor_execute", note)
        try:
            yield statements
        finally:
            event.remove(self.engine, "before_cursor_execute", note)

    @contextmanager
    def at_most(self, limit: int) -> Iterator[None]:
        """Fail if the block costs more statements than this."""
        with self.counted() as statements:
            yield
        listed = "\n".join(statements)
        assert len(statements) <= limit, f"{len(statements)} statements, not {limit}:\n{listed}"
