"""A decision names the absent mentor in whose place it was made.

What was decided before names none.
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let her be named."""
    absent = sa.ForeignKey("user.id", name=op.f("fk_decision_stands_in_for_id_user"))
    column = sa.Column("stands_in_for_id", sa.Integer(), absent, nullable=True)
    # SQLite takes a reference with its column only; made anew, the table would lose its guards.
    is_inline = op.get_bind().dialect.name == "sqlite"
    op.add_column("decision", column, inline_references=is_inline)


def downgrade() -> None:
    """Forget it."""
    op.drop_column("decision", "stands_in_for_id")
