"""The package of each month's end, kept for good: the database refuses to change or delete it."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

TABLE = "month_package"
#: What would replace a row, rather than stand beside it.
SAME = "SELECT 1 FROM month_package WHERE cycle_id = NEW.cycle_id AND month = NEW.month"


def upgrade() -> None:
    """Make the table, empty: the worker packs the months that are over, and says on which day."""
    op.create_table(
        TABLE,
        sa.Column("cycle_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("methodology", sa.String(length=16), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycle.id"], name=op.f("fk_month_package_cycle_id_cycle")
        ),
        sa.PrimaryKeyConstraint("cycle_id", "month", name=op.f("pk_month_package")),
    )
    if op.get_bind().dialect.name == "sqlite":
        _refuse("update", "UPDATE")
        _refuse("delete", "DELETE")
        _refuse("replace", "INSERT", f"WHEN EXISTS ({SAME})")
        return
    op.execute(
        f"CREATE TRIGGER {TABLE}_no_change BEFORE UPDATE OR DELETE ON {TABLE} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        f"CREATE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def _refuse(name: str, step: str, when: str = "") -> None:
    op.execute(
        f"CREATE TRIGGER {TABLE}_no_{name} BEFORE {step} ON {TABLE} {when} "
        f"BEGIN SELECT RAISE(ABORT, '{TABLE} is append-only'); END"
    )


def downgrade() -> None:
    """Forget which packages of months there were; their files go from the store after a while."""
    op.drop_table(TABLE)
