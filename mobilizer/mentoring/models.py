"""The records of meetings."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mobilizer.accounts.models import User
from mobilizer.core.database import Model, Uid, UtcDateTime, new_uid
from mobilizer.cycles.models import Cycle


class Meeting(Model):
    """What a mentor noted of a meeting with one of her mobilizers."""

    __tablename__ = "meeting"

    id: Mapped[str] = mapped_column(Uid, primary_key=True, default=new_uid)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"), index=True)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    mobilizer_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    met_on: Mapped[date]
    subject: Mapped[str] = mapped_column(String(200))
    advice: Mapped[str] = mapped_column(String(4000), default="")
    next_step: Mapped[str] = mapped_column(String(600), default="")
    #: The day by which the next step is to be taken.
    next_step_on: Mapped[date | None]
    minutes: Mapped[int]
    #: Whether the mobilizer reads it.
    is_shared: Mapped[bool] = mapped_column(default=False)
    #: When the next step was taken.
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: Counts the changes, so that none is made over one that was not seen.
    version: Mapped[int] = mapped_column(default=1)

    cycle: Mapped[Cycle] = relationship()
    mentor: Mapped[User] = relationship(foreign_keys=[mentor_id])
    mobilizer: Mapped[User] = relationship(foreign_keys=[mobilizer_id])

    @property
    def is_open(self) -> bool:
        """Whether a next step was agreed on and is not taken yet."""
        return bool(self.next_step) and self.done_at is None
