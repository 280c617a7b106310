"""PostgreSQL learns that splitting a row's words is dear.

It took it for free, as it does its own functions, and read a small index row by row: once for each
of sixteen terms. SQLite has nothing to learn.
"""

from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

#: In PL/pgSQL, since a function in SQL is put into the query, and what it costs is forgotten. Not
#: for parallel plans: what the index answers is not worth starting a process for.
SPLIT = """
    CREATE FUNCTION findable_words(words text) RETURNS tsvector
    LANGUAGE plpgsql IMMUTABLE STRICT COST 1000
    AS $$ BEGIN RETURN array_to_tsvector(string_to_array(words, ' ')); END $$
"""


def upgrade() -> None:
    """Look words up by a function that says what it costs."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP INDEX findable_fts")
        op.execute(SPLIT)
        _index("findable_words(words)")


def downgrade() -> None:
    """Look them up by PostgreSQL's own functions."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP INDEX findable_fts")
        op.execute("DROP FUNCTION findable_words")
        _index("array_to_tsvector(string_to_array(words, ' '))")


def _index(of: str) -> None:
    op.execute(f"CREATE INDEX findable_fts ON findable USING gin ({of}) WITH (fastupdate = off)")
    # As migration 0033 says: the index is always the way.
    op.execute("ALTER INDEX findable_fts ALTER COLUMN 1 SET STATISTICS 0")
