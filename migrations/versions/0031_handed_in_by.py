"""A report and a promise keep who handed them in, from a phone's file: she does not decide on them.

Of what was handed in before, only the log tells.
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let her be named."""
    # SQLite takes a reference with its column only; made anew, the tables would lose their guards.
    is_inline = op.get_bind().dialect.name == "sqlite"
    for table in ("revision", "promise"):
        her = sa.ForeignKey("user.id", name=op.f(f"fk_{table}_handed_in_by_id_user"))
        column = sa.Column("handed_in_by_id", sa.Integer(), her, nullable=True)
        op.add_column(table, column, inline_references=is_inline)
    op.create_index("ix_revision_handed_in_by", "revision", ["handed_in_by_id", "entry_id"])


def downgrade() -> None:
    """Forget it."""
    op.drop_index("ix_revision_handed_in_by", "revision")
    for table in ("promise", "revision"):
        op.drop_column(table, "handed_in_by_id")
