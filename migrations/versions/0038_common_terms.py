"""Words that very many promises have are kept as sets beside the full text.

Which words these are is found by the worker, or by ``mobilizer search rebuild``.
"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, empty."""
    op.create_table(
        "common_term",
        sa.Column("term", sa.String(length=80), nullable=False),
        sa.Column("block", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("numbers", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("term", "block", name=op.f("pk_common_term")),
    )


def downgrade() -> None:
    """Take it away: the full text knows these words, too."""
    op.drop_table("common_term")
