"""What the public may see of a cycle, and its numbers as of any moment."""

from mobilizer.scorecards.queries.board import Board, board, end_of_day
from mobilizer.scorecards.queries.history import (
    Moved,
    beside,
    history,
    moved,
    ratings_under,
    tallied,
)
from mobilizer.scorecards.queries.hits import Hit, hits
from mobilizer.scorecards.queries.latest import news, offered
from mobilizer.scorecards.queries.lines import Line, drawing_of, drawn, lines, lines_of, scores
from mobilizer.scorecards.queries.listing import (
    page_under,
    public_promise,
    published_by,
    published_media,
    shown_promises,
)
from mobilizer.scorecards.queries.near import near, parties_of, parties_on, promises_beside, things
from mobilizer.scorecards.queries.otherwise import Otherwise, otherwise
from mobilizer.scorecards.queries.register import Found, Wanted, look_up, page_of
from mobilizer.scorecards.queries.shelf import Shelf, shelf
from mobilizer.scorecards.queries.standing import coverage, covered, places_of

__all__ = [
    "Board",
    "Found",
    "Hit",
    "Line",
    "Moved",
    "Otherwise",
    "Shelf",
    "Wanted",
    "beside",
    "board",
    "coverage",
    "covered",
    "drawing_of",
    "drawn",
    "end_of_day",
    "history",
    "hits",
    "lines",
    "lines_of",
    "look_up",
    "moved",
    "near",
    "news",
    "offered",
    "otherwise",
    "page_of",
    "page_under",
    "parties_of",
    "parties_on",
    "places_of",
    "promises_beside",
    "public_promise",
    "published_by",
    "published_media",
    "ratings_under",
    "scores",
    "shelf",
    "shown_promises",
    "tallied",
    "things",
]
