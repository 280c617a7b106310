"""Writing the log. The caller commits, so that a step and its record stand or fall together."""

from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import inspect

from mobilizer.audit.models import AuditEvent
from mobilizer.core import clock
from mobilizer.core.database import Base, db


class Actor(Protocol):
    """Whoever can be named as the one who acted."""

    id: Any


def record(
    by: Actor | None,
    verb: str,
    subject: Base,
    *,
    phone_time: datetime | None = None,
    **details: Any,
) -> None:
    """Note that somebody took a step on a record.

    Args:
        by: the person; None for the system itself, such as a command of the operator.
        verb: the step, such as ``entry.approve``.
        subject: the record; flushed here if it has no key yet.
        phone_time: when the person's own clock said it was.
        details: what changed, in plain JSON values.
    """
    state = inspect(subject)
    if state.identity is None:
        db.session.flush()
    event = AuditEvent(
        at=clock.now(),
        by_id=by.id if by is not None else None,
        verb=verb,
        subject_kind=subject.__tablename__,
        subject_key=":".join(str(part) for part in inspect(subject).identity or ()),
        details=details,
        phone_time=phone_time,
    )
    db.session.add(event)
