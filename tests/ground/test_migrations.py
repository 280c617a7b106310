"""Every migration goes up and down again, and what was stored before stays."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade

from mobilizer.core.database import UtcDateTime, db, is_described
from tests.support.applications import application
from tests.support.databases import STORES

SCRIPTS = ScriptDirectory("migrations")
#: All revisions, the first one first.
REVISIONS = [script.revision for script in reversed(list(SCRIPTS.walk_revisions()))]
BEFORE_THE_GUARDS = "0010"
VALUES: dict[type, Any] = {
    sa.String: "x",
    sa.Integer: 1,
    sa.Boolean: False,
    sa.Date: date(2026, 11, 1),
    UtcDateTime: datetime(2026, 11, 1, tzinfo=UTC),
    sa.JSON: {},
    sa.LargeBinary: b"x",
}


@pytest.fixture(params=list(STORES))
def empty(request: pytest.FixtureRequest) -> Iterator[Flask]:
    """An application on a database without a table."""
    app = application(STORES[request.param]().url)
    with app.app_context():
        yield app
        downgrade(revision="base")
        db.session.remove()
        db.engine.dispose()


def there() -> set[str]:
    """The tables there are, less those by which SQLite looks words up: it keeps them itself."""
    names = set(sa.inspect(db.engine).get_table_names()) - {"alembic_version"}
    return {name for name in names if is_described(name, "table", None)}


def fill(tables: set[str]) -> None:
    """Put a row into each of these tables, as far as they have the columns by now."""
    keys: dict[sa.Column[Any], Any] = {}
    # Not by a session: its end is told to whoever reads the public pages, who has no table yet.
    with db.engine.begin() as connection:
        for table in db.metadata.sorted_tables:
            row = {column.name: value_of(column, keys) for column in table.columns}
            keys |= {column: row[column.name] for column in table.columns}
            if table.name in tables:
                columns = sa.inspect(connection).get_columns(table.name)
                there = {column["name"] for column in columns}
                known = [column for column in table.columns if column.name in there]
                named = sa.table(table.name, *(sa.column(c.name, c.type) for c in known))
                connection.execute(sa.insert(named), {c.name: row[c.name] for c in known})


def value_of(column: sa.Column[Any], keys: dict[sa.Column[Any], Any]) -> Any:
    """Something the column takes: the key of the row it refers to, or nothing if it may."""
    refers_to = [key.column for key in column.foreign_keys]
    if refers_to:
        return None if column.nullable else keys[refers_to[0]]
    if isinstance(column.type, sa.Enum):
        return next(iter(column.type.enum_class))
    kind = next(kind for kind in VALUES if isinstance(column.type, kind))
    return VALUES[kind]


#: What a migration may count anew of the rows of other tables.
COUNTED = {"finding_set", "number_set", "side_tally"}


def rows() -> dict[str, int]:
    """How many rows each table has, of those that are not counted of others."""
    with db.engine.connect() as connection:
        return {
            name: connection.scalar(sa.text(f'SELECT count(*) FROM "{name}"'))
            for name in there() - COUNTED
        }


def test_each_migration_keeps_what_was_stored_up_and_down(empty: Flask) -> None:
    before: list[set[str]] = [set()]
    for revision in REVISIONS:
        upgrade(revision=revision)
        fill({table for table, many in rows().items() if not many})
        before.append(there())
        assert set(rows().values()) == {1}, revision

    for revision, tables in zip(
        reversed(["base", *REVISIONS[:-1]]), reversed(before[:-1]), strict=True
    ):
        downgrade(revision=revision)
        assert rows() == dict.fromkeys(tables - COUNTED, 1), revision

    upgrade()
    assert there() == before[-1]


@pytest.mark.parametrize("table", ["audit_event", "revision", "decision", "finding"])
def test_the_guards_come_and_go_with_their_migration(empty: Flask, table: str) -> None:
    upgrade()
    fill(there())
    delete = sa.text(f"DELETE FROM {table}")

    with pytest.raises(sa.exc.DatabaseError, match="append-only"):
        db.session.execute(delete)
    db.session.rollback()

    downgrade(revision=BEFORE_THE_GUARDS)
    db.session.execute(sa.text("DELETE FROM revision_evidence"))
    db.session.execute(sa.text("DELETE FROM decision"))
    db.session.execute(sa.text("DELETE FROM comment"))
    db.session.execute(delete)
    db.session.rollback()


def test_what_was_published_gets_its_day_past_the_guard(empty: Flask) -> None:
    telling = next(one for one in SCRIPTS.walk_revisions() if "days" in one.module.__name__)
    upgrade(revision=telling.down_revision)
    fill(there())

    upgrade(revision=telling.revision)

    day = sa.select(sa.column("published_on", sa.Date)).select_from(sa.table("finding"))
    assert db.session.scalars(day).all() == [date(2026, 11, 1)]
    with pytest.raises(sa.exc.DatabaseError, match="append-only"):
        db.session.execute(sa.text("UPDATE finding SET published_on = published_on"))
    db.session.rollback()


def test_migrations_are_numbered_without_a_gap() -> None:
    assert [f"{number:04}" for number in range(1, len(REVISIONS) + 1)] == REVISIONS
