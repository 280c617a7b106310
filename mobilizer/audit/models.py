"""The log of every change. Rows are added; the database refuses to change or delete one."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from mobilizer.core.database import Model, UtcDateTime


class AuditEvent(Model):
    """One step: who did what to which record, from what to what, and when.

    ``verb`` is the permission-like name of the step, such as ``entry.approve``. ``details``
    holds what changed as ``{"from": …, "to": …}`` and never a secret or private text.
    ``phone_time`` is when the person's own clock said it was, if that was told.
    """

    __tablename__ = "audit_event"
    __table_args__ = (Index("ix_audit_event_subject", "subject_kind", "subject_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    verb: Mapped[str] = mapped_column(String(64), index=True)
    subject_kind: Mapped[str] = mapped_column(String(32))
    subject_key: Mapped[str] = mapped_column(String(64))
    details: Mapped[dict[str, Any]]
    phone_time: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AuditSeal(Model):
    """What binds a row of the log to the row before it (see ``audit.rules``).

    It stands beside the row, because it is written when the transaction ends: numbers have no
    gaps, and nobody waits for anybody until then.
    """

    __tablename__ = "audit_seal"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    event_id: Mapped[int] = mapped_column(ForeignKey("audit_event.id"), unique=True)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)
