"""A coordinator's one decision on a reply. The caller commits."""

from sqlalchemy import select

from mobilizer.accounts.models import User
from mobilizer.audit.actions import record
from mobilizer.core import clock
from mobilizer.core.database import db, locked
from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_
from mobilizer.promises.rules import PromiseState
from mobilizer.replies.actions.holding import publish_now
from mobilizer.replies.models import Reply, ReplyRuling
from mobilizer.replies.rules import Ground, Ruling, check_decision


def decide(
    reply: Reply, ruling: Ruling | None, ground: Ground | None = None, reason: str = "", *, by: User
) -> ReplyRuling:
    """Publish a reply as it is, or decline it. What was held back for it is published with it.

    Asked for twice, it is done once.

    Raises:
        RuleBroken: something is missing, another decision was taken, or there is nothing
            beside which it could stand.
    """
    db.session.scalars(locked(select(Reply).where(Reply.id == reply.id))).one()
    made = db.session.scalars(select(ReplyRuling).where(ReplyRuling.reply_id == reply.id)).first()
    if made is not None and made.ruling is ruling:
        return made
    if made is not None:
        raise RuleBroken(
            N_("This was decided already: %(ruling)s."), field="ruling", ruling=made.ruling
        )
    check_decision(ruling, ground, reason)
    is_published = ruling is Ruling.PUBLISH
    decision = ReplyRuling(
        reply=reply,
        ruling=ruling,
        ground=None if is_published else ground,
        reason="" if is_published else reason.strip(),
        finding_number=_finding(reply) if is_published else None,
        by=by,
        decided_at=clock.now(),
    )
    db.session.add(decision)
    if is_published:
        record(by, "reply.publish", reply, vouches=decision, finding=decision.finding_number)
    else:
        record(by, "reply.decline", reply, vouches=decision, ground=decision.ground)
    return decision


def _finding(reply: Reply) -> int:
    """The finding beside which a reply stands; published now if it was held back for it."""
    link = reply.link
    is_public = link.promise.state is PromiseState.PUBLISHED
    if is_public and link.about is None and link.held is not None and not link.held.ended_at:
        publish_now(link.held)
    if link.about is None or not is_public:
        raise RuleBroken(
            N_("What this reply is about is being looked at anew: there is nothing to show it by."),
            field="ruling",
        )
    return link.about
