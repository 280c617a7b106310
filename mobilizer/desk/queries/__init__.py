"""What the desk shows of everybody's work: numbers, and the log."""

from mobilizer.desk.queries.log import Line, Lines, Wanted, actors, every_line, lines
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
from mobilizer.desk.queries.subjects import About

__all__ = [
    "About",
    "Board",
    "Line",
    "Lines",
    "Mentoring",
    "People",
    "Running",
    "Wanted",
    "actors",
    "board",
    "every_line",
    "lines",
    "mentoring",
    "people",
    "running",
]
