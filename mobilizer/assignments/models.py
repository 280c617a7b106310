"""Who monitors which promise, where, and in which months."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mobilizer.accounts.models import User
from mobilizer.assignments.rules import AssignmentState
from mobilizer.audit.models import Vouched
from mobilizer.core.database import Model, Uid, UtcDateTime, new_uid
from mobilizer.cycles.models import Cycle
from mobilizer.places.models import Place
from mobilizer.promises.models import Promise


class Assignment(Vouched, Model):
    """One mobilizer, one promise, one place, from a first to a last month, and her mentor."""

    LASTS = (
        *("id", "cycle_id", "mobilizer_id", "mentor_id", "promise_id", "place_id", "region_id"),
        *("first_month", "created_at"),
    )
    #: Why it ended is for the desk alone.
    FACTS = (*LASTS, "last_month", "withdrawn_at")

    __tablename__ = "assignment"
    __table_args__ = (
        Index("ix_assignment_cycle_mobilizer", "cycle_id", "mobilizer_id"),
        Index("ix_assignment_promise_place", "promise_id", "place_id"),
    )

    id: Mapped[str] = mapped_column(Uid, primary_key=True, default=new_uid)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    mobilizer_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    promise_id: Mapped[int] = mapped_column(ForeignKey("promise.id"))
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    #: The region the place lies in: what a mentor's visibility is measured by.
    region_id: Mapped[int] = mapped_column(ForeignKey("place.id"), index=True)
    first_month: Mapped[date]
    last_month: Mapped[date]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_reason: Mapped[str] = mapped_column(String(600), default="")

    cycle: Mapped[Cycle] = relationship()
    mobilizer: Mapped[User] = relationship(foreign_keys=[mobilizer_id])
    mentor: Mapped[User] = relationship(foreign_keys=[mentor_id])
    promise: Mapped[Promise] = relationship()
    place: Mapped[Place] = relationship(foreign_keys=[place_id])
    region: Mapped[Place] = relationship(foreign_keys=[region_id])

    @property
    def state(self) -> AssignmentState:
        """Whether somebody still works on it."""
        return AssignmentState.WITHDRAWN if self.withdrawn_at else AssignmentState.ACTIVE


class Handover(Model):
    """One assignment ended so that another goes on with it: same promise, same place.

    Each month belongs to exactly one of the two. An assignment is taken over from one other at
    most, and handed over to one at most, so that they stand in a line.
    """

    __tablename__ = "handover"

    id: Mapped[int] = mapped_column(primary_key=True)
    ended_id: Mapped[str] = mapped_column(ForeignKey("assignment.id"), unique=True)
    begun_id: Mapped[str] = mapped_column(ForeignKey("assignment.id"), unique=True)
    #: The first month of the new one.
    first_month: Mapped[date]
    #: The last month the old one had before: what her phone still sends for it is not refused.
    was_until: Mapped[date]
    #: For the desk alone: it can tell what became of a person.
    reason: Mapped[str] = mapped_column(String(600))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: Names the form by which many passed on at once; empty where one passed on alone.
    sending: Mapped[str] = mapped_column(String(32), default="", index=True)

    ended: Mapped[Assignment] = relationship(foreign_keys=[ended_id])
    begun: Mapped[Assignment] = relationship(foreign_keys=[begun_id])
