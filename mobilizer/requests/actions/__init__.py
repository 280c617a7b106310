"""Taking a public request in, closing it, publishing an answer, forgetting. The caller commits."""

from mobilizer.requests.actions.closing import Told, close, hide, move, publish
from mobilizer.requests.actions.forgetting import (
    erase_old,
    forget_addresses,
    letter_sent,
    link_of,
)
from mobilizer.requests.actions.photos import forget_orphans, redrawn
from mobilizer.requests.actions.receiving import (
    Asked,
    new_number,
    new_stamp,
    receive,
    sent_with,
    stamp_of,
    token_of,
)

__all__ = [
    "Asked",
    "Told",
    "close",
    "erase_old",
    "forget_addresses",
    "forget_orphans",
    "hide",
    "letter_sent",
    "link_of",
    "move",
    "new_number",
    "new_stamp",
    "publish",
    "receive",
    "redrawn",
    "sent_with",
    "stamp_of",
    "token_of",
]
