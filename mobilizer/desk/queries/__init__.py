"""What the desk shows of everybody's work: numbers, and the log."""

from mobilizer.desk.queries.log import Line, Wanted, actors, lines
from mobilizer.desk.queries.overview import (
    Board,
    Mentoring,
    People,
    Running,
    board,
    mentoring,
    people,
    running,
)

__all__ = [
    "Board",
    "Line",
    "Mentoring",
    "People",
    "Running",
    "Wanted",
    "actors",
    "board",
    "lines",
    "mentoring",
    "people",
    "running",
]
