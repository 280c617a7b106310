"""Every row of the log is bound to the one before it; what is there is bound in order of id."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

# The form is the same for ever, so it is taken from where it is kept.
from mobilizer.audit.rules import Step, canonical
from mobilizer.audit.rules import seals as sealed

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

STRIDE = 1000
EVENT = sa.table(
    "audit_event",
    sa.column("id", sa.Integer),
    sa.column("at", sa.DateTime(timezone=True)),
    sa.column("by_id", sa.Integer),
    sa.column("verb", sa.String),
    sa.column("subject_kind", sa.String),
    sa.column("subject_key", sa.String),
    sa.column("details", sa.JSON),
    sa.column("phone_time", sa.DateTime(timezone=True)),
)
#: SQLite lets REPLACE delete without asking the guard of deletion, unless told otherwise.
REPLACING = {
    "audit_event": "SELECT 1 FROM audit_event WHERE id = NEW.id",
    "audit_seal": "SELECT 1 FROM audit_seal WHERE number = NEW.number "
    "OR event_id = NEW.event_id OR hash = NEW.hash",
}


def upgrade() -> None:
    """Make the table, seal what was logged, set the guards."""
    table = op.create_table(
        "audit_seal",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["audit_event.id"], name=op.f("fk_audit_seal_event_id_audit_event")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_seal")),
        sa.UniqueConstraint("event_id", name=op.f("uq_audit_seal_event_id")),
        sa.UniqueConstraint("hash", name=op.f("uq_audit_seal_hash")),
    )
    newest = None
    for steps in _logged():
        bound = list(sealed(((step.id, canonical(step)) for step in steps), after=newest))
        op.get_bind().execute(sa.insert(table), [asdict(seal) for seal in bound])
        newest = bound[-1]
    _guard()


def downgrade() -> None:
    """Take the seals away; the rows stay, with their guards of before."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER audit_event_no_replace")
    op.drop_table("audit_seal")


def _logged() -> Iterator[list[Step]]:
    """All rows, some at a time."""
    after = 0
    while True:
        some = sa.select(*EVENT.columns).where(EVENT.c.id > after).order_by(EVENT.c.id)
        rows = op.get_bind().execute(some.limit(STRIDE)).mappings().all()
        if not rows:
            return
        yield [
            Step(**{**row, "at": _utc(row["at"]), "phone_time": _utc(row["phone_time"])})
            for row in rows
        ]
        after = rows[-1]["id"]


def _utc(moment: datetime | None) -> Any:
    """SQLite keeps no zone."""
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment


def _guard() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER audit_seal_no_change BEFORE UPDATE OR DELETE ON audit_seal "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(
            "CREATE TRIGGER audit_seal_no_truncate BEFORE TRUNCATE ON audit_seal "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
        return
    for step in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_seal_no_{step.lower()} BEFORE {step} ON audit_seal "
            "BEGIN SELECT RAISE(ABORT, 'audit_seal is append-only'); END"
        )
    for table, same in REPLACING.items():
        op.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
            f"WHEN EXISTS ({same}) "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
