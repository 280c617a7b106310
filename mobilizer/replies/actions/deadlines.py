"""When a held finding is published. The caller commits."""

from collections.abc import Sequence

from sqlalchemy import select

from mobilizer.audit.actions import record
from mobilizer.core import clock
from mobilizer.core.database import db, locked
from mobilizer.jobs.actions import enqueue
from mobilizer.monitoring.models import Revision
from mobilizer.replies import queries
from mobilizer.replies.models import HeldFinding, ReplyLink
from mobilizer.replies.rules import PUBLISH, deadline, held_until


def hold(held_id: int) -> HeldFinding | None:
    """The row as it is now, kept as it is until the transaction ends."""
    return db.session.scalars(
        locked(select(HeldFinding).where(HeldFinding.id == held_id))
    ).one_or_none()


def hold_all_of(entry_id: str) -> Sequence[HeldFinding]:
    """What of an entry is neither published nor let go, kept as it is until the transaction ends.

    A publication that is under way is waited for. Whoever holds the entry too holds that first.
    """
    of_entry = select(Revision.id).where(Revision.entry_id == entry_id)
    waiting = select(HeldFinding).where(
        HeldFinding.revision_id.in_(of_entry), HeldFinding.ended_at.is_(None)
    )
    return db.session.scalars(locked(waiting.order_by(HeldFinding.id))).all()


def begin(link: ReplyLink) -> None:
    """Note that the body was told: its days begin, and its link lives as long as they do.

    What is held back is to be reckoned anew once the step is told.
    """
    link.told_at = clock.now()
    if link.held is not None:
        over = deadline(link.told_at, link.held.days, link.promise.cycle.time_zone)
        link.expires_at = max(link.expires_at, over)


def reckon(held: HeldFinding, cause: str) -> None:
    """Say anew when it is published, by all that has come of its links, and write down the job.

    Args:
        held: what is held back; nothing is done once it is published or has fallen away.
        cause: what changed it, by its key. A job of an earlier moment then finds nothing to do.
    """
    db.session.flush()
    hold(held.id)  # Two bodies at once: the second one sees here what the first one did.
    if held.ended_at is not None:
        return
    asked = queries.asked_about(held.id)
    before = held.told_at, held.publish_at
    held.told_at = min((one.told_at for one in asked if one.told_at), default=None)
    zone = held.promise.cycle.time_zone
    held.publish_at = held_until(asked, held.days, zone, approved_at=held.held_at)
    if (held.told_at, held.publish_at) != before:
        record(None, "finding.reckon", held, vouches=held)
    db.session.flush()
    key = f"{PUBLISH}:{held.id}:{cause}"
    enqueue(PUBLISH, key, {"held": held.id}, due_at=max(held.publish_at, clock.now()))
