"""Cycles of monitoring, their topics, and the extensions of a month."""

import secrets
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mobilizer.accounts.models import User
from mobilizer.audit.models import Vouched
from mobilizer.core.database import Model, Names, UtcDateTime, words
from mobilizer.cycles.rules import Level
from mobilizer.elections.models import Election


def new_seed() -> str:
    """What nobody can guess, to draw by."""
    return secrets.token_hex(32)


class Cycle(Vouched, Model):
    """One round of monitoring: an election's promises, from a first to a last month.

    A month is stored as the date of its first day. ``opens_day``, ``due_day`` and
    ``closes_day`` are days of the month; one that is smaller than the one before it falls
    in the month after (see ``cycles.rules.month_window``).
    """

    LASTS = (
        *("id", "code", "country", "matrix_version", "drawing_seed", "is_demonstration"),
        "created_at",
    )
    FACTS = (
        *LASTS,
        *("names", "election_id", "level", "first_month", "last_month", "opens_day", "due_day"),
        *("closes_day", "time_zone", "quotas", "least_rated", "review_days", "reply_days"),
        *("second_share", "is_public", "is_current"),
    )

    __tablename__ = "cycle"
    __table_args__ = (
        #: Only one cycle is shown first, whoever makes two so at the same moment.
        Index(
            "uq_cycle_is_current",
            "is_current",
            unique=True,
            sqlite_where=text("is_current"),
            postgresql_where=text("is_current"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    names: Mapped[Names]
    country: Mapped[str] = mapped_column(String(2))
    election_id: Mapped[int | None] = mapped_column(ForeignKey("election.id"))
    level: Mapped[Level] = mapped_column(words(Level))
    first_month: Mapped[date]
    last_month: Mapped[date]
    opens_day: Mapped[int] = mapped_column(default=20)
    due_day: Mapped[int] = mapped_column(default=28)
    closes_day: Mapped[int] = mapped_column(default=5)
    time_zone: Mapped[str] = mapped_column(String(40), default="Europe/Skopje")
    quotas: Mapped[dict[str, Any]]
    matrix_version: Mapped[str] = mapped_column(String(16), default="1")
    #: Under so many rated promises no percentage is shown.
    least_rated: Mapped[int] = mapped_column(default=5)
    review_days: Mapped[int] = mapped_column(default=7)
    #: For so many days a finding is held back, so that the body can reply first; 0: not at all.
    reply_days: Mapped[int] = mapped_column(default=0)
    #: Within so many days whoever asks about a promise is answered.
    answer_days: Mapped[int] = mapped_column(default=15)
    #: How many reports of a hundred go to a second mentor as well.
    second_share: Mapped[int] = mapped_column(default=10)
    #: What these are drawn by. Secret until the cycle is over: who knows it can tell which.
    drawing_seed: Mapped[str] = mapped_column(String(64), default=new_seed)
    #: Whether the public may see it, and whether the first page shows it.
    is_public: Mapped[bool] = mapped_column(default=False)
    is_current: Mapped[bool] = mapped_column(default=False)
    #: Invented parties and promises: every page of it says so.
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    election: Mapped[Election | None] = relationship()
    topics: Mapped[list["Topic"]] = relationship(back_populates="cycle", order_by="Topic.code")


class Topic(Vouched, Model):
    """A field of life under which a cycle's promises are read."""

    LASTS = ("id", "cycle_id", "code")
    FACTS = (*LASTS, "names")

    __tablename__ = "topic"
    __table_args__ = (UniqueConstraint("cycle_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    code: Mapped[str] = mapped_column(String(64))
    names: Mapped[Names]

    cycle: Mapped[Cycle] = relationship(back_populates="topics")


class Extension(Model):
    """One person's later close of one month, given by a coordinator with a reason."""

    __tablename__ = "extension"
    __table_args__ = (UniqueConstraint("cycle_id", "user_id", "month"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    month: Mapped[date]
    until: Mapped[date]
    reason: Mapped[str] = mapped_column(String(600))
    given_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship(foreign_keys=[user_id])
    given_by: Mapped[User] = relationship(foreign_keys=[given_by_id])
