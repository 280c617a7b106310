"""What mentors decided, and what they and the mobilizers said about it."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mobilizer.accounts.models import User
from mobilizer.core.database import Model, UtcDateTime, words
from mobilizer.monitoring.models import Entry, Revision
from mobilizer.review.rules import Verdict


class Decision(Model):
    """A mentor's decision on exactly one revision."""

    __tablename__ = "decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), index=True)
    verdict: Mapped[Verdict] = mapped_column(words(Verdict))
    reason: Mapped[str] = mapped_column(String(2000), default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)

    revision: Mapped[Revision] = relationship()
    by: Mapped[User] = relationship()


class Comment(Model):
    """Something said about an entry, as a whole or about one field of the matrix."""

    __tablename__ = "comment"

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[str] = mapped_column(ForeignKey("entry.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    #: A field of ``monitoring.rules.matrix``; "" for the whole.
    field: Mapped[str] = mapped_column(String(60), default="")
    text: Mapped[str] = mapped_column(String(2000))
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    said_at: Mapped[datetime] = mapped_column(UtcDateTime)

    entry: Mapped[Entry] = relationship()
    revision: Mapped[Revision] = relationship()
    author: Mapped[User] = relationship()
