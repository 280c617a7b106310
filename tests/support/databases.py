"""The two databases every test of storage runs on: built once by the migrations, then swept.

A fresh SQLite is a copy of the migrated file. A fresh PostgreSQL is the same database with every
row deleted: copying a template or truncating takes twenty times as long.
"""

import os
import shutil
from itertools import count
from pathlib import Path
from typing import Protocol

from flask import Flask
from sqlalchemy import text

from mobilizer.core.database import db
from mobilizer.core.migrating import upgrade
from tests.support import postgresql, scratch

#: Deletes all rows, past the triggers that guard append-only tables, and counts from 1 again.
SWEEP = """
CREATE FUNCTION sweep() RETURNS void LANGUAGE plpgsql
SET session_replication_role = replica SET lock_timeout = '5s' AS $$
DECLARE name text;
BEGIN
    FOR name IN SELECT tablename FROM pg_tables
        WHERE schemaname = 'public' AND tablename <> 'alembic_version'
    LOOP
        EXECUTE format('DELETE FROM %I', name);
    END LOOP;
    PERFORM setval(format('%I', sequencename)::regclass, start_value, false)
        FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL;
END $$
"""


#: Copies every table, and how far its numbers have come, beside the real ones; and back.
KEEP = """
CREATE FUNCTION keep() RETURNS void LANGUAGE plpgsql AS $$
DECLARE name text;
BEGIN
    CREATE SCHEMA kept;
    FOR name IN SELECT tablename FROM pg_tables
        WHERE schemaname = 'public' AND tablename <> 'alembic_version'
    LOOP
        EXECUTE format('CREATE TABLE kept.%I AS TABLE public.%I', name, name);
    END LOOP;
    CREATE TABLE kept."how far" AS SELECT sequencename, last_value FROM pg_sequences
        WHERE schemaname = 'public' AND last_value IS NOT NULL;
END $$
"""
BRING_BACK = """
CREATE FUNCTION bring_back() RETURNS void LANGUAGE plpgsql
SET session_replication_role = replica AS $$
DECLARE name text;
BEGIN
    PERFORM sweep();
    FOR name IN SELECT tablename FROM pg_tables
        WHERE schemaname = 'kept' AND tablename <> 'how far'
    LOOP
        EXECUTE format('INSERT INTO public.%I SELECT * FROM kept.%I', name, name);
    END LOOP;
    PERFORM setval(format('public.%I', sequencename)::regclass, last_value) FROM kept."how far";
END $$
"""

#: Tells the databases of one worker apart.
NUMBERS = count(1)


class Store(Protocol):
    """A kind of database, and how to make it fresh."""

    url: str

    def build(self, app: Flask) -> None:
        """Run the migrations, once."""

    def refresh(self, app: Flask) -> None:
        """Make it as it was after the migrations."""

    def keep(self, app: Flask) -> None:
        """Remember all that stands in it now, once. Nobody may hold it open."""

    def bring_back(self, app: Flask) -> None:
        """Make it as it was when it was kept."""


class Sqlite:
    """SQLite in a file, as an embedded installation has it."""

    def __init__(self) -> None:
        folder = scratch.folder("sqlite")
        self.file = folder / "test.sqlite3"
        self.built = folder / "built.sqlite3"
        self.kept = folder / "kept.sqlite3"
        self.url = f"sqlite:///{self.file}"

    def build(self, app: Flask) -> None:
        migrate(app)
        self._copy(app, self.file, self.built)

    def refresh(self, app: Flask) -> None:
        self._copy(app, self.built, self.file)

    def keep(self, app: Flask) -> None:
        self._copy(app, self.file, self.kept)

    def bring_back(self, app: Flask) -> None:
        self._copy(app, self.kept, self.file)

    def _copy(self, app: Flask, source: Path, target: Path) -> None:
        """Whoever closes it last writes all of it into the one file."""
        with app.app_context():
            db.engine.dispose()
        for left in ("-wal", "-shm"):
            target.with_name(target.name + left).unlink(missing_ok=True)
        shutil.copyfile(source, target)


class Postgresql:
    """PostgreSQL, as a grown installation has it."""

    def __init__(self) -> None:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        self.url = postgresql.new_database(f"{worker}_{next(NUMBERS)}")

    def build(self, app: Flask) -> None:
        migrate(app)
        with app.app_context(), db.engine.begin() as connection:
            for function in (SWEEP, KEEP, BRING_BACK):
                connection.execute(text(function))

    def refresh(self, app: Flask) -> None:
        with app.app_context(), db.engine.begin() as connection:
            connection.execute(text("SELECT sweep()"))

    def keep(self, app: Flask) -> None:
        with app.app_context(), db.engine.begin() as connection:
            connection.execute(text("SELECT keep()"))

    def bring_back(self, app: Flask) -> None:
        with app.app_context(), db.engine.begin() as connection:
            connection.execute(text("SELECT bring_back()"))


STORES: dict[str, type[Sqlite] | type[Postgresql]] = {"sqlite": Sqlite, "postgresql": Postgresql}


def migrate(app: Flask) -> None:
    """Make the tables by the real migrations."""
    with app.app_context():
        upgrade()
