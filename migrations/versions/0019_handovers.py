"""Which assignment goes on with which, and whether people want to be told of it."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

BEFORE = ("due", "returned", "decided")
AFTER = (*BEFORE, "handed_over")
WAYS = ("email", "push")


def choices(kinds: tuple[str, ...]) -> sa.Table:
    """The table of what people switched on and off: SQLite has to be told the whole of it."""
    return sa.Table(
        "reminder_choice",
        sa.MetaData(),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("way", sa.String(length=32), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user.id"],
            name=op.f("fk_reminder_choice_user_id_user"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("user_id", "kind", "way", name=op.f("pk_reminder_choice")),
        sa.CheckConstraint(one_of("kind", kinds), name=op.f("ck_reminder_choice_reminderkind")),
        sa.CheckConstraint(one_of("way", WAYS), name=op.f("ck_reminder_choice_way")),
    )


def one_of(column: str, words: tuple[str, ...]) -> str:
    """The condition that a column holds one of these words."""
    listed = ", ".join(f"'{word}'" for word in words)
    return f"{column} IN ({listed})"


def change_kinds(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    """Let other words be the kinds of reminders."""
    with op.batch_alter_table("reminder_choice", copy_from=choices(before)) as table:
        table.drop_constraint(op.f("ck_reminder_choice_reminderkind"), type_="check")
        table.create_check_constraint(
            op.f("ck_reminder_choice_reminderkind"), one_of("kind", after)
        )


def upgrade() -> None:
    """Make the table, and the new kind of reminder."""
    op.create_table(
        "handover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ended_id", sa.String(length=36), nullable=False),
        sa.Column("begun_id", sa.String(length=36), nullable=False),
        sa.Column("first_month", sa.Date(), nullable=False),
        sa.Column("was_until", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=600), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["begun_id"], ["assignment.id"], name=op.f("fk_handover_begun_id_assignment")
        ),
        sa.ForeignKeyConstraint(
            ["ended_id"], ["assignment.id"], name=op.f("fk_handover_ended_id_assignment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
        sa.UniqueConstraint("begun_id", name=op.f("uq_handover_begun_id")),
        sa.UniqueConstraint("ended_id", name=op.f("uq_handover_ended_id")),
    )
    change_kinds(BEFORE, AFTER)


def downgrade() -> None:
    """Drop it, and what people chose of that kind."""
    op.execute(sa.text("DELETE FROM reminder_choice WHERE kind = 'handed_over'"))
    change_kinds(AFTER, BEFORE)
    op.drop_table("handover")
