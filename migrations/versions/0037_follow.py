"""Who follows what, and the newest findings of a promise or place by an index alone."""

from alembic import op

revision = "0037"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let the newest be found."""
    op.create_index("ix_finding_promise_number", "finding", ["promise_id", "number"])
    op.create_index("ix_finding_place_number", "finding", ["place_id", "number"])


def downgrade() -> None:
    """Look through all again."""
    op.drop_index("ix_finding_place_number", "finding")
    op.drop_index("ix_finding_promise_number", "finding")
