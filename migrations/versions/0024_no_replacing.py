"""SQLite lets REPLACE delete without asking the guard of deletion: what is append-only refuses it.

On PostgreSQL there is no such way round the guards.
"""

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

SAME = {
    "finding": "SELECT 1 FROM finding WHERE number = NEW.number OR hash = NEW.hash",
    "revision": "SELECT 1 FROM revision WHERE id = NEW.id "
    "OR (entry_id = NEW.entry_id AND number = NEW.number)",
    "decision": "SELECT 1 FROM decision WHERE id = NEW.id OR revision_id = NEW.revision_id",
    "reply": "SELECT 1 FROM reply WHERE id = NEW.id OR link_id = NEW.link_id",
    "reply_ruling": "SELECT 1 FROM reply_ruling WHERE id = NEW.id OR reply_id = NEW.reply_id",
}


def upgrade() -> None:
    """Set the guards."""
    if op.get_bind().dialect.name != "sqlite":
        return
    for table, same in SAME.items():
        op.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS ({same}) "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def downgrade() -> None:
    """Take the guards away."""
    if op.get_bind().dialect.name != "sqlite":
        return
    for table in SAME:
        op.execute(f"DROP TRIGGER {table}_no_replace")
