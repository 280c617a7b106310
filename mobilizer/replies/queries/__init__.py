"""Who may know of which link and reply, what is held back, and what the public reads."""

from mobilizer.replies.queries.desk import (
    contact,
    contacts,
    cycles_of,
    held_visible_to,
    links,
    named,
    promises_visible_to,
    replies_visible_to,
    untold,
    visible_to,
    waiting,
)
from mobilizer.replies.queries.holding import (
    asked_about,
    held_of,
    holds_of,
    is_standing,
    rating_up_to,
    readings,
)
from mobilizer.replies.queries.public import (
    being_read,
    beside,
    beside_findings,
    by_token,
    published,
    told,
    told_after,
)
from mobilizer.replies.queries.versions import has_fallen, is_taken_back, successor

__all__ = [
    "asked_about",
    "being_read",
    "beside",
    "beside_findings",
    "by_token",
    "contact",
    "contacts",
    "cycles_of",
    "has_fallen",
    "held_of",
    "held_visible_to",
    "holds_of",
    "is_standing",
    "is_taken_back",
    "links",
    "named",
    "promises_visible_to",
    "published",
    "rating_up_to",
    "readings",
    "replies_visible_to",
    "successor",
    "told",
    "told_after",
    "untold",
    "visible_to",
    "waiting",
]
