"""Salts for what people wrote and may ask us to erase; the public day of a finding."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

TABLES = ("revision", "decision", "reply", "reply_ruling")


def upgrade() -> None:
    """Add the columns."""
    for table in TABLES:
        # What was written before has none, and no step that tells its hash.
        salt = sa.Column("salt", sa.String(length=36), nullable=False, server_default="")
        op.add_column(table, salt)
    day = sa.Column("published_on", sa.Date(), nullable=False, server_default="1970-01-01")
    op.add_column("finding", day)
    _tell_days()


def downgrade() -> None:
    """Take them away."""
    op.drop_column("finding", "published_on")
    for table in TABLES:
        op.drop_column(table, "salt")


def _tell_days() -> None:
    """Fill in the days of what was published, past the guard."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER finding_no_update")
        op.execute("UPDATE finding SET published_on = date(published_at)")
        op.execute(
            "CREATE TRIGGER finding_no_update BEFORE UPDATE ON finding "
            "BEGIN SELECT RAISE(ABORT, 'finding is append-only'); END"
        )
        return
    op.execute("ALTER TABLE finding DISABLE TRIGGER finding_no_change")
    op.execute("UPDATE finding SET published_on = (published_at AT TIME ZONE 'UTC')::date")
    op.execute("ALTER TABLE finding ENABLE TRIGGER finding_no_change")
