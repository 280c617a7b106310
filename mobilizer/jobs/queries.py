"""Which jobs are to be done now."""

from datetime import datetime

from sqlalchemy import Select, exists, or_, select

from mobilizer.core import clock
from mobilizer.core.database import db, reading
from mobilizer.jobs.models import Job
from mobilizer.jobs.rules import JobState


def due(now: datetime) -> Select[Job]:
    """The jobs that may be begun, the longest due first: waiting, and in nobody's hands."""
    return (
        select(Job)
        .where(
            Job.state == JobState.WAITING,
            Job.due_at <= now,
            or_(Job.leased_until.is_(None), Job.leased_until <= now),
        )
        .order_by(Job.due_at, Job.id)
    )


def is_any_due() -> bool:
    """Whether there is something to do: asked often, so it reads only and makes nobody wait."""
    with reading():
        found = db.session.scalar(select(exists(due(clock.now()).with_only_columns(Job.id))))
        db.session.rollback()
    return bool(found)
