"""How migrations are run: with the application's own engine and its own tables."""

from typing import Any

from alembic import context
from flask import current_app

from mobilizer.core.database import is_described

database = current_app.extensions["migrate"].db


def plain(kind: str, column_type: Any, _: Any) -> str | bool:
    """Write our own column types as what the database sees, so that migrations never age."""
    if kind == "type" and type(column_type).__name__ == "UtcDateTime":
        return "sa.DateTime(timezone=True)"
    return False


def run() -> None:
    """Run the migrations that are due, in one transaction."""
    with database.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            render_as_batch=True,
            compare_type=True,
            include_name=is_described,
            render_item=plain,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
