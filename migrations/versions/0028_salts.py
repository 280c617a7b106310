"""What people wrote and may ask us to erase is hashed with a salt, which is erased with it."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0024"
branch_labels = None
depends_on = None

TABLES = ("revision", "decision", "reply", "reply_ruling")


def upgrade() -> None:
    """Add the column."""
    for table in TABLES:
        # What was written before has none, and no step that tells its hash.
        salt = sa.Column("salt", sa.String(length=36), nullable=False, server_default="")
        op.add_column(table, salt)


def downgrade() -> None:
    """Take it away."""
    for table in TABLES:
        op.drop_column(table, "salt")
