"""What is drawn says what was counted, and stays inside its frame."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilizer.core.drawing import GAP, LEAST, Segment, band, draw, middle, segments

ROOT = Path(__file__).resolve().parents[2]
MAPS = {"mk": 8, "xk": 7}

some_counts = st.lists(st.integers(0, 5000), min_size=1, max_size=8).filter(any)


def bar(counts: list[int]) -> list[Segment[int]]:
    return segments(enumerate(counts))


def inside(point: tuple[float, float], ring: list[tuple[float, float]]) -> bool:
    """Whether a ray to the right crosses the outline an odd number of times."""
    x, y = point
    crossings = 0
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y1 > y) != (y2 > y) and x1 + (y - y1) * (x2 - x1) / (y2 - y1) > x:
            crossings += 1
    return crossings % 2 == 1


def rings(path: str) -> list[list[tuple[float, float]]]:
    """The points of each ring of a path."""
    return [
        [tuple(map(float, point.split(","))) for point in part.strip("M").split(" ")]
        for part in path.split("Z")
        if part
    ]


@given(some_counts)
def test_a_bar_begins_at_0_and_ends_at_100_never_at_110(counts):
    pieces = bar(counts)

    assert pieces[0].x == 0
    assert pieces[-1].x + pieces[-1].width == pytest.approx(100, abs=0.006)
    whole = sum(piece.width for piece in pieces) + GAP * (len(pieces) - 1)
    assert whole == pytest.approx(100, abs=0.1)


@given(some_counts)
def test_the_pieces_of_a_bar_stand_in_order_and_do_not_touch(counts):
    pieces = bar(counts)

    assert [piece.key for piece in pieces] == [at for at, count in enumerate(counts) if count]
    for left, right in pairwise(pieces):
        assert right.x - (left.x + left.width) == pytest.approx(GAP, abs=0.011)


@given(some_counts)
def test_whatever_was_counted_is_seen(counts):
    assert all(piece.width >= LEAST - 0.011 for piece in bar(counts))


@given(some_counts)
def test_what_counts_more_is_not_narrower(counts):
    pieces = sorted(bar(counts), key=lambda piece: piece.count)

    for less, more in pairwise(pieces):
        assert more.width >= less.width - 0.011


@given(st.lists(st.integers(20, 100), min_size=2, max_size=8))
def test_where_all_can_be_seen_widths_follow_the_counts(counts):
    room = 100 - GAP * (len(counts) - 1)

    for piece in bar(counts):
        assert piece.width == pytest.approx(room * piece.count / sum(counts), abs=0.011)


def test_a_bar_of_nothing_has_no_pieces():
    assert segments([]) == []
    assert bar([0, 0]) == []


def test_a_negative_count_is_refused():
    with pytest.raises(ValueError, match="less than nothing"):
        bar([3, -1])


def test_a_count_is_written_only_where_it_fits():
    wide, narrow = bar([98, 2])

    assert wide.has_room
    assert not narrow.has_room


@pytest.mark.parametrize(
    ("percent", "expected"),
    [(None, "none"), (0, "0"), (19, "0"), (20, "1"), (59, "2"), (79, "3"), (80, "4"), (100, "4")],
)
def test_a_score_falls_into_one_band_and_no_score_into_none(percent, expected):
    assert band(percent) == expected


@pytest.mark.parametrize("country", MAPS)
def test_every_region_is_drawn_inside_the_frame(country):
    drawing = draw(json.loads((ROOT / f"seed/map_{country}.geojson").read_text()))

    assert len(drawing.shapes) == MAPS[country]
    for shape in drawing.shapes:
        for ring in rings(shape.path):
            assert len(ring) > 3
            assert all(0 <= x <= drawing.width and 0 <= y <= drawing.height for x, y in ring)


@pytest.mark.parametrize("country", MAPS)
def test_a_name_stands_inside_its_own_region(country):
    drawing = draw(json.loads((ROOT / f"seed/map_{country}.geojson").read_text()))

    for shape in drawing.shapes:
        holding = [
            other.code
            for other in drawing.shapes
            if sum(inside(shape.label, ring) for ring in rings(other.path)) % 2 == 1
        ]
        assert holding == [shape.code]


def test_north_is_up_and_a_square_degree_is_narrower_than_high():
    square = [[20, 41], [21, 41], [21, 42], [20, 42], [20, 41]]
    drawing = draw(
        {"features": [{"id": "A", "geometry": {"type": "Polygon", "coordinates": [square]}}]},
        width=100,
        margin=0,
    )

    assert drawing.height > drawing.width
    assert rings(drawing.shapes[0].path)[0][0] == (0, drawing.height)


def test_several_polygons_make_one_shape_whose_name_stands_on_the_largest():
    small = [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]
    large = [[[5, 0], [9, 0], [9, 4], [5, 4], [5, 0]]]
    collection = {
        "features": [
            {
                "properties": {"code": "A"},
                "geometry": {"type": "MultiPolygon", "coordinates": [small, large]},
            }
        ]
    }

    shape = draw(collection, width=90, margin=0).shapes[0]

    assert shape.path.count("Z") == 2
    assert shape.label[0] > 50


@given(st.floats(0.5, 3.5), st.floats(0.5, 3.5))
def test_a_middle_never_lies_in_a_hole(x, y):
    outline = [(0.0, 0.0), (40.0, 0.0), (40.0, 40.0), (0.0, 40.0)]
    hole = [(x * 10 + dx, y * 10 + dy) for dx, dy in ((-4, -4), (4, -4), (4, 4), (-4, 4))]

    found = middle([outline, hole])

    assert inside(found, outline)
    assert not inside(found, hole)


@pytest.mark.parametrize(
    "features", [[], [{"id": "A", "geometry": {"type": "Point", "coordinates": [1, 2]}}]]
)
def test_what_is_no_map_is_refused(features):
    with pytest.raises(ValueError, match=r"^A map"):
        draw({"features": features})


def test_a_middle_is_as_far_from_every_side_as_can_be():
    triangle = [(0.0, 0.0), (100.0, 0.0), (0.0, 100.0)]

    assert middle([triangle], precision=0.1) == pytest.approx((29.3, 29.3), abs=0.5)
