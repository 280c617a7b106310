"""Geometry of what is drawn as inline SVG: the segments of a bar, the shapes of a map.

Pure: numbers in, numbers and path strings out. Colours are the stylesheet's business.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import product
from math import cos, hypot, inf, radians, sqrt
from typing import Any, Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Point = tuple[float, float]
Ring = list[Point]
#: A square over a polygon: its bound and its centre's depth (both negative), centre, half side.
Square = tuple[float, float, float, float, float]

#: White between two segments, and the least a segment is seen at, in percent of the bar.
GAP = 0.35
LEAST = 1.5
#: What a figure takes inside a bar on a small phone, in percent: each digit, and the air.
DIGIT, AIR = 2.8, 2.4

#: The upper ends of the map's bands of a score in percent; above the last is one more.
BANDS = (20, 40, 60, 80)
NO_BAND = "none"


@dataclass(frozen=True)
class Segment(Generic[Key]):
    """One piece of a bar: whose it is, what it counts, where it lies, in percent."""

    key: Key
    count: int
    x: float
    width: float

    @property
    def has_room(self) -> bool:
        """Whether the count can be written inside it on a small phone."""
        return self.width >= DIGIT * len(str(self.count)) + AIR


def segments(counts: Iterable[tuple[Key, int]]) -> list[Segment[Key]]:
    """The pieces of a bar from 0 to 100, in the order given; what counts nothing has none.

    Widths follow the counts, but none is too small to be seen: what the small ones are given,
    the others yield in proportion. The last piece ends at 100 exactly, whatever was rounded.

    Raises:
        ValueError: a count is negative.
    """
    counted = [(key, count) for key, count in counts if count]
    if any(count < 0 for _, count in counted):
        raise ValueError("A bar cannot show less than nothing.")
    room = 100 - GAP * (len(counted) - 1)
    drawn, start = [], 0.0
    for (key, count), width in zip(counted, _widths([c for _, c in counted], room), strict=True):
        end = start + width
        x = round(start, 2)
        drawn.append(Segment(key, count, x, round(round(end, 2) - x, 2)))
        start = end + GAP
    return drawn


def _widths(counts: Sequence[int], room: float) -> list[float]:
    """Share the room by the counts, nobody getting less than ``LEAST`` while there is enough."""
    least = min(LEAST, room / len(counts)) if counts else 0
    small: set[int] = set()
    while True:
        rest = sum(count for at, count in enumerate(counts) if at not in small)
        left = room - least * len(small)
        raised = {
            at for at, count in enumerate(counts) if at not in small and left * count < least * rest
        }
        if not raised:
            break
        small |= raised
    return [least if at in small else left * count / rest for at, count in enumerate(counts)]


def band(percent: int | None) -> str:
    """The class of the map's colour for a score: "none", or "0" (worst) to "4"."""
    if percent is None:
        return NO_BAND
    return str(sum(percent >= end for end in BANDS))


@dataclass(frozen=True)
class Shape:
    """One area of a map: its outline as an SVG path, and where its name can stand."""

    code: str
    path: str
    label: Point


@dataclass(frozen=True)
class Drawing:
    """A map, ready to be written as SVG."""

    width: float
    height: float
    shapes: tuple[Shape, ...]

    @property
    def view_box(self) -> str:
        """What the ``viewBox`` attribute says."""
        return f"0 0 {self.width:g} {self.height:g}"


def draw(collection: Mapping[str, Any], width: float = 480, margin: float = 4) -> Drawing:
    """Project a GeoJSON collection of (multi)polygons to shapes of a map.

    Equirectangular, with degrees of longitude shortened as they are in the middle of the map:
    for a small country the shapes come out as people know them. Each feature needs an ``id``
    or a property ``code``.

    Raises:
        ValueError: there is nothing to draw, or a geometry is not made of polygons.
    """
    areas = [(_code(feature), _polygons(feature)) for feature in collection["features"]]
    points = [
        point for _, polygons in areas for rings in polygons for ring in rings for point in ring
    ]
    if not points:
        raise ValueError("A map without any shape cannot be drawn.")
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    shortened = cos(radians((south + north) / 2))
    scale = (width - 2 * margin) / ((east - west) * shortened)

    def place(point: Point) -> Point:
        return (
            round(margin + (point[0] - west) * shortened * scale, 1),
            round(margin + (north - point[1]) * scale, 1),
        )

    placed = [
        (code, [[[place(point) for point in ring] for ring in rings] for rings in polygons])
        for code, polygons in areas
    ]
    height = round((north - south) * scale + 2 * margin, 1)
    return Drawing(width, height, tuple(_shape(code, polygons) for code, polygons in placed))


def _code(feature: Mapping[str, Any]) -> str:
    return str(feature.get("id") or feature["properties"]["code"])


def _polygons(feature: Mapping[str, Any]) -> list[list[Ring]]:
    geometry = feature["geometry"]
    if geometry["type"] not in ("Polygon", "MultiPolygon"):
        raise ValueError(f"A map is made of polygons, not of {geometry['type']}.")
    several = geometry["type"] == "MultiPolygon"
    polygons = geometry["coordinates"] if several else [geometry["coordinates"]]
    return [[[(x, y) for x, y, *_ in ring] for ring in rings] for rings in polygons]


def _shape(code: str, polygons: list[list[Ring]]) -> Shape:
    largest = max(polygons, key=lambda rings: abs(_area(rings[0])))
    path = "".join(_path(ring) for rings in polygons for ring in rings)
    return Shape(code, path, middle(largest))


def _path(ring: Ring) -> str:
    """A ring as a path, without points that fall together and without the closing one."""
    kept = [point for at, point in enumerate(ring) if at == 0 or point != ring[at - 1]]
    if len(kept) > 1 and kept[0] == kept[-1]:
        kept.pop()
    return "M" + " ".join(f"{x:g},{y:g}" for x, y in kept) + "Z"


def _area(ring: Ring) -> float:
    """The signed area of a ring."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in _sides([ring])) / 2


def _sides(rings: list[Ring]) -> list[tuple[Point, Point]]:
    return [
        (ring[at - 1], ring[at])
        for ring in rings
        for at in range(len(ring))
        if ring[at - 1] != ring[at]
    ]


def middle(rings: list[Ring], precision: float = 1.0) -> Point:
    """The point inside a polygon that is farthest from its outline, to a given precision.

    Squares are laid over the polygon; the one that may hold the best point is split in four,
    until none can be better than what is found. (A centre of gravity may lie outside.)
    """
    sides = _sides(rings)
    squares = _cover(rings[0], sides, precision)
    heapify(squares)
    best = min(squares, key=_shallowness)
    while squares:
        bound, _, x, y, half = heappop(squares)
        if bound >= best[1] - precision:
            break
        for at in product((x - half / 2, x + half / 2), (y - half / 2, y + half / 2)):
            quarter = _square(at, half / 2, sides)
            best = min(best, quarter, key=_shallowness)
            heappush(squares, quarter)
    return round(best[2], 1), round(best[3], 1)


def _cover(ring: Ring, sides: list[tuple[Point, Point]], precision: float) -> list[Square]:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    west, north = min(xs), min(ys)
    size = min(max(xs) - west, max(ys) - north) or precision
    columns, rows = int((max(xs) - west) / size) + 1, int((max(ys) - north) / size) + 1
    return [
        _square((west + (column + 0.5) * size, north + (row + 0.5) * size), size / 2, sides)
        for column, row in product(range(columns), range(rows))
    ]


def _square(centre: Point, half: float, sides: list[tuple[Point, Point]]) -> Square:
    """A square, ordered in the heap by how deep its best point can at most lie."""
    depth = _depth(centre, sides)
    return -(depth + half * sqrt(2)), -depth, *centre, half


def _shallowness(square: Square) -> float:
    return square[1]


def _depth(point: Point, sides: list[tuple[Point, Point]]) -> float:
    """How far inside a point lies; negative outside."""
    x, y = point
    inside, nearest = False, inf
    for (x1, y1), (x2, y2) in sides:
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
        along = ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / ((x2 - x1) ** 2 + (y2 - y1) ** 2)
        along = min(1.0, max(0.0, along))
        nearest = min(nearest, hypot(x - x1 - along * (x2 - x1), y - y1 - along * (y2 - y1)))
    return nearest if inside else -nearest
