"""What the public may see of a cycle, and its numbers as of any moment."""

from mobilizer.scorecards.queries.board import board, end_of_day
from mobilizer.scorecards.queries.hits import Hit, hits
from mobilizer.scorecards.queries.lines import Line, drawing_of, lines, scores
from mobilizer.scorecards.queries.listing import (
    ids_inside,
    promises_in,
    public_promise,
    published_media,
    shown_promises,
)
from mobilizer.scorecards.queries.near import near, parties_on, promises_beside, things
from mobilizer.scorecards.queries.otherwise import Otherwise, otherwise
from mobilizer.scorecards.queries.register import Found, Wanted, look_up, page_of
from mobilizer.scorecards.queries.shelf import forget_shelves, shelf
from mobilizer.scorecards.queries.standing import Standing, standings

__all__ = [
    "Found",
    "Hit",
    "Line",
    "Otherwise",
    "Standing",
    "Wanted",
    "board",
    "drawing_of",
    "end_of_day",
    "forget_shelves",
    "hits",
    "ids_inside",
    "lines",
    "look_up",
    "near",
    "otherwise",
    "page_of",
    "parties_on",
    "promises_beside",
    "promises_in",
    "public_promise",
    "published_media",
    "scores",
    "shelf",
    "shown_promises",
    "standings",
    "things",
]
