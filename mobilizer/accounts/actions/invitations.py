"""Inviting people, and their coming in. The caller commits."""

import secrets

from mobilizer.accounts import queries
from mobilizer.accounts.actions import postings
from mobilizer.accounts.actions.creation import create
from mobilizer.accounts.models import Invitation, User
from mobilizer.accounts.rules import Role
from mobilizer.accounts.rules.invitations import DAYS, USUAL_DAYS, InvitationState, expiry
from mobilizer.accounts.rules.postings import Place, check_place
from mobilizer.audit.actions import record
from mobilizer.core import clock
from mobilizer.core.database import db, locked
from mobilizer.core.errors import NotVisible, RuleBroken
from mobilizer.core.sessions import hashed
from mobilizer.core.words import N_


def invite(
    role: Role,
    place: Place,
    *,
    by: User | None,
    days: int = USUAL_DAYS,
    language: str = "en",
    note: str = "",
) -> tuple[Invitation, str]:
    """Make an invitation, and the token that is its only way in and is kept nowhere.

    Args:
        role: what the invited person will be.
        place: where.
        by: who invites; None for the operator's command line.
        days: how long it lives.
        language: in what language the invited person is received.
        note: what those who invite call her until she has come.

    Raises:
        RuleBroken: the role is not held there, or who invites may not give it.
    """
    check_place(role, place)
    postings.check_may_grant(by, role, place.cycle_id)
    place = postings.with_mentor(role, place)
    if days not in DAYS:
        raise RuleBroken(N_("Choose how long the invitation lives."), field="days")
    token, now = secrets.token_urlsafe(32), clock.now()
    invitation = Invitation(
        token_hash=hashed(token),
        role=role,
        cycle_id=place.cycle_id,
        region_id=place.region_id,
        mentor_id=place.mentor_id,
        note=note,
        language=language,
        invited_by_id=by.id if by is not None else None,
        created_at=now,
        expires_at=expiry(now, days),
    )
    db.session.add(invitation)
    db.session.flush()
    record(by, "invitation.create", invitation, role=role, cycle_id=place.cycle_id, days=days)
    return invitation, token


def accept(
    token: str,
    *,
    name: str,
    password_hash: str,
    language: str,
    alias: str,
    full_name: str = "",
    suggested: str = "",
) -> User:
    """Make the account an invitation is for, once.

    Raises:
        NotVisible: the token opens nothing, or no longer.
        RuleBroken: the sign-in name is taken or no name, or the alias gives the person away.
    """
    invitation = db.session.scalars(locked(queries.invitation(token))).one_or_none()
    if invitation is None or invitation.state != InvitationState.OPEN:
        raise NotVisible
    user = create(
        name,
        password_hash,
        language=language,
        alias=alias,
        full_name=full_name,
        suggested=suggested,
    )
    now = user.signed_in_at = clock.now()
    invitation.used_at, invitation.used_by_id = now, user.id
    record(user, "invitation.accept", invitation)
    postings.keep(user, invitation.role, _place(invitation), by=user)
    return user


def _place(invitation: Invitation) -> Place:
    """Where it leads now: a mentor who has left since is not waited for."""
    cycle_id, region_id = invitation.cycle_id, invitation.region_id
    place = Place(cycle_id, region_id, invitation.mentor_id)
    try:
        return postings.with_mentor(invitation.role, place)
    except RuleBroken:
        return Place(cycle_id, region_id)
