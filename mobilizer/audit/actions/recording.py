"""Writing the log. The caller commits, so that a step and its record stand or fall together."""

from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import inspect

from mobilizer.audit.models import AuditEvent, Vouched
from mobilizer.audit.rules import hashes
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
    vouches: Vouched | None = None,
    **details: Any,
) -> None:
    """Note that somebody took a step on a record.

    Args:
        by: the person; None for the system itself, such as a command of the operator.
        verb: the step, such as ``entry.approve``.
        subject: the record; flushed here if it has no key yet.
        phone_time: when the person's own clock said it was.
        vouches: the record that came into being by this step, or was changed: its content is
            told, as hashes.
        details: what changed, in plain JSON values.
    """
    if vouches is not None:
        db.session.flush()
        details["content"] = _told(vouches)
    state = inspect(subject)
    if state.identity is None:
        db.session.flush()
    event = AuditEvent(
        at=clock.now(),
        by_id=by.id if by is not None else None,
        verb=verb,
        subject_kind=subject.__tablename__,
        subject_key=_key(subject),
        details=details,
        phone_time=phone_time,
    )
    db.session.add(event)


def _told(record: Vouched) -> dict[str, str]:
    """What a step tells of the record it made: which it is, and the hashes of its content."""
    return {"of": record.__tablename__, "key": _key(record), **hashes(record.as_told())}


def _key(record: Base | Vouched) -> str:
    return ":".join(str(part) for part in inspect(record).identity or ())
