"""The history of promises, and drafts of them."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "promise_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("promise_id", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("before", sa.String(length=4000), nullable=False),
        sa.Column("after", sa.String(length=4000), nullable=False),
        sa.Column("reason", sa.String(length=600), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_promise_change_by_id_user")),
        sa.ForeignKeyConstraint(
            ["promise_id"], ["promise.id"], name=op.f("fk_promise_change_promise_id_promise")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise_change")),
    )
    op.create_index(
        op.f("ix_promise_change_promise_id"), "promise_change", ["promise_id"], unique=False
    )
    op.create_table(
        "promise_draft",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("typed", sa.JSON(), nullable=False),
        sa.Column("changes_id", sa.Integer(), nullable=True),
        sa.Column("seen_version", sa.Integer(), nullable=True),
        sa.Column("promise_id", sa.Integer(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["user.id"], name=op.f("fk_promise_draft_author_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["changes_id"], ["promise.id"], name=op.f("fk_promise_draft_changes_id_promise")
        ),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycle.id"], name=op.f("fk_promise_draft_cycle_id_cycle")
        ),
        sa.ForeignKeyConstraint(
            ["promise_id"], ["promise.id"], name=op.f("fk_promise_draft_promise_id_promise")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise_draft")),
    )
    op.create_index(
        op.f("ix_promise_draft_author_id"), "promise_draft", ["author_id"], unique=False
    )
    op.create_index(
        op.f("ix_promise_draft_changes_id"), "promise_draft", ["changes_id"], unique=False
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_index(op.f("ix_promise_draft_changes_id"), table_name="promise_draft")
    op.drop_index(op.f("ix_promise_draft_author_id"), table_name="promise_draft")
    op.drop_table("promise_draft")
    op.drop_index(op.f("ix_promise_change_promise_id"), table_name="promise_change")
    op.drop_table("promise_change")
