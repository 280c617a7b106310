"""Which data package of each cycle is kept; what comes in of replies and agreement."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; the worker fills the one of packages."""
    op.create_table(
        "kept_package",
        sa.Column("cycle_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("publication", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycle.id"], name=op.f("fk_kept_package_cycle_id_cycle")
        ),
        sa.PrimaryKeyConstraint("cycle_id", name=op.f("pk_kept_package")),
    )
    op.create_table(
        "taken_figures",
        sa.Column("cycle_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("row", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycle.id"], name=op.f("fk_taken_figures_cycle_id_cycle")
        ),
        sa.PrimaryKeyConstraint("cycle_id", name=op.f("pk_taken_figures")),
    )
    op.add_column(
        "reply_link", sa.Column("taken_version_at", sa.DateTime(timezone=True), nullable=True)
    )


def downgrade() -> None:
    """Forget them."""
    op.drop_column("reply_link", "taken_version_at")
    op.drop_table("taken_figures")
    op.drop_table("kept_package")
