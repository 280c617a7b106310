"""When a held finding is published. The caller commits."""

from datetime import datetime

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.jobs.actions import enqueue
from mobilizer.replies.models import HeldFinding
from mobilizer.replies.rules import PUBLISH, deadline


def told(held: HeldFinding, cause: str) -> None:
    """Note that the body was told: its days begin."""
    held.told_at = clock.now()
    publish_on(held, deadline(held.told_at, held.days), cause)


def publish_on(held: HeldFinding, moment: datetime, cause: str) -> None:
    """Say when it is published, and write down the job of it.

    Args:
        held: what is held back.
        moment: when; a job of another moment then finds nothing to do.
        cause: what says so, by its key: told twice, it makes one job.
    """
    held.publish_at = moment
    db.session.flush()
    enqueue(PUBLISH, f"{PUBLISH}:{held.id}:{cause}", {"held": held.id}, due_at=moment)
