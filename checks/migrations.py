"""The migrations make exactly the tables that the models describe, on both databases."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import checks
from checks import ROOT, Fault
from mobilizer.core.database import db, is_described
from mobilizer.core.migrating import upgrade
from tests.support import postgresql, scratch
from tests.support.applications import application

FOLDER = ROOT / "migrations"


def heads() -> Iterator[Fault]:
    """Two migrations that follow the same one would leave the order open."""
    found = ScriptDirectory(str(FOLDER)).get_heads()
    if len(found) != 1:
        yield Fault(FOLDER / "versions", 1, f"not one last migration but {sorted(found)}")


def drift(url: str) -> Iterator[Fault]:
    """What models and migrations do not agree on, after migrating an empty database."""
    app = application(url)
    with app.app_context():
        upgrade()
        with db.engine.connect() as connection:
            opts = {"compare_type": True, "include_name": is_described}
            context = MigrationContext.configure(connection, opts=opts)
            differences: list[Any] = compare_metadata(context, db.metadata)
            name = connection.dialect.name
        db.engine.dispose()
    for difference in differences:
        says = f"{name}: models and migrations differ: {described(difference)}"
        yield Fault(newest(), 1, says)


def described(difference: Any) -> str:
    """Alembic's tuple, in short."""
    if isinstance(difference, list):
        return "; ".join(described(part) for part in difference)
    return " ".join(str(part) for part in difference if part is not None)


def newest() -> Path:
    """The last migration: where a change of the models belongs, or after it."""
    return checks.files("migrations/versions/*.py")[-1]


def faults() -> Iterator[Fault]:
    """All of it; with two last migrations there is no telling what they make."""
    open_order = list(heads())
    yield from open_order
    if open_order:
        return
    yield from drift(f"sqlite:///{scratch.folder('check') / 'check.sqlite3'}")
    yield from drift(postgresql.new_database("check"))


if __name__ == "__main__":
    checks.finish(faults())
