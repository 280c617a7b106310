"""Which reports wait for whom, and all it takes to decide on one."""

from mobilizer.review.queries.case import Case, case
from mobilizer.review.queries.history import history
from mobilizer.review.queries.queue import (
    Neighbours,
    Shown,
    Waiting,
    counts,
    lines,
    neighbours,
    next_for,
    overdue,
    queue,
    reviewable_by,
    waiting,
)

__all__ = [
    "Case",
    "Neighbours",
    "Shown",
    "Waiting",
    "case",
    "counts",
    "history",
    "lines",
    "neighbours",
    "next_for",
    "overdue",
    "queue",
    "reviewable_by",
    "waiting",
]
