"""The second looks, and figures that came from where others looked."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mobilizer.accounts.models import User
from mobilizer.audit.models import Worded
from mobilizer.core.database import Model, UtcDateTime, words
from mobilizer.monitoring.models import Revision
from mobilizer.scoring.rules import Rating


class SecondLook(Worded, Model):
    """One revision that was drawn for a second mentor, and what she answered.

    Once given, an answer does not change: the database refuses it. One that was never given goes
    when the report does.
    """

    LASTS = ("id", "revision_id", "drawn_at")
    FACTS = (*LASTS, "given_at")
    #: All of it could be guessed from a hash without salt, by whoever decides and reads the log.
    WORDS = ("coder_id", "rating", "reason")

    __tablename__ = "second_look"

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), unique=True)
    #: The second mentor; None while there is nobody who may look.
    coder_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    drawn_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: None before she answered, and where she could not tell.
    rating: Mapped[Rating | None] = mapped_column(words(Rating))
    reason: Mapped[str] = mapped_column(String(600), default="")
    given_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    revision: Mapped[Revision] = relationship()
    coder: Mapped[User | None] = relationship()


class TakenFigures(Model):
    """What the second looks of a cycle came to where it was published before, as it was told there.

    The looks themselves are nobody's to read, and stayed there.
    """

    __tablename__ = "taken_figures"

    cycle_id: Mapped[int] = mapped_column(
        ForeignKey("cycle.id"), primary_key=True, autoincrement=False
    )
    #: A row of a data package's table of agreement.
    row: Mapped[dict[str, Any]]
