"""What mentors decided. What they say about an entry is ``monitoring.models.Comment``."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mobilizer.accounts.models import User
from mobilizer.audit.models import Vouched, Worded
from mobilizer.core.database import Model, UtcDateTime, words
from mobilizer.findings.models import Finding
from mobilizer.monitoring.models import Entry, Revision
from mobilizer.review.rules import Verdict


class Decision(Worded, Model):
    """The one decision on exactly one revision, named by its hash as well."""

    FACTS = ("id", "revision_id", "sha256", "verdict", "by_id", "stands_in_for_id", "decided_at")
    WORDS = ("reason",)

    __tablename__ = "decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), unique=True)
    #: What was seen when it was decided on: the revision's own, unless that was swapped since.
    sha256: Mapped[str] = mapped_column(String(64))
    verdict: Mapped[Verdict] = mapped_column(words(Verdict))
    reason: Mapped[str] = mapped_column(String(2000), default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: The absent mentor in whose place it was made; the step of the log names her too.
    stands_in_for_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    revision: Mapped[Revision] = relationship()
    by: Mapped[User] = relationship(foreign_keys=[by_id])
    stands_in_for: Mapped[User | None] = relationship(foreign_keys=[stands_in_for_id])


class Reopening(Vouched, Model):
    """An approved entry that was sent back to be corrected.

    Its finding stays what the public reads until a newer one names it, with this reason.
    """

    FACTS = ("id", "entry_id", "finding_number", "reason", "language", "by_id", "reopened_at")

    __tablename__ = "reopening"

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[str] = mapped_column(ForeignKey("entry.id"), index=True)
    #: The finding to be corrected; None where the approval had published nothing.
    finding_number: Mapped[int | None] = mapped_column(ForeignKey("finding.number"))
    #: Why, as the public will read it, in the language of who wrote it.
    reason: Mapped[str] = mapped_column(String(1000))
    language: Mapped[str] = mapped_column(String(8))
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    reopened_at: Mapped[datetime] = mapped_column(UtcDateTime)

    entry: Mapped[Entry] = relationship()
    finding: Mapped[Finding | None] = relationship()
    by: Mapped[User] = relationship()
