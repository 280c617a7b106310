"""Who may know of which public request, and what the public reads of them."""

from mobilizer.requests.queries.desk import (
    counts,
    how_many_wait,
    listed,
    photo_of,
    reports_behind,
    visible_to,
    waiting,
)
from mobilizer.requests.queries.public import answered_in, answered_on, askable, by_token

__all__ = [
    "answered_in",
    "answered_on",
    "askable",
    "by_token",
    "counts",
    "how_many_wait",
    "listed",
    "photo_of",
    "reports_behind",
    "visible_to",
    "waiting",
]
