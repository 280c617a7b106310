"""Salts for second looks and evidence, whose hashes the log tells; the hashes of all copies.

A second look, once given, the database keeps as it is (``refuse_change`` is 0011's). What was
there before has no salt, no hashes, and no step that tells of it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

GIVEN = "OLD.given_at IS NOT NULL"
SALTED = ("second_look", "evidence")
SAME = "SELECT 1 FROM second_look WHERE id = NEW.id OR revision_id = NEW.revision_id"


def upgrade() -> None:
    """Add the columns, and set the guards."""
    for table in SALTED:
        salt = sa.Column("salt", sa.String(length=36), nullable=False, server_default="")
        op.add_column(table, salt)
    op.add_column("media", sa.Column("copies", sa.JSON(), nullable=False, server_default="{}"))
    if op.get_bind().dialect.name == "sqlite":
        moved = "OLD.id IS NOT NEW.id OR OLD.revision_id IS NOT NEW.revision_id"
        for step, when in {
            "update": f"BEFORE UPDATE ON second_look WHEN {GIVEN} OR {moved}",
            "delete": f"BEFORE DELETE ON second_look WHEN {GIVEN}",
            "replace": f"BEFORE INSERT ON second_look WHEN EXISTS ({SAME})",
        }.items():
            op.execute(
                f"CREATE TRIGGER second_look_no_{step} {when} "
                "BEGIN SELECT RAISE(ABORT, 'second_look is append-only'); END"
            )
        return
    moved = "OLD.id <> NEW.id OR OLD.revision_id <> NEW.revision_id"
    for step, when in {
        "change": f"BEFORE UPDATE ON second_look FOR EACH ROW WHEN ({GIVEN} OR {moved})",
        "delete": f"BEFORE DELETE ON second_look FOR EACH ROW WHEN ({GIVEN})",
        "truncate": "BEFORE TRUNCATE ON second_look FOR EACH STATEMENT",
    }.items():
        op.execute(f"CREATE TRIGGER second_look_no_{step} {when} EXECUTE FUNCTION refuse_change()")


def downgrade() -> None:
    """Take them away."""
    if op.get_bind().dialect.name == "sqlite":
        for step in ("update", "delete", "replace"):
            op.execute(f"DROP TRIGGER second_look_no_{step}")
    else:
        for step in ("change", "delete", "truncate"):
            op.execute(f"DROP TRIGGER second_look_no_{step} ON second_look")
    op.drop_column("media", "copies")
    for table in SALTED:
        op.drop_column(table, "salt")
