"""The right of reply: held findings, links, replies and what was decided on them.

Replies and decisions on them are append-only, like findings.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

GUARDED = ("reply", "reply_ruling")


def upgrade() -> None:
    """Make the tables and guard two of them."""
    # Whoever ran a cycle before published at once.
    op.add_column(
        "cycle", sa.Column("reply_days", sa.Integer(), nullable=False, server_default="0")
    )
    op.create_table(
        "party_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycle.id"], name=op.f("fk_party_contact_cycle_id_cycle")
        ),
        sa.ForeignKeyConstraint(
            ["party_id"], ["party.id"], name=op.f("fk_party_contact_party_id_party")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_contact")),
        sa.UniqueConstraint(
            "cycle_id", "party_id", name=op.f("uq_party_contact_cycle_id_party_id")
        ),
    )
    op.create_table(
        "held_finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
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
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("publish_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finding_number", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["finding_number"],
            ["finding.number"],
            name=op.f("fk_held_finding_finding_number_finding"),
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_held_finding_place_id_place")
        ),
        sa.ForeignKeyConstraint(
            ["promise_id"], ["promise.id"], name=op.f("fk_held_finding_promise_id_promise")
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_held_finding_revision_id_revision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_finding")),
    )
    op.create_index(
        op.f("ix_held_finding_promise_id"), "held_finding", ["promise_id"], unique=False
    )
    op.create_index(
        op.f("ix_held_finding_revision_id"), "held_finding", ["revision_id"], unique=False
    )
    op.create_table(
        "reply_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("promise_id", sa.Integer(), nullable=False),
        sa.Column("finding_number", sa.Integer(), nullable=True),
        sa.Column("held_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "party",
                "institution",
                name="addresseekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("addressee", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.Column("invited_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("forgone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["finding_number"],
            ["finding.number"],
            name=op.f("fk_reply_link_finding_number_finding"),
        ),
        sa.ForeignKeyConstraint(
            ["held_id"], ["held_finding.id"], name=op.f("fk_reply_link_held_id_held_finding")
        ),
        sa.ForeignKeyConstraint(
            ["invited_by_id"], ["user.id"], name=op.f("fk_reply_link_invited_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["promise_id"], ["promise.id"], name=op.f("fk_reply_link_promise_id_promise")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_reply_link_token_hash")),
    )
    op.create_index(op.f("ix_reply_link_held_id"), "reply_link", ["held_id"], unique=False)
    op.create_index(op.f("ix_reply_link_promise_id"), "reply_link", ["promise_id"], unique=False)
    op.create_table(
        "reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(length=200), nullable=False),
        sa.Column("function", sa.String(length=120), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_id"], ["reply_link.id"], name=op.f("fk_reply_link_id_reply_link")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply")),
        sa.UniqueConstraint("link_id", name=op.f("uq_reply_link_id")),
    )
    op.create_table(
        "reply_ruling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reply_id", sa.Integer(), nullable=False),
        sa.Column(
            "ruling",
            sa.Enum(
                "publish",
                "decline",
                name="ruling",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "ground",
            sa.Enum(
                "insult",
                "personal",
                "off_topic",
                name="ground",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("reason", sa.String(length=600), nullable=False),
        sa.Column("finding_number", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_reply_ruling_by_id_user")),
        sa.ForeignKeyConstraint(
            ["finding_number"],
            ["finding.number"],
            name=op.f("fk_reply_ruling_finding_number_finding"),
        ),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["reply.id"], name=op.f("fk_reply_ruling_reply_id_reply")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply_ruling")),
        sa.UniqueConstraint("reply_id", name=op.f("uq_reply_ruling_reply_id")),
    )
    op.create_index(
        op.f("ix_reply_ruling_finding_number"), "reply_ruling", ["finding_number"], unique=False
    )
    _guard()


def downgrade() -> None:
    """Drop it all."""
    if op.get_bind().dialect.name == "postgresql":
        for table in GUARDED:
            op.execute(f"DROP TRIGGER {table}_no_truncate ON {table}")
            op.execute(f"DROP TRIGGER {table}_no_change ON {table}")
    else:
        for table in GUARDED:
            for step in ("update", "delete"):
                op.execute(f"DROP TRIGGER {table}_no_{step}")
    for table in ("reply_ruling", "reply", "reply_link", "held_finding", "party_contact"):
        op.drop_table(table)
    op.drop_column("cycle", "reply_days")


def _guard() -> None:
    """The same guards as findings have (0011, which also made ``refuse_change``)."""
    for table in GUARDED:
        if op.get_bind().dialect.name == "sqlite":
            for step in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{step.lower()} BEFORE {step} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
            continue
        op.execute(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
