"""What the public may see of a cycle, and its numbers as of any moment."""

from mobilizer.scorecards.queries.board import board, end_of_day
from mobilizer.scorecards.queries.hits import Hit, hits
from mobilizer.scorecards.queries.lines import Line, drawing_of, lines, scores
from mobilizer.scorecards.queries.listing import (
    page_under,
    public_promise,
    published_media,
    shown_promises,
)
from mobilizer.scorecards.queries.near import near, parties_on, promises_beside, things
from mobilizer.scorecards.queries.register import Found, Wanted, fewer_words, look_up, page_of

__all__ = [
    "Found",
    "Hit",
    "Line",
    "Wanted",
    "board",
    "drawing_of",
    "end_of_day",
    "fewer_words",
    "hits",
    "lines",
    "look_up",
    "near",
    "page_of",
    "page_under",
    "parties_on",
    "promises_beside",
    "public_promise",
    "published_media",
    "scores",
    "shown_promises",
    "things",
]
