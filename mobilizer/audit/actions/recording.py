"""Writing the log. The caller commits, so that a step and its record stand or fall together."""

from collections.abc import Iterable
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
    vouches: Vouched | Iterable[Vouched] = (),
    removes: Vouched | None = None,
    **details: Any,
) -> None:
    """Note that somebody took a step on a record.

    Args:
        by: the person; None for the system itself, such as a command of the operator.
        verb: the step, such as ``entry.approve``.
        subject: the record; flushed here if it has no key yet.
        phone_time: when the person's own clock said it was.
        vouches: the records that came into being by this step, or were changed: their content
            is told, as hashes, as it is by now. What is still to be changed is told too early.
        removes: a record of that kind that goes with this step.
        details: what changed, in plain JSON values.
    """
    told = [vouches] if isinstance(vouches, Vouched) else list(vouches)
    if told:
        db.session.flush()
    contents = [_told(one) for one in told]
    if removes is not None:
        contents.append({**_named(removes), "gone": True})
    if contents:
        details["content"] = contents
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


def _told(record: Vouched) -> dict[str, Any]:
    """What a step tells of a record: which it is, and the hashes of its content."""
    return {**_named(record), **hashes(record.as_told())}


def _named(record: Vouched) -> dict[str, Any]:
    return {"of": record.__tablename__, "key": _key(record)}


def _key(record: Base | Vouched) -> str:
    return ":".join(str(part) for part in inspect(record).identity or ())
