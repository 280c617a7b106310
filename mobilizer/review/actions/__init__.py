"""Deciding on a report, letting in what came late, reopening. The caller commits."""

from mobilizer.review.actions.deciding import (
    DecidedAlready,
    Outcome,
    approve_together,
    decide,
    release,
)
from mobilizer.review.actions.publishing import content_of, may_be_shown, shown
from mobilizer.review.actions.reopening import reopen

__all__ = [
    "DecidedAlready",
    "Outcome",
    "approve_together",
    "content_of",
    "decide",
    "may_be_shown",
    "release",
    "reopen",
    "shown",
]
