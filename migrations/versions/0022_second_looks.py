"""Second looks: what is drawn for a second mentor, and by which seed."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

RATINGS = (
    "kept",
    "partly_kept",
    "in_progress",
    "stalled",
    "not_started",
    "broken",
    "cannot_be_rated",
    "not_yet_rated",
)


def upgrade() -> None:
    """Make the table; give every cycle a share and a seed of its own."""
    share = sa.Column("second_share", sa.Integer(), nullable=False, server_default="10")
    seed = sa.Column("drawing_seed", sa.String(length=64), nullable=False, server_default="")
    op.add_column("cycle", share)
    op.add_column("cycle", seed)
    _seed_cycles()
    op.create_table(
        "second_look",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("coder_id", sa.Integer(), nullable=True),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "rating",
            sa.Enum(*RATINGS, name="rating", native_enum=False, create_constraint=True, length=32),
            nullable=True,
        ),
        sa.Column("reason", sa.String(length=600), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["coder_id"], ["user.id"], name=op.f("fk_second_look_coder_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_second_look_revision_id_revision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_look")),
        sa.UniqueConstraint("revision_id", name=op.f("uq_second_look_revision_id")),
    )
    op.create_index(op.f("ix_second_look_coder_id"), "second_look", ["coder_id"], unique=False)


def downgrade() -> None:
    """Forget them."""
    op.drop_index(op.f("ix_second_look_coder_id"), table_name="second_look")
    op.drop_table("second_look")
    op.drop_column("cycle", "drawing_seed")
    op.drop_column("cycle", "second_share")


def _seed_cycles() -> None:
    """What nobody can guess, for each cycle that is there."""
    cycle = sa.table("cycle", sa.column("id"), sa.column("drawing_seed"))
    there = op.get_bind()
    for (key,) in there.execute(sa.select(cycle.c.id)).all():
        seeded = cycle.update().where(cycle.c.id == key)
        there.execute(seeded.values(drawing_seed=secrets.token_hex(32)))
