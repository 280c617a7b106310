"""Threads, what in them is new to whom, and what they mention: as far as somebody may see it."""

from mobilizer.conversation.queries.inbox import (
    Line,
    hers,
    may_read,
    new_to,
    threads,
    told_of,
    unread_threads,
)
from mobilizer.conversation.queries.mentioned import in_which, meant, reachable
from mobilizer.conversation.queries.threads import (
    Thread,
    find,
    known_to,
    may_open_again,
    shown_in,
    thread,
)

__all__ = [
    "Line",
    "Thread",
    "find",
    "hers",
    "in_which",
    "known_to",
    "may_open_again",
    "may_read",
    "meant",
    "new_to",
    "reachable",
    "shown_in",
    "thread",
    "threads",
    "told_of",
    "unread_threads",
]
