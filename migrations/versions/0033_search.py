"""What the public searches: the folded words of published promises and of their findings.

SQLite looks them up by FTS5, PostgreSQL by a GIN index. Both hold what ``findable`` holds, by
themselves, in its transaction. Split at spaces and nothing else: the folding is ours.
"""

from collections import defaultdict

import sqlalchemy as sa
from alembic import op

from mobilizer.findings.rules.words import readable
from mobilizer.search.rules.words import FOUND, PROMISED, signed, spelled

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

#: So many promises are read at a time.
STRIDE = 1_000

SQLITE = (
    """
    CREATE VIRTUAL TABLE findable_fts USING fts5(
        words, content = 'findable', content_rowid = 'number', tokenize = "ascii tokenchars '+-'",
        detail = 'none', columnsize = 0, prefix = '4 5'
    )
    """,
    """
    CREATE TRIGGER findable_comes AFTER INSERT ON findable BEGIN
        INSERT INTO findable_fts (rowid, words) VALUES (new.number, new.words);
    END
    """,
    """
    CREATE TRIGGER findable_changes AFTER UPDATE ON findable BEGIN
        INSERT INTO findable_fts (findable_fts, rowid, words)
            VALUES ('delete', old.number, old.words);
        INSERT INTO findable_fts (rowid, words) VALUES (new.number, new.words);
    END
    """,
    """
    CREATE TRIGGER findable_goes AFTER DELETE ON findable BEGIN
        INSERT INTO findable_fts (findable_fts, rowid, words)
            VALUES ('delete', old.number, old.words);
    END
    """,
)
POSTGRESQL = (
    """
    CREATE INDEX findable_fts ON findable
        USING gin (array_to_tsvector(string_to_array(words, ' '))) WITH (fastupdate = off)
    """,
    # How common each word is, the planner need not know: the index is always the way, and a walk
    # through the table would take every row's words apart anew.
    "ALTER INDEX findable_fts ALTER COLUMN 1 SET STATISTICS 0",
)


def upgrade() -> None:
    """Make the index, and let it hold what is public by now."""
    op.create_table(
        "findable",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_findable")),
    )
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE if is_sqlite else POSTGRESQL:
        op.execute(statement)
    _fill()


def downgrade() -> None:
    """Take it away."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE findable_fts")
    op.drop_table("findable")


def _fill() -> None:
    """By the rules of the day of migrating: they are the ones that ask."""
    promise = sa.table(
        "promise",
        sa.column("id", sa.Integer),
        sa.column("number", sa.Integer),
        sa.column("state", sa.String),
        sa.column("exact_words", sa.String),
        sa.column("titles", sa.JSON),
        sa.column("speaker", sa.String),
        sa.column("institution", sa.String),
    )
    finding = sa.table(
        "finding", sa.column("promise_id", sa.Integer), sa.column("content", sa.JSON)
    )
    findable = sa.table("findable", sa.column("number"), sa.column("words"))
    bind = op.get_bind()
    public = sa.select(promise).where(promise.c.state == "published").order_by(promise.c.number)
    last = -1
    while rows := bind.execute(public.where(promise.c.number > last).limit(STRIDE)).all():
        last = rows[-1].number
        told = sa.select(finding).where(finding.c.promise_id.in_([row.id for row in rows]))
        found = defaultdict(set)
        for promise_id, content in bind.execute(told):
            found[promise_id] |= signed(readable(content), FOUND)
        kept = [
            {"number": row.number, "words": spelled(_promised(row), found[row.id])} for row in rows
        ]
        bind.execute(sa.insert(findable), kept)


def _promised(row: sa.Row[tuple[object, ...]]) -> frozenset[str]:
    said = (row.exact_words, *row.titles.values(), row.speaker, row.institution)
    return signed(said, PROMISED)
