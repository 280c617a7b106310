"""Which reports wait for whom, and all it takes to decide on one."""

from mobilizer.review.queries.case import Case, case
from mobilizer.review.queries.history import history
from mobilizer.review.queries.queue import (
    ALL,
    Neighbours,
    Only,
    Shown,
    Waiting,
    counts,
    lines,
    neighbours,
    next_for,
    offered,
    overdue,
    queue,
    reviewable_by,
    waiting,
)
from mobilizer.review.queries.together import Alike, together

__all__ = [
    "ALL",
    "Alike",
    "Case",
    "Neighbours",
    "Only",
    "Shown",
    "Waiting",
    "case",
    "counts",
    "history",
    "lines",
    "neighbours",
    "next_for",
    "offered",
    "overdue",
    "queue",
    "reviewable_by",
    "together",
    "waiting",
]
