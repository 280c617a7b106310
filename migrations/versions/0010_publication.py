"""Decisions and published findings."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "approve",
                "return",
                "reject",
                name="verdict",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_decision_by_id_user")),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_decision_revision_id_revision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("revision_id", name=op.f("uq_decision_revision_id")),
    )
    op.create_index(op.f("ix_decision_by_id"), "decision", ["by_id"], unique=False)
    op.create_table(
        "finding",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("promise_id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column(
            "rating",
            sa.Enum(
                "kept",
                "partly_kept",
                "in_progress",
                "stalled",
                "not_started",
                "broken",
                "cannot_be_rated",
                "not_yet_rated",
                name="rating",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=True),
        sa.Column("imported_from", sa.String(length=120), nullable=False),
        sa.Column("corrects", sa.Integer(), nullable=True),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["corrects"], ["finding.number"], name=op.f("fk_finding_corrects_finding")
        ),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_finding_cycle_id_cycle")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_finding_place_id_place")),
        sa.ForeignKeyConstraint(
            ["promise_id"], ["promise.id"], name=op.f("fk_finding_promise_id_promise")
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_finding_revision_id_revision")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_finding")),
        sa.UniqueConstraint("hash", name=op.f("uq_finding_hash")),
    )
    op.create_index("ix_finding_cycle_number", "finding", ["cycle_id", "number"], unique=False)
    op.create_index(
        "ix_finding_latest", "finding", ["promise_id", "place_id", "month", "number"], unique=False
    )
    op.create_index(op.f("ix_finding_place_id"), "finding", ["place_id"], unique=False)
    op.create_index(op.f("ix_finding_revision_id"), "finding", ["revision_id"], unique=False)


def downgrade() -> None:
    """Drop them."""
    op.drop_index(op.f("ix_finding_revision_id"), table_name="finding")
    op.drop_index(op.f("ix_finding_place_id"), table_name="finding")
    op.drop_index("ix_finding_latest", table_name="finding")
    op.drop_index("ix_finding_cycle_number", table_name="finding")
    op.drop_table("finding")
    op.drop_index(op.f("ix_decision_by_id"), table_name="decision")
    op.drop_table("decision")
