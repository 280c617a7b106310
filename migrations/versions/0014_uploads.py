"""Photos and clips that come in pieces."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, and let media be clips."""
    op.add_column("media", sa.Column("duration", sa.Integer(), nullable=False, server_default="0"))
    # What was kept before this has no copies in WebP.
    op.add_column(
        "media", sa.Column("has_webp", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.create_table(
        "upload",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("evidence_id", sa.String(length=36), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "complete",
                "refused",
                name="uploadstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("fault", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["evidence_id"],
            ["evidence.id"],
            name=op.f("fk_upload_evidence_id_evidence"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
        sa.UniqueConstraint("evidence_id", name=op.f("uq_upload_evidence_id")),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("upload")
    op.drop_column("media", "has_webp")
    op.drop_column("media", "duration")
