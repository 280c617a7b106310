"""Taking invitations back before they are used. The caller commits."""

from sqlalchemy import select

from mobilizer.accounts.models import Invitation, User
from mobilizer.accounts.rules import Role
from mobilizer.accounts.rules.invitations import InvitationState
from mobilizer.accounts.rules.postings import check_grant
from mobilizer.audit.actions import record
from mobilizer.core import clock
from mobilizer.core.database import db, locked
from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_


def withdraw(invitation: Invitation, *, by: User) -> None:
    """Make an invitation worthless before it is used.

    Raises:
        RuleBroken: it is used, or has ended anyway.
    """
    if invitation.state != InvitationState.OPEN:
        raise RuleBroken(N_("This invitation is no longer open."))
    invitation.withdrawn_at = clock.now()
    record(by, "invitation.withdraw", invitation)


def withdraw_unfounded(inviter: User, *, by: User) -> None:
    """Take back what somebody invited to and may no longer give.

    Who was shut out does not come in again by a link she kept.
    """
    made = select(Invitation).where(Invitation.invited_by_id == inviter.id)
    for invitation in db.session.scalars(locked(made.order_by(Invitation.id))):
        if invitation.state == InvitationState.OPEN and not _may_give(inviter, invitation):
            withdraw(invitation, by=by)


def _may_give(inviter: User, invitation: Invitation) -> bool:
    held: list[tuple[Role, int | None]] = [
        (posting.role, posting.cycle_id) for posting in inviter.current_postings
    ]
    try:
        check_grant(invitation.role, invitation.cycle_id, held if inviter.is_active else [])
    except RuleBroken:
        return False
    return True
