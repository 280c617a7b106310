"""Monthly entries, the chain of their immutable revisions, and what is said about them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    and_,
)
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mobilizer.accounts.models import User
from mobilizer.assignments.models import Assignment
from mobilizer.audit.models import Vouched, Worded
from mobilizer.core.database import Model, Uid, UtcDateTime, new_uid, words
from mobilizer.cycles.rules import Timeliness
from mobilizer.evidence.models import Evidence
from mobilizer.evidence.rules.links import EvidenceKind
from mobilizer.monitoring.rules.workflow import EntryState, RevisionKind
from mobilizer.scoring.rules import Rating


class Entry(Vouched, Model):
    """What one mobilizer reports on one assignment in one month."""

    LASTS = ("id", "assignment_id", "month", "created_at")
    FACTS = (*LASTS, "state", "newest", "received_at", "timeliness", "is_quarantined")

    __tablename__ = "entry"
    __table_args__ = (
        UniqueConstraint("assignment_id", "month"),
        Index("ix_entry_queue", "state", "received_at", "id"),
    )

    id: Mapped[str] = mapped_column(Uid, primary_key=True, default=new_uid)
    assignment_id: Mapped[str] = mapped_column(ForeignKey("assignment.id"))
    month: Mapped[date] = mapped_column(index=True)
    state: Mapped[EntryState] = mapped_column(words(EntryState))
    #: What has been typed and not sent, as ``monitoring.rules.draft`` says; None when there is
    #: nothing.
    draft: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    draft_saved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: The number of the newest revision; 0 before the first.
    newest: Mapped[int] = mapped_column(default=0)
    #: When the newest revision came in, by the server's clock.
    received_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: How timely the first revision was; later ones do not change it.
    timeliness: Mapped[Timeliness | None] = mapped_column(words(Timeliness))
    #: Came in after the close: kept for the coordinator, not counted, not refused.
    is_quarantined: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    assignment: Mapped[Assignment] = relationship()
    revisions: Mapped[list["Revision"]] = relationship(
        back_populates="entry", order_by="Revision.number"
    )
    evidence: Mapped[list[Evidence]] = relationship(order_by=(Evidence.added_at, Evidence.id))
    comments: Mapped[list["Comment"]] = relationship(back_populates="entry", order_by="Comment.id")


class Revision(Worded, Model):
    """One sending of an entry. It never changes; a change is the next revision.

    ``answers`` holds the matrix as ``monitoring.rules.matrix`` describes it. ``sha256`` is over
    its salt and the canonical form of all that was sent, so that a decision can name exactly what
    it saw.
    """

    FACTS = (
        "id",
        "entry_id",
        "number",
        "kind",
        "rating",
        "matrix_version",
        "sha256",
        "author_id",
        "saved_at",
        "received_at",
        "rests_on",
    )
    WORDS = ("answers", "contradiction_reason")

    __tablename__ = "revision"
    __table_args__ = (
        UniqueConstraint("entry_id", "number"),
        Index("ix_revision_author", "author_id", "entry_id"),
        Index("ix_revision_handed_in_by", "handed_in_by_id", "entry_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[str] = mapped_column(ForeignKey("entry.id"))
    number: Mapped[int]
    kind: Mapped[RevisionKind] = mapped_column(words(RevisionKind))
    rating: Mapped[Rating] = mapped_column(words(Rating))
    answers: Mapped[dict[str, Any]]
    #: Why a contradiction between rating and answers stands all the same.
    contradiction_reason: Mapped[str] = mapped_column(String(1000), default="")
    matrix_version: Mapped[str] = mapped_column(String(16))
    sha256: Mapped[str] = mapped_column(String(64))
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    #: Who brought it at the desk, from a phone's file; None where its author sent it herself.
    handed_in_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    saved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)

    entry: Mapped[Entry] = relationship(back_populates="revisions")
    author: Mapped[User] = relationship(foreign_keys=[author_id])
    evidence: Mapped[list[Evidence]] = relationship(
        secondary="revision_evidence", order_by=(Evidence.added_at, Evidence.id)
    )

    @property
    def rests_on(self) -> list[str]:
        """The ids of its evidence."""
        return sorted(piece.id for piece in self.evidence)

    @property
    def kinds(self) -> set[EvidenceKind]:
        """What kinds there are among its evidence."""
        return {piece.kind for piece in self.evidence}


class RevisionEvidence(Model):
    """What a revision rests on."""

    __tablename__ = "revision_evidence"

    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), primary_key=True)
    evidence_id: Mapped[str] = mapped_column(ForeignKey("evidence.id"), primary_key=True)


class Comment(Model):
    """Something said about an entry, as a whole or about one field of the matrix.

    What ``asks`` is resolved, one by one: by a revision that changes or answers it, or by hand.
    """

    __tablename__ = "comment"

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[str] = mapped_column(ForeignKey("entry.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    #: A field of ``monitoring.rules.matrix``, or "evidence"; "" for the whole.
    field: Mapped[str] = mapped_column(String(60), default="")
    text: Mapped[str] = mapped_column(String(2000))
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    said_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: The comment that began this strand; None where it begins one, or where a revision answers.
    reply_to_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"))
    #: Whether it asks the entry's author for something (``rules.talk.asks``).
    asks: Mapped[bool] = mapped_column(default=False)
    resolved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    resolved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    #: The revision that resolved it; None where somebody did by hand.
    resolved_in_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    #: That revision answered it in words; otherwise it changed the field.
    was_answered: Mapped[bool] = mapped_column(default=False)

    entry: Mapped[Entry] = relationship(back_populates="comments")
    revision: Mapped[Revision] = relationship(foreign_keys=[revision_id])
    author: Mapped[User] = relationship(foreign_keys=[author_id])
    resolved_by: Mapped[User | None] = relationship(foreign_keys=[resolved_by_id])
    resolved_in: Mapped[Revision | None] = relationship(foreign_keys=[resolved_in_id])

    @hybrid_property
    def is_open(self) -> bool:
        """Whether something is still asked here; in queries too."""
        return self.asks and self.resolved_at is None

    @is_open.inplace.expression
    @classmethod
    def _is_open(cls) -> ColumnElement[bool]:
        return and_(cls.asks.is_(True), cls.resolved_at.is_(None))


class ThreadLook(Model):
    """How far one person has read what is said about one entry."""

    __tablename__ = "thread_look"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"), primary_key=True
    )
    entry_id: Mapped[str] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    #: The last comment she has seen.
    comment_id: Mapped[int]
    looked_at: Mapped[datetime] = mapped_column(UtcDateTime)
