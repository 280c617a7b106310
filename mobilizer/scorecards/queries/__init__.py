"""What the public may see of a cycle, and its numbers as of any moment."""

from mobilizer.scorecards.queries.board import board, end_of_day
from mobilizer.scorecards.queries.lines import Line, drawing_of, lines, scores
from mobilizer.scorecards.queries.listing import (
    Wanted,
    filtered,
    ids_inside,
    promises_in,
    public_promise,
    published_media,
    shown_promises,
)

__all__ = [
    "Line",
    "Wanted",
    "board",
    "drawing_of",
    "end_of_day",
    "filtered",
    "ids_inside",
    "lines",
    "promises_in",
    "public_promise",
    "published_media",
    "scores",
    "shown_promises",
]
