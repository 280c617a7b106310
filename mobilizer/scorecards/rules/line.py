"""A score over the months as a line: where its points lie, and which of them are joined.

Pure: percentages in, places in percent of the drawing out. Colours are the stylesheet's business.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

#: The room left and right of the line, and above and below it, in percent of the drawing.
LEFT, RIGHT, TOP, BOTTOM = 9.0, 7.0, 9.0, 16.0


@dataclass(frozen=True)
class Point:
    """One value of the line, and where it lies."""

    x: float
    y: float
    percent: int


@dataclass(frozen=True)
class Line:
    """A line in pieces: what has no value is a gap, never nought."""

    points: tuple[Point, ...]
    #: Neighbours that both have a value.
    joined: tuple[tuple[Point, Point], ...]
    #: Where nothing can be said, from x to x: before, between or after.
    gaps: tuple[tuple[float, float], ...]

    @property
    def alone(self) -> tuple[Point, ...]:
        """The points that are joined to none."""
        ends = {point for pair in self.joined for point in pair}
        return tuple(point for point in self.points if point not in ends)


def height_of(percent: float) -> float:
    """How far below the upper edge a percentage lies."""
    return round(TOP + (100 - TOP - BOTTOM) * (100 - percent) / 100, 2)


def line(values: Sequence[int | None]) -> Line:
    """Percentages from 0 to 100, evenly spaced in their order; None is a gap.

    The scale is always the whole one: a small change looks small.
    """
    last = max(1, len(values) - 1)
    across = [round(LEFT + (100 - LEFT - RIGHT) * at / last, 2) for at in range(len(values))]
    placed = [
        None if value is None else Point(x, height_of(value), value)
        for x, value in zip(across, values, strict=True)
    ]
    sides = list(zip(pairwise(placed), pairwise(across), strict=True))
    return Line(
        points=tuple(point for point in placed if point),
        joined=tuple((one, other) for (one, other), _ in sides if one and other),
        gaps=tuple(ends for (one, other), ends in sides if not (one and other)),
    )
