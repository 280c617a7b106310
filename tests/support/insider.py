"""What somebody who owns the database can do: take the guards away, then change what stands."""

from sqlalchemy import text

from mobilizer.core.database import db


def without_guards() -> list[str]:
    """What she says first, in the transaction in which she changes something."""
    if db.engine.dialect.name == "postgresql":
        return ["SET LOCAL session_replication_role = replica"]
    triggers = db.session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
    off = [f"DROP TRIGGER {name}" for name in triggers]
    db.session.rollback()
    return ["PRAGMA defer_foreign_keys = ON", *off]


def tamper(*said: str) -> None:
    """Change what stands, for good, as no page and no command of ours would."""
    db.session.rollback()
    off = without_guards()
    with db.engine.connect() as connection:
        if db.engine.dialect.name == "sqlite":
            for step in ("COMMIT", "PRAGMA foreign_keys = OFF", "BEGIN"):
                connection.exec_driver_sql(step)
        for step in (*off, *said):
            connection.execute(text(step))
        connection.commit()
        connection.invalidate()
