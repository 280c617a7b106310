"""Holding a finding back until those asked could reply, then publishing it. The caller commits."""

from sqlalchemy import select

from mobilizer.accounts.models import User
from mobilizer.audit.actions import record
from mobilizer.core import clock
from mobilizer.core.database import db, locked
from mobilizer.findings.actions import Verdict, publish
from mobilizer.findings.models import Finding
from mobilizer.monitoring.models import Revision
from mobilizer.promises.rules import PromiseState
from mobilizer.replies.actions.deadlines import hold
from mobilizer.replies.actions.inviting import invite_by_contact
from mobilizer.replies.models import HeldFinding
from mobilizer.replies.queries import is_standing


def publish_or_hold(verdict: Verdict, *, by: User) -> Finding | None:
    """Publish a finding, or hold it back where the cycle lets the body reply first.

    A correction is never held back: what is known to be wrong does not stand a day longer.
    Its party is told at once where its address is kept; else it stands on the coordinator's list.
    """
    days, revision_id = verdict.promise.cycle.reply_days, verdict.revision_id
    if not days or verdict.corrects is not None or revision_id is None or verdict.month is None:
        return publish(verdict, by=by)
    _supersede(revision_id)
    held = HeldFinding(
        revision_id=revision_id,
        promise=verdict.promise,
        place=verdict.place,
        month=verdict.month,
        rating=verdict.rating,
        content=verdict.content,
        days=days,
        held_at=clock.now(),
    )
    db.session.add(held)
    record(by, "finding.hold", held, vouches=held, days=days)
    invite_by_contact(held)
    return None


def publish_due(held_id: int) -> Finding | None:
    """Publish what is held back, once, if its time has come and its report still stands."""
    held = hold(held_id)
    if (
        held is None
        or held.ended_at is not None
        or held.publish_at is None
        or clock.now() < held.publish_at
    ):
        return None
    return publish_now(held)


def publish_now(held: HeldFinding) -> Finding | None:
    """Publish what is held back as it was shown, once; None when it has fallen away by now.

    It counts from this moment on, whenever it was approved.
    """
    hold(held.id)  # Whoever comes second reads here that it is published.
    if held.ended_at is not None:
        return None
    standing = select(HeldFinding.id).where(HeldFinding.id == held.id, is_standing())
    is_public = held.promise.state is PromiseState.PUBLISHED
    if not is_public or db.session.scalar(standing) is None:
        _end(held)
        return None
    finding = publish(
        Verdict(
            promise=held.promise,
            place=held.place,
            month=held.month,
            rating=held.rating,
            content=held.content,
            revision_id=held.revision_id,
        ),
        by=None,
    )
    held.ended_at, held.finding_number = clock.now(), finding.number
    record(None, "finding.let_out", held, vouches=held, finding=finding.number)
    return finding


def _supersede(revision_id: int) -> None:
    """A report that is decided anew leaves nothing of its older decisions waiting."""
    entry_id = db.session.get_one(Revision, revision_id).entry_id
    of_entry = select(Revision.id).where(Revision.entry_id == entry_id)
    older = select(HeldFinding).where(
        HeldFinding.revision_id.in_(of_entry), HeldFinding.ended_at.is_(None)
    )
    for held in db.session.scalars(locked(older)):
        _end(held)


def _end(held: HeldFinding) -> None:
    held.ended_at = clock.now()
    record(None, "finding.let_go", held, vouches=held)
