"""A map drawn from outlines: degrees in, numbers for an SVG out."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians

#: A closed line of (longitude, latitude); after drawing, of (x, y).
Ring = list[list[float]]
#: An outline, and the holes in it if it has any.
Shape = list[Ring]


@dataclass(frozen=True)
class Outline:
    """One place on the map: its border as SVG path data, and where its label stands."""

    path: str
    label_x: int
    label_y: int


@dataclass(frozen=True)
class Map:
    """A picture of ``width`` by ``height`` units, with an outline for each code."""

    width: int
    height: int
    outlines: dict[str, Outline]


def draw(shapes: Mapping[str, Shape], width: int = 1000) -> Map:
    """Fit the shapes into a picture of this width, north above.

    Degrees of longitude are shortened by the cosine of the middle latitude, which is true
    enough for a country of this size.
    """
    points = [point for shape in shapes.values() for ring in shape for point in ring]
    if not points:
        return Map(width, 0, {})
    west, east = (pick(point[0] for point in points) for pick in (min, max))
    south, north = (pick(point[1] for point in points) for pick in (min, max))
    shortening = cos(radians((south + north) / 2))
    scale = width / ((east - west) * shortening)

    def placed(shape: Shape) -> Shape:
        return [
            [[(x - west) * shortening * scale, (north - y) * scale] for x, y in ring]
            for ring in shape
        ]

    outlines = {code: outline(placed(shape)) for code, shape in shapes.items()}
    return Map(width, round((north - south) * scale), outlines)


def outline(shape: Shape) -> Outline:
    """The path of a shape already in the picture's units, and a point well inside it."""
    path = "".join(
        "M" + "L".join(f"{round(x)},{round(y)}" for x, y in ring[:-1]) + "Z" for ring in shape
    )
    x, y = inside(shape)
    return Outline(path, round(x), round(y))


def inside(shape: Shape) -> tuple[float, float]:
    """A point inside a shape: the middle of its widest stretch at the height of its centre."""
    height = centre(shape[0])
    crossings = sorted(
        x1 + (height - y1) / (y2 - y1) * (x2 - x1)
        for ring in shape
        for (x1, y1), (x2, y2) in pairwise(ring)
        if (y1 > height) != (y2 > height)
    )
    stretches = list(zip(crossings[::2], crossings[1::2], strict=True))
    left, right = max(stretches, key=lambda ends: ends[1] - ends[0])
    return (left + right) / 2, height


def centre(ring: Ring) -> float:
    """The height of a ring's centre of gravity."""
    pieces = [(x1 * y2 - x2 * y1, y1 + y2) for (x1, y1), (x2, y2) in pairwise(ring)]
    doubled_area = sum(cross for cross, _ in pieces)
    return sum(cross * heights for cross, heights in pieces) / (3 * doubled_area)
