"""What the board shows, and what would pass to whom."""

from mobilizer.board.queries.board import Board, Wanted, board
from mobilizer.board.queries.plan import (
    Plan,
    begun_months,
    earliest_of,
    first_open,
    handed_by,
    holders,
    plan_of,
    takers,
)
from mobilizer.board.queries.visible import cycles_of, regions_of

__all__ = [
    "Board",
    "Plan",
    "Wanted",
    "begun_months",
    "board",
    "cycles_of",
    "earliest_of",
    "first_open",
    "handed_by",
    "holders",
    "plan_of",
    "regions_of",
    "takers",
]
