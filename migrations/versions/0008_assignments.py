"""Who monitors what, where and when."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "assignment",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("mobilizer_id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("promise_id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("first_month", sa.Date(), nullable=False),
        sa.Column("last_month", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=600), nullable=False),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycle.id"], name=op.f("fk_assignment_cycle_id_cycle")
        ),
        sa.ForeignKeyConstraint(
            ["mentor_id"], ["user.id"], name=op.f("fk_assignment_mentor_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["mobilizer_id"], ["user.id"], name=op.f("fk_assignment_mobilizer_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_assignment_place_id_place")
        ),
        sa.ForeignKeyConstraint(
            ["promise_id"], ["promise.id"], name=op.f("fk_assignment_promise_id_promise")
        ),
        sa.ForeignKeyConstraint(
            ["region_id"], ["place.id"], name=op.f("fk_assignment_region_id_place")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
    )
    op.create_index(
        "ix_assignment_cycle_mobilizer", "assignment", ["cycle_id", "mobilizer_id"], unique=False
    )
    op.create_index(op.f("ix_assignment_mentor_id"), "assignment", ["mentor_id"], unique=False)
    op.create_index(
        op.f("ix_assignment_mobilizer_id"), "assignment", ["mobilizer_id"], unique=False
    )
    op.create_index(
        "ix_assignment_promise_place", "assignment", ["promise_id", "place_id"], unique=False
    )
    op.create_index(op.f("ix_assignment_region_id"), "assignment", ["region_id"], unique=False)


def downgrade() -> None:
    """Drop them."""
    op.drop_index(op.f("ix_assignment_region_id"), table_name="assignment")
    op.drop_index("ix_assignment_promise_place", table_name="assignment")
    op.drop_index(op.f("ix_assignment_mobilizer_id"), table_name="assignment")
    op.drop_index(op.f("ix_assignment_mentor_id"), table_name="assignment")
    op.drop_index("ix_assignment_cycle_mobilizer", table_name="assignment")
    op.drop_table("assignment")
