"""What the public may see of a cycle, and its numbers as of any moment."""

from mobilizer.scorecards.queries.board import board, end_of_day
from mobilizer.scorecards.queries.history import boards, history
from mobilizer.scorecards.queries.hits import Hit, hits
from mobilizer.scorecards.queries.latest import news, offered
from mobilizer.scorecards.queries.lines import Line, drawing_of, drawn, lines, lines_of, scores
from mobilizer.scorecards.queries.listing import (
    numbered_page,
    public_promise,
    published_by,
    published_media,
    shown_promises,
)
from mobilizer.scorecards.queries.near import near, parties_on, promises_beside, things
from mobilizer.scorecards.queries.otherwise import Otherwise, otherwise
from mobilizer.scorecards.queries.register import Found, Wanted, look_up, page_of
from mobilizer.scorecards.queries.shelf import forget_shelves, shelf
from mobilizer.scorecards.queries.standing import places_of, reasons, reported

__all__ = [
    "Found",
    "Hit",
    "Line",
    "Otherwise",
    "Wanted",
    "board",
    "boards",
    "drawing_of",
    "drawn",
    "end_of_day",
    "forget_shelves",
    "history",
    "hits",
    "lines",
    "lines_of",
    "look_up",
    "near",
    "news",
    "numbered_page",
    "offered",
    "otherwise",
    "page_of",
    "parties_on",
    "places_of",
    "promises_beside",
    "public_promise",
    "published_by",
    "published_media",
    "reasons",
    "reported",
    "scores",
    "shelf",
    "shown_promises",
    "things",
]
