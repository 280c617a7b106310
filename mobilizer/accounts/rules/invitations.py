"""Invitations: how long they live, and what makes one worthless."""

from datetime import datetime, timedelta

from mobilizer.core.words import N_, Word

#: The days for which an invitation can be made, and the one offered.
DAYS = (1, 3, 7, 14)
USUAL_DAYS = 7
#: For how many days a link for a new password can be used.
WAY_BACK_DAYS = 1


class InvitationState(Word):
    """What has become of an invitation."""

    OPEN = "open", N_("Open")
    USED = "used", N_("Used")
    WITHDRAWN = "withdrawn", N_("Withdrawn")
    EXPIRED = "expired", N_("Expired")


def state(
    expires_at: datetime,
    used_at: datetime | None,
    withdrawn_at: datetime | None,
    now: datetime,
) -> InvitationState:
    """What has become of it by now. Only an open one lets somebody in."""
    if used_at is not None:
        return InvitationState.USED
    if withdrawn_at is not None:
        return InvitationState.WITHDRAWN
    return InvitationState.OPEN if now < expires_at else InvitationState.EXPIRED


def expiry(made_at: datetime, days: int) -> datetime:
    """When an invitation for so many days ends."""
    return made_at + timedelta(days=days)


def link(site: str, token: str) -> str:
    """The address an invited person opens."""
    return f"{site}/account/invitation/{token}"
