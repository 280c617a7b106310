"""What became of the finding a link is about: whether it was taken back, and what replaced it."""

from sqlalchemy import select

from mobilizer.core.database import db
from mobilizer.findings.models import Finding
from mobilizer.monitoring.models import Revision
from mobilizer.promises.rules import PromiseState
from mobilizer.replies.models import HeldFinding, Reply, ReplyLink
from mobilizer.replies.queries.holding import held_of, is_standing


def is_taken_back(link: ReplyLink) -> bool:
    """Whether what a link is about no longer stands as the body read it.

    A finding stands until another corrects it; a held one until its report is reopened.
    """
    if link.promise.state is not PromiseState.PUBLISHED:
        return True
    if link.about is not None:
        return _corrected_by(link.about) is not None
    return link.held is None or held_of(link.held.revision_id) is not link.held


def successor(link: ReplyLink) -> Finding | HeldFinding | None:
    """What stands in its place by now, public or held back; None where there is nothing yet."""
    if link.promise.state is not PromiseState.PUBLISHED:
        return None
    if link.about is None:
        return _after_held(link.held) if link.held is not None else None
    found, later = None, _corrected_by(link.about)
    while later is not None:
        found, later = later, _corrected_by(later.number)
    return found


def has_fallen(reply: Reply) -> bool:
    """Whether an accepted reply waits for what replaces the finding it was to stand beside."""
    held = reply.ruling.held if reply.ruling else None
    if held is None or held.out_number is not None:
        return False
    return held_of(held.revision_id) is not held


def _corrected_by(number: int) -> Finding | None:
    later = select(Finding).where(Finding.corrects == number).order_by(Finding.number.desc())
    return db.session.scalars(later.limit(1)).first()


def _after_held(held: HeldFinding) -> Finding | HeldFinding | None:
    """What the same report says now."""
    entry_id = db.session.get_one(Revision, held.revision_id).entry_id
    of_entry = select(Revision.id).where(Revision.entry_id == entry_id)
    waiting = select(HeldFinding).where(
        HeldFinding.revision_id.in_(of_entry), HeldFinding.id > held.id, is_standing()
    )
    public = select(Finding).where(
        Finding.revision_id.in_(of_entry), Finding.published_at >= held.held_at
    )
    return (
        db.session.scalars(waiting.order_by(HeldFinding.id.desc()).limit(1)).first()
        or db.session.scalars(public.order_by(Finding.number.desc()).limit(1)).first()
    )
