"""Inviting a body to reply, taking its reply in, deciding on it, holding findings back."""

from mobilizer.replies.actions.deadlines import hold_all_of
from mobilizer.replies.actions.holding import publish_due, publish_or_hold, try_again
from mobilizer.replies.actions.inviting import (
    Addressee,
    forget_addresses,
    invite,
    keep_contact,
    letter_sent,
    token_of,
    withdraw,
)
from mobilizer.replies.actions.moderating import decide
from mobilizer.replies.actions.replying import Written, forgo, receive, renew

__all__ = [
    "Addressee",
    "Written",
    "decide",
    "forget_addresses",
    "forgo",
    "hold_all_of",
    "invite",
    "keep_contact",
    "letter_sent",
    "publish_due",
    "publish_or_hold",
    "receive",
    "renew",
    "token_of",
    "try_again",
    "withdraw",
]
