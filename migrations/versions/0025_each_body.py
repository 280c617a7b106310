"""Each body has days of its own, and a reply can be accepted before its finding is published.

SQLite makes a table anew to change it, and loses its guards by that: they are set again.
"""

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

RULING = "ck_reply_ruling_ruling"
HELD = "fk_reply_ruling_held_id_held_finding"
GUARDS = {
    "update": "BEFORE UPDATE ON reply_ruling",
    "delete": "BEFORE DELETE ON reply_ruling",
    "replace": "BEFORE INSERT ON reply_ruling WHEN EXISTS "
    "(SELECT 1 FROM reply_ruling WHERE id = NEW.id OR reply_id = NEW.reply_id)",
}

BEFORE = ("publish", "decline")
AFTER = (*BEFORE, "set_aside")
GROUNDS = ("insult", "personal", "off_topic")


def rulings(words: tuple[str, ...], *later: sa.Column[int]) -> sa.Table:
    """The table of decisions on replies: SQLite has to be told the whole of it."""
    return sa.Table(
        "reply_ruling",
        sa.MetaData(),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reply_id", sa.Integer(), nullable=False),
        sa.Column("ruling", sa.String(length=32), nullable=False),
        sa.Column("ground", sa.String(length=32), nullable=True),
        sa.Column("reason", sa.String(length=600), nullable=False),
        sa.Column("finding_number", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        *later,
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_reply_ruling_by_id_user")),
        sa.ForeignKeyConstraint(
            ["finding_number"],
            ["finding.number"],
            name=op.f("fk_reply_ruling_finding_number_finding"),
        ),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["reply.id"], name=op.f("fk_reply_ruling_reply_id_reply")
        ),
        *(
            sa.ForeignKeyConstraint([one.name], ["held_finding.id"], name=op.f(HELD))
            for one in later
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply_ruling")),
        sa.UniqueConstraint("reply_id", name=op.f("uq_reply_ruling_reply_id")),
        sa.CheckConstraint(one_of("ruling", words), name=op.f(RULING)),
        sa.CheckConstraint(one_of("ground", GROUNDS), name=op.f("ck_reply_ruling_ground")),
        sa.Index(op.f("ix_reply_ruling_finding_number"), "finding_number"),
    )


def one_of(column: str, words: tuple[str, ...]) -> str:
    """The condition that a column holds one of these words."""
    listed = ", ".join(f"'{word}'" for word in words)
    return f"{column} IN ({listed})"


def change_words(table: BatchOperations, words: tuple[str, ...]) -> None:
    """Let other words be the rulings."""
    table.drop_constraint(op.f(RULING), type_="check")
    table.create_check_constraint(op.f(RULING), one_of("ruling", words))


def upgrade() -> None:
    """Say of each link when its body was told, and of each decision what it waits for."""
    op.add_column("reply_link", sa.Column("told_at", sa.DateTime(timezone=True), nullable=True))
    # A link with a salt is a letter that is still on its way.
    op.execute("UPDATE reply_link SET told_at = made_at WHERE salt = ''")
    with op.batch_alter_table("reply_ruling", copy_from=rulings(BEFORE)) as ruling:
        change_words(ruling, AFTER)
        ruling.add_column(sa.Column("held_id", sa.Integer(), nullable=True))
        ruling.create_foreign_key(op.f(HELD), "held_finding", ["held_id"], ["id"])
    op.create_index(op.f("ix_reply_ruling_held_id"), "reply_ruling", ["held_id"], unique=False)
    _guard()


def downgrade() -> None:
    """Take both back: what was set aside waits again for a ruling."""
    _unguard()
    op.execute("DELETE FROM reply_ruling WHERE ruling = 'set_aside'")
    op.drop_index(op.f("ix_reply_ruling_held_id"), table_name="reply_ruling")
    later = sa.Column("held_id", sa.Integer(), nullable=True)
    with op.batch_alter_table("reply_ruling", copy_from=rulings(AFTER, later)) as ruling:
        change_words(ruling, BEFORE)
        ruling.drop_constraint(op.f(HELD), type_="foreignkey")
        ruling.drop_column("held_id")
    op.drop_column("reply_link", "told_at")
    _guard()


def _unguard() -> None:
    """SQLite's guards go with the table they stand on."""
    if op.get_bind().dialect.name == "sqlite":
        for step in GUARDS:
            op.execute(f"DROP TRIGGER reply_ruling_no_{step}")
    else:
        op.execute("ALTER TABLE reply_ruling DISABLE TRIGGER reply_ruling_no_change")


def _guard() -> None:
    """On PostgreSQL the guards of 0021 stay with the table."""
    if op.get_bind().dialect.name != "sqlite":
        op.execute("ALTER TABLE reply_ruling ENABLE TRIGGER reply_ruling_no_change")
        return
    for step, when in GUARDS.items():
        op.execute(
            f"CREATE TRIGGER reply_ruling_no_{step} {when} "
            "BEGIN SELECT RAISE(ABORT, 'reply_ruling is append-only'); END"
        )
