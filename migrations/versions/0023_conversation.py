"""Comments that ask and are resolved, replies, mentions, who has looked, and the mentor's log."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

KINDS = ("due", "returned", "decided", "handed_over")


def upgrade() -> None:
    """Let comments ask, answer and be resolved; make the tables."""
    with op.batch_alter_table("comment") as comment:
        comment.add_column(sa.Column("reply_to_id", sa.Integer(), nullable=True))
        comment.add_column(
            sa.Column("asks", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        comment.add_column(sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True))
        comment.add_column(sa.Column("resolved_by_id", sa.Integer(), nullable=True))
        comment.add_column(sa.Column("resolved_in_id", sa.Integer(), nullable=True))
        comment.add_column(
            sa.Column("was_answered", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        comment.create_foreign_key(
            op.f("fk_comment_reply_to_id_comment"), "comment", ["reply_to_id"], ["id"]
        )
        comment.create_foreign_key(
            op.f("fk_comment_resolved_by_id_user"), "user", ["resolved_by_id"], ["id"]
        )
        comment.create_foreign_key(
            op.f("fk_comment_resolved_in_id_revision"), "revision", ["resolved_in_id"], ["id"]
        )
    _say_what_asked()
    op.create_table(
        "thread_look",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.String(length=36), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_thread_look_user_id_user"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_thread_look_entry_id_entry")
        ),
        sa.PrimaryKeyConstraint("user_id", "entry_id", name=op.f("pk_thread_look")),
    )
    op.create_table(
        "mention",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("promise_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_mention_comment_id_comment")
        ),
        sa.ForeignKeyConstraint(
            ["promise_id"], ["promise.id"], name=op.f("fk_mention_promise_id_promise")
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_mention_entry_id_entry")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mention")),
    )
    for column in ("comment_id", "promise_id", "entry_id"):
        op.create_index(op.f(f"ix_mention_{column}"), "mention", [column], unique=False)
    op.create_table(
        "meeting",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("mobilizer_id", sa.Integer(), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("advice", sa.String(length=4000), nullable=False),
        sa.Column("next_step", sa.String(length=600), nullable=False),
        sa.Column("next_step_on", sa.Date(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_meeting_cycle_id_cycle")),
        sa.ForeignKeyConstraint(["mentor_id"], ["user.id"], name=op.f("fk_meeting_mentor_id_user")),
        sa.ForeignKeyConstraint(
            ["mobilizer_id"], ["user.id"], name=op.f("fk_meeting_mobilizer_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
    )
    for column in ("cycle_id", "mentor_id", "mobilizer_id"):
        op.create_index(op.f(f"ix_meeting_{column}"), "meeting", [column], unique=False)
    _offer(*KINDS, "message")


def downgrade() -> None:
    """Drop them; what was said stays."""
    op.execute("DELETE FROM reminder_choice WHERE kind = 'message'")
    _offer(*KINDS)
    op.drop_table("meeting")
    op.drop_table("mention")
    op.drop_table("thread_look")
    with op.batch_alter_table("comment") as comment:
        for name in ("reply_to_id_comment", "resolved_by_id_user", "resolved_in_id_revision"):
            comment.drop_constraint(op.f(f"fk_comment_{name}"), type_="foreignkey")
        for name in ("was_answered", "resolved_in_id", "resolved_by_id", "resolved_at", "asks"):
            comment.drop_column(name)
        comment.drop_column("reply_to_id")


def _say_what_asked() -> None:
    """What came with a return asked for something; the next version has answered it."""
    op.execute(
        sa.text(
            "UPDATE comment SET asks = true WHERE EXISTS (SELECT 1 FROM decision"
            " WHERE decision.revision_id = comment.revision_id"
            " AND decision.by_id = comment.author_id AND decision.verdict = 'return')"
        )
    )
    comment = sa.table(
        "comment",
        *(sa.column(name) for name in ("revision_id", "resolved_in_id", "resolved_by_id")),
        sa.column("resolved_at", sa.DateTime(timezone=True)),
        sa.column("asks", sa.Boolean()),
    )
    revision = sa.table(
        "revision",
        *(sa.column(name) for name in ("id", "entry_id", "number", "author_id")),
        sa.column("received_at", sa.DateTime(timezone=True)),
    )
    seen, after = revision.alias("seen"), revision.alias("after")
    of_it = (
        sa.select()
        .where(
            seen.c.id == comment.c.revision_id,
            after.c.entry_id == seen.c.entry_id,
            after.c.number == seen.c.number + 1,
        )
        .correlate(comment)
    )
    columns = {"resolved_in_id": "id", "resolved_by_id": "author_id", "resolved_at": "received_at"}
    told = {name: of_it.add_columns(after.c[of]).scalar_subquery() for name, of in columns.items()}
    op.execute(comment.update().where(comment.c.asks).values(told))


def _offer(*kinds: str) -> None:
    """Make the table of choices anew with these kinds: SQLite changes no check of a column."""
    database = op.get_bind()
    rows = database.execute(sa.text("SELECT user_id, kind, way, is_on FROM reminder_choice"))
    kept = [dict(row) for row in rows.mappings()]
    op.drop_table("reminder_choice")
    choice = op.create_table(
        "reminder_choice",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                *kinds, name="reminderkind", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "way",
            sa.Enum(
                "email", "push", name="way", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user.id"],
            name=op.f("fk_reminder_choice_user_id_user"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("user_id", "kind", "way", name=op.f("pk_reminder_choice")),
    )
    if kept:
        op.bulk_insert(choice, [{**row, "is_on": bool(row["is_on"])} for row in kept])
