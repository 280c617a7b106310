"""Who follows what, and the newest findings of a promise or place by an index alone."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

PACES = ("daily", "weekly", "monthly")
ABOUT = ("all", "topics", "parties", "regions", "municipalities", "promises")


def word(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    """Let the newest be found, and people follow."""
    op.create_index("ix_finding_promise_number", "finding", ["promise_id", "number"])
    op.create_index("ix_finding_place_number", "finding", ["place_id", "number"])
    op.create_table(
        "follower",
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("reach", sa.String(length=1000), nullable=False),
        sa.Column("p256dh", sa.String(length=120), nullable=False),
        sa.Column("auth", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("pace", word("pace", PACES), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_follower")),
        sa.UniqueConstraint("reach", name=op.f("uq_follower_reach")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_follower_token_hash")),
    )
    op.create_index("ix_follower_due", "follower", ["next_on", "uid"])
    op.create_table(
        "followed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("follower_uid", sa.String(length=36), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("about", word("about", ABOUT), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["follower_uid"],
            ["follower.uid"],
            name=op.f("fk_followed_follower_uid_follower"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycle.id"], name=op.f("fk_followed_cycle_id_cycle")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_followed")),
    )
    what = ["follower_uid", "cycle_id", "about", "code"]
    op.create_index("ix_followed_once", "followed", what, unique=True)
    op.create_table(
        "follow_wish",
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("about", word("about", ABOUT), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("pace", word("pace", PACES), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycle.id"], name=op.f("fk_follow_wish_cycle_id_cycle")
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_follow_wish")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_follow_wish_token_hash")),
    )
    op.create_index("ix_follow_wish_expires_at", "follow_wish", ["expires_at"])


def downgrade() -> None:
    """Forget who followed, and look through all again."""
    for table in ("follow_wish", "followed", "follower"):
        op.drop_table(table)
    op.drop_index("ix_finding_place_number", "finding")
    op.drop_index("ix_finding_promise_number", "finding")
