"""The log of every change. Rows are added; the database refuses to change or delete one."""

from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from mobilizer.audit.rules import Content
from mobilizer.core.database import Model, Uid, UtcDateTime, new_uid


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


class Vouched:
    """A record that the log vouches for: the step that makes it tells the hash of its content.

    What belongs to another record is told as a part of that.
    The lists are part of the form that is hashed. They never change: what joins them would make
    all that was logged before look forged.
    """

    __tablename__: str
    #: What lasts, and changes only in steps that tell its content anew.
    FACTS: ClassVar[tuple[str, ...]]
    #: Of these, what no step changes, where steps change others.
    LASTS: ClassVar[tuple[str, ...]] = ()
    #: What people wrote and may ask us to erase, and what could be guessed from its hash.
    WORDS: ClassVar[tuple[str, ...]] = ()

    def as_told(self) -> Content:
        """Its content, as a step of the log tells it."""
        facts = {name: getattr(self, name) for name in self.FACTS}
        return Content(facts, lasts={name: facts[name] for name in self.LASTS})


class Worded(Vouched):
    """One with words that may have to be erased; its salt is erased with them."""

    salt: Mapped[str] = mapped_column(Uid, default=new_uid)

    def as_told(self) -> Content:
        """Its content, as a step of the log tells it."""
        words = {name: getattr(self, name) for name in self.WORDS}
        return replace(super().as_told(), words=words, salt=self.salt)
