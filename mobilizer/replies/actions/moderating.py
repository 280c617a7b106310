"""A coordinator's one decision on a reply. The caller commits."""

from sqlalchemy import select

from mobilizer.accounts.models import User
from mobilizer.audit.actions import record
from mobilizer.core import clock
from mobilizer.core.database import db, locked
from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_
from mobilizer.findings.models import Finding
from mobilizer.replies import queries
from mobilizer.replies.actions.deadlines import hold, reckon
from mobilizer.replies.actions.holding import publish_due
from mobilizer.replies.models import HeldFinding, Reply, ReplyRuling
from mobilizer.replies.rules import Ground, Ruling, check_decision


def decide(
    reply: Reply, ruling: Ruling | None, ground: Ground | None = None, reason: str = "", *, by: User
) -> ReplyRuling:
    """Publish a reply as it is, decline it, or set it aside: what it answers was taken back.

    What was held back for it is published with it, once it waits for no other body: until then
    the reply is accepted, and declining it leaves the body the rest of its days. Where what it
    answers was taken back, it is published beside what replaced that.

    Asked for twice, it is done once.

    Raises:
        RuleBroken: something is missing, another decision was taken, or there is nothing
            beside which it could stand.
    """
    db.session.scalars(locked(select(Reply).where(Reply.id == reply.id))).one()
    made = db.session.scalars(select(ReplyRuling).where(ReplyRuling.reply_id == reply.id)).first()
    if made is not None and made.ruling is ruling and made.ground in (None, ground):
        return made
    if made is not None:
        raise RuleBroken(
            N_("This was decided already: %(ruling)s."), field="ruling", ruling=made.ruling
        )
    if reply.link.held is not None:
        hold(reply.link.held.id)
    is_taken_back = queries.is_taken_back(reply.link)
    check_decision(ruling, ground, reason, is_taken_back=is_taken_back)
    is_published = ruling is Ruling.PUBLISH
    beside = _beside(reply) if is_published else None
    decision = ReplyRuling(
        reply=reply,
        ruling=ruling,
        ground=ground if ruling is Ruling.DECLINE else None,
        reason="" if is_published else reason.strip(),
        finding_number=beside.number if isinstance(beside, Finding) else None,
        held=beside if isinstance(beside, HeldFinding) else None,
        by=by,
        decided_at=clock.now(),
    )
    db.session.add(decision)
    if reply.link.held is not None:
        reckon(reply.link.held, f"ruled:{reply.id}")
        publish_due(reply.link.held.id)
    if is_published:
        record(by, "reply.publish", reply, vouches=decision, finding=decision.beside)
    elif ruling is Ruling.SET_ASIDE:
        record(by, "reply.set_aside", reply, vouches=decision)
    else:
        record(by, "reply.decline", reply, vouches=decision, ground=decision.ground)
    return decision


def _beside(reply: Reply) -> Finding | HeldFinding:
    """What a reply stands beside: its finding, held back or not, or what has replaced that."""
    link = reply.link
    if queries.is_taken_back(link):
        about = queries.successor(link)
    else:
        about = db.session.get(Finding, link.about) if link.about else link.held
    if about is None:
        message = N_(
            "What this reply is about is being looked at anew: there is nothing to show it by. "
            "Wait for what replaces it, or set the reply aside."
        )
        raise RuleBroken(message, field="ruling")
    return about
