"""The table that is the truth about work to be done."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from mobilizer.core.database import Model, UtcDateTime, words
from mobilizer.jobs.rules import JobState


class Job(Model):
    """Something to be done once, written in the transaction that causes it.

    ``payload`` names records by their keys and holds no text of a person.
    """

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_state_due_at", "state", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    #: Names the cause: the same cause makes one job, however often it is told.
    key: Mapped[str] = mapped_column(String(160), unique=True)
    payload: Mapped[dict[str, Any]]
    state: Mapped[JobState] = mapped_column(words(JobState))
    tries: Mapped[int] = mapped_column(default=0)
    #: Not before; moved further off after each try that failed.
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: Whose it is until when: a worker that died lets go of it by the clock.
    lease: Mapped[str | None] = mapped_column(String(36))
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: The kind of the last failure, never its text, which may name people.
    fault: Mapped[str] = mapped_column(String(80), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
