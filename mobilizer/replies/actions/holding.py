"""Holding a finding back until those asked could reply, then publishing it. The caller commits."""

from collections.abc import Iterable

from sqlalchemy import select

from mobilizer.accounts.models import User
from mobilizer.audit.actions import record
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.findings.actions import Verdict, publish
from mobilizer.findings.models import Finding
from mobilizer.jobs.actions import enqueue
from mobilizer.monitoring.models import Revision
from mobilizer.monitoring.rules.workflow import RevisionKind
from mobilizer.promises.rules import PromiseState
from mobilizer.replies import queries
from mobilizer.replies.actions.deadlines import hold, hold_all_of, reckon
from mobilizer.replies.actions.inviting import invite_by_contact
from mobilizer.replies.models import HeldFinding, ReplyRuling
from mobilizer.replies.queries import is_standing
from mobilizer.replies.rules import LEFT_OVER, PUBLISH


def publish_or_hold(verdict: Verdict, *, by: User) -> Finding | None:
    """Publish a finding, or hold it back where the cycle lets the body reply first.

    A correction is never held back: what is known to be wrong does not stand a day longer.
    Its party is told at once where its address is kept; else it stands on the coordinator's list.
    While an earlier month is held back, "the same as last month" is held by that one's days too,
    however many the cycle has by now.
    """
    revision_id = verdict.revision_id
    if verdict.corrects is not None or revision_id is None or verdict.month is None:
        return publish(verdict, by=by)
    days = verdict.promise.cycle.reply_days
    if not days and verdict.content.get("kind") == RevisionKind.NO_CHANGE.value:
        earlier = queries.held_before(verdict.promise.id, verdict.place.id, verdict.month)
        days = earlier.days if earlier else 0
    _supersede(revision_id)
    if not days:
        return publish(verdict, by=by)
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
    reckon(held, "held")
    invite_by_contact(held)
    return None


def publish_due(held_id: int) -> Finding | None:
    """Publish what is held back, once, if its time has come and its report still stands.

    What is the same as a month before it waits until that is public.
    """
    held = hold(held_id)
    if (
        held is None
        or held.ended_at is not None
        or held.publish_at is None
        or clock.now() < held.publish_at
        or queries.waits_its_turn(held)
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
    stands = db.session.scalar(standing) is not None
    if not is_public or not stands or queries.repeats_nothing(held):
        _end(held)
        _begin(queries.after(held), f"after:{held.id}")
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
    db.session.expire(held, ["out_number", "out_at"])
    _begin(queries.after(held), f"after:{held.id}")
    return finding


def try_again() -> None:
    """Look once a day at what waits its turn: what it waits for may have been reopened."""
    _begin(queries.overdue(), clock.now().date().isoformat())


def _begin(due: Iterable[HeldFinding], cause: str) -> None:
    for held in due:
        enqueue(PUBLISH, f"{PUBLISH}:{held.id}:{cause}", {"held": held.id})


def _supersede(revision_id: int) -> None:
    """A report that is decided anew leaves nothing of its older decisions waiting."""
    for held in hold_all_of(db.session.get_one(Revision, revision_id).entry_id):
        _end(held)


def _end(held: HeldFinding) -> None:
    """Let it go. What was accepted to stand beside it is kept, and its bodies are told so."""
    held.ended_at = clock.now()
    accepted = select(ReplyRuling.reply_id).where(ReplyRuling.held_id == held.id)
    for reply_id in db.session.scalars(accepted):
        enqueue(LEFT_OVER, f"{LEFT_OVER}:{reply_id}:{held.id}", {"reply": reply_id})
    record(None, "finding.let_go", held, vouches=held)
