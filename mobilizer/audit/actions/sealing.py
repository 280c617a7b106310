"""Binding each row of the log to the one before it, as the last thing a transaction does.

Whoever seals is alone until the commit is through, and after the seal asks for nothing but to raise
the publication's number: so nobody waits for longer than a commit takes, and two can never wait for
each other.
docs/decisions/audit.md says what else was weighed.
"""

from collections.abc import Iterable
from dataclasses import asdict

from sqlalchemy import Connection, event, insert, text
from sqlalchemy.orm import Mapper, Session, SessionTransaction, object_session

from mobilizer.audit.models import AuditEvent, AuditSeal
from mobilizer.audit.queries import head, steps
from mobilizer.audit.rules import canonical, seals

#: The number under which PostgreSQL lets one transaction at a time seal; the last that is taken.
SEAL_LOCK = 7_301_023
_WRITTEN = "rows of the log written in this transaction"


@event.listens_for(Session, "after_transaction_create")
def _begin(session: Session, transaction: SessionTransaction) -> None:
    """Nothing is written yet, however the transaction before ended."""
    if transaction.parent is None:
        session.info.pop(_WRITTEN, None)


@event.listens_for(AuditEvent, "after_insert")
def _note(_: Mapper[AuditEvent], __: Connection, row: AuditEvent) -> None:
    """Remember which rows are to be sealed."""
    session = object_session(row)
    if session is not None:
        session.info.setdefault(_WRITTEN, set()).add(row.id)


@event.listens_for(Session, "before_commit")
def _seal(session: Session) -> None:
    """Seal what this transaction wrote. A savepoint that ends is no end yet."""
    if session.in_nested_transaction():
        return
    session.flush()
    written: Iterable[int] = session.info.pop(_WRITTEN, ())
    # As they are stored, and without those that a savepoint took back.
    rows = {step.id: canonical(step) for step in steps(session, written)}
    if not rows:
        return
    if session.connection().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": SEAL_LOCK})
    bound = seals(sorted(rows.items()), after=head(session))
    session.execute(insert(AuditSeal), [asdict(seal) for seal in bound])
