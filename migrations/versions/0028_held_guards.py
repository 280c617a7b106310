"""What is held back stays as it was approved: only its days move, and it ends once.

Its guards are those of findings (0011, which also made ``refuse_change``), but for the moments
that are reckoned anew while bodies are asked, and for its end.
"""

from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

LASTING = ("id", "revision_id", "promise_id", "place_id", "month", "rating", "days", "held_at")
SAME = "SELECT 1 FROM held_finding WHERE id = NEW.id"


def upgrade() -> None:
    """Set the guards."""
    refuse = "BEGIN SELECT RAISE(ABORT, 'held_finding is append-only'); END"
    if op.get_bind().dialect.name == "sqlite":
        changed = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in (*LASTING, "content"))
        op.execute(
            "CREATE TRIGGER held_finding_no_update BEFORE UPDATE ON held_finding "
            f"WHEN {_is_over()} OR {changed} {refuse}"
        )
        op.execute(f"CREATE TRIGGER held_finding_no_delete BEFORE DELETE ON held_finding {refuse}")
        op.execute(
            "CREATE TRIGGER held_finding_no_replace BEFORE INSERT ON held_finding "
            f"WHEN EXISTS ({SAME}) {refuse}"
        )
        return
    columns = (*LASTING, "content::text")
    changed = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in columns)
    run = "EXECUTE FUNCTION refuse_change()"
    op.execute(
        "CREATE TRIGGER held_finding_no_change BEFORE UPDATE ON held_finding "
        f"FOR EACH ROW WHEN ({_is_over()} OR {changed}) {run}"
    )
    op.execute(
        f"CREATE TRIGGER held_finding_no_delete BEFORE DELETE ON held_finding FOR EACH ROW {run}"
    )
    op.execute(
        "CREATE TRIGGER held_finding_no_truncate BEFORE TRUNCATE ON held_finding "
        f"FOR EACH STATEMENT {run}"
    )


def downgrade() -> None:
    """Take the guards away."""
    if op.get_bind().dialect.name == "sqlite":
        for step in ("update", "delete", "replace"):
            op.execute(f"DROP TRIGGER held_finding_no_{step}")
        return
    for step in ("change", "delete", "truncate"):
        op.execute(f"DROP TRIGGER held_finding_no_{step} ON held_finding")


def _is_over() -> str:
    """It was published or fell away, or is to have a number and go on waiting."""
    return "OLD.ended_at IS NOT NULL OR (NEW.finding_number IS NOT NULL AND NEW.ended_at IS NULL)"
