"""Findings by the moment they were published: where the chain ended with a month."""

from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index."""
    op.create_index("ix_finding_published_at", "finding", ["published_at", "number"])


def downgrade() -> None:
    """Take the index away."""
    op.drop_index("ix_finding_published_at", "finding")
