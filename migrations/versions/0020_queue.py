"""The queue is read in its order, and who wrote what is told by an index."""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Index by state, arrival and name; and by author."""
    op.drop_index("ix_entry_state_received_at", table_name="entry")
    op.create_index("ix_entry_queue", "entry", ["state", "received_at", "id"], unique=False)
    op.create_index("ix_revision_author", "revision", ["author_id", "entry_id"], unique=False)


def downgrade() -> None:
    """Index by state and arrival alone."""
    op.drop_index("ix_revision_author", table_name="revision")
    op.drop_index("ix_entry_queue", table_name="entry")
    op.create_index("ix_entry_state_received_at", "entry", ["state", "received_at"], unique=False)
