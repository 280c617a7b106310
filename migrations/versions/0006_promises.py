"""Promises: their sources, exact words, places and indicators."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "programme",
                "government",
                "speech",
                "media",
                "other",
                name="sourcekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=True),
        sa.Column(
            "said_on_precision",
            sa.Enum(
                "day",
                "month",
                "year",
                "mandate",
                "none",
                name="precision",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("said_on_raw", sa.String(length=120), nullable=False),
        sa.Column("link", sa.String(length=2000), nullable=False),
        sa.Column("archive_link", sa.String(length=2000), nullable=False),
        sa.Column("copy_sha256", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_source_cycle_id_cycle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
    )
    op.create_index(op.f("ix_source_cycle_id"), "source", ["cycle_id"], unique=False)
    op.create_table(
        "promise",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("speaker", sa.String(length=120), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "central",
                "local",
                name="level",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("exact_words", sa.String(length=4000), nullable=False),
        sa.Column("titles", sa.JSON(), nullable=False),
        sa.Column("focus", sa.String(length=300), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("source_spot", sa.String(length=120), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column(
            "due_precision",
            sa.Enum(
                "day",
                "month",
                "year",
                "mandate",
                "none",
                name="precision",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("due_raw", sa.String(length=200), nullable=False),
        sa.Column("institution", sa.String(length=200), nullable=False),
        sa.Column("is_in_its_power", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "checked",
                "published",
                name="promisestate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "testability",
            sa.Enum(
                "testable",
                "not_testable",
                name="testability",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("testability_reason", sa.String(length=600), nullable=False),
        sa.Column("duplicate_of_id", sa.Integer(), nullable=True),
        sa.Column("became_link", sa.String(length=2000), nullable=False),
        sa.Column("origin", sa.String(length=80), nullable=False),
        sa.Column("origin_key", sa.String(length=120), nullable=True),
        sa.Column("logged_by_id", sa.Integer(), nullable=True),
        sa.Column("logged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["checked_by_id"], ["user.id"], name=op.f("fk_promise_checked_by_id_user")
        ),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_promise_cycle_id_cycle")),
        sa.ForeignKeyConstraint(
            ["duplicate_of_id"], ["promise.id"], name=op.f("fk_promise_duplicate_of_id_promise")
        ),
        sa.ForeignKeyConstraint(
            ["logged_by_id"], ["user.id"], name=op.f("fk_promise_logged_by_id_user")
        ),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_promise_party_id_party")),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_promise_source_id_source")
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_promise_topic_id_topic")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise")),
        sa.UniqueConstraint(
            "cycle_id", "origin", "origin_key", name=op.f("uq_promise_cycle_id_origin_origin_key")
        ),
        sa.UniqueConstraint("number", name=op.f("uq_promise_number")),
    )
    op.create_index("ix_promise_cycle_state", "promise", ["cycle_id", "state"], unique=False)
    op.create_index(op.f("ix_promise_logged_by_id"), "promise", ["logged_by_id"], unique=False)
    op.create_index(op.f("ix_promise_party_id"), "promise", ["party_id"], unique=False)
    op.create_index(op.f("ix_promise_published_at"), "promise", ["published_at"], unique=False)
    op.create_index(op.f("ix_promise_source_id"), "promise", ["source_id"], unique=False)
    op.create_index(op.f("ix_promise_topic_id"), "promise", ["topic_id"], unique=False)
    op.create_table(
        "indicator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("promise_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column(
            "unit",
            sa.Enum(
                "yes_no",
                "number",
                "percent",
                "denars",
                "euros",
                "kilometres",
                "steps",
                "other",
                name="unit",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("unit_name", sa.String(length=40), nullable=False),
        sa.Column("baseline", sa.String(length=60), nullable=False),
        sa.Column("baseline_on", sa.Date(), nullable=True),
        sa.Column("target", sa.String(length=60), nullable=False),
        sa.Column("methods", sa.JSON(), nullable=False),
        sa.Column("data_source", sa.String(length=300), nullable=False),
        sa.Column(
            "frequency",
            sa.Enum(
                "monthly",
                "quarterly",
                name="frequency",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["promise_id"], ["promise.id"], name=op.f("fk_indicator_promise_id_promise")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
        sa.UniqueConstraint(
            "promise_id", "position", name=op.f("uq_indicator_promise_id_position")
        ),
    )
    op.create_table(
        "promise_place",
        sa.Column("promise_id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_promise_place_place_id_place")
        ),
        sa.ForeignKeyConstraint(
            ["promise_id"], ["promise.id"], name=op.f("fk_promise_place_promise_id_promise")
        ),
        sa.PrimaryKeyConstraint("promise_id", "place_id", name=op.f("pk_promise_place")),
    )
    op.create_index(op.f("ix_promise_place_place_id"), "promise_place", ["place_id"], unique=False)
    op.create_table(
        "promise_word",
        sa.Column("promise_id", sa.Integer(), nullable=False),
        sa.Column(
            "word",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["promise_id"],
            ["promise.id"],
            name=op.f("fk_promise_word_promise_id_promise"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("promise_id", "word", name=op.f("pk_promise_word")),
    )
    op.create_index("ix_promise_word_word", "promise_word", ["word", "promise_id"], unique=False)


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_promise_word_word", table_name="promise_word")
    op.drop_table("promise_word")
    op.drop_index(op.f("ix_promise_place_place_id"), table_name="promise_place")
    op.drop_table("promise_place")
    op.drop_table("indicator")
    op.drop_index(op.f("ix_promise_topic_id"), table_name="promise")
    op.drop_index(op.f("ix_promise_source_id"), table_name="promise")
    op.drop_index(op.f("ix_promise_published_at"), table_name="promise")
    op.drop_index(op.f("ix_promise_party_id"), table_name="promise")
    op.drop_index(op.f("ix_promise_logged_by_id"), table_name="promise")
    op.drop_index("ix_promise_cycle_state", table_name="promise")
    op.drop_table("promise")
    op.drop_index(op.f("ix_source_cycle_id"), table_name="source")
    op.drop_table("source")
