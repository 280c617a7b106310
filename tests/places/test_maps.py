"""Outlines in degrees become a picture in which every label stands inside its border."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilizer.places.rules.maps import draw, inside

SQUARE = [[[21.0, 41.0], [22.0, 41.0], [22.0, 42.0], [21.0, 42.0], [21.0, 41.0]]]
EASTWARD = [[[x + 1, y] for x, y in SQUARE[0]]]
#: A U: its centre of gravity lies in the gap between its legs.
HORSESHOE = [[[0, 0], [9, 0], [9, 9], [8, 9], [8, 1], [1, 1], [1, 9], [0, 9], [0, 0]]]


def corners(path):
    return [(int(x), int(y)) for x, y in re.findall(r"(-?\d+),(-?\d+)", path)]


def test_north_is_above_and_east_is_right():
    northward = [[[x, y + 1] for x, y in SQUARE[0]]]

    drawn = draw({"home": SQUARE, "north": northward, "east": EASTWARD}).outlines

    assert drawn["north"].label_y < drawn["home"].label_y
    assert drawn["north"].label_x == drawn["home"].label_x
    assert drawn["east"].label_x > drawn["home"].label_x


def test_a_degree_of_longitude_is_drawn_shorter_than_one_of_latitude():
    drawn = draw({"home": SQUARE}, width=300)

    assert drawn.width == 300
    assert drawn.height == 401  # 300 by the cosine of 41.5 degrees


def test_neighbours_touch_without_a_gap():
    drawn = draw({"home": SQUARE, "east": EASTWARD}).outlines

    shared = set(corners(drawn["home"].path)) & set(corners(drawn["east"].path))
    assert len(shared) == 2


def test_a_label_stands_inside_even_where_the_centre_does_not():
    x, y = inside(HORSESHOE)

    assert x < 1 or x > 8 or y < 1


def test_a_hole_is_no_place_for_a_label():
    ring = [[0, 0], [9, 0], [9, 9], [0, 9], [0, 0]]
    hole = [[1, 1], [7, 1], [7, 8], [1, 8], [1, 1]]

    x, _ = inside([ring, hole])

    assert 7 < x < 9


def test_no_shapes_make_an_empty_map():
    assert draw({}).outlines == {}


@given(st.integers(50, 4000), st.floats(-60, 60), st.floats(-170, 170))
def test_every_corner_lies_within_the_picture(width, latitude, longitude):
    shape = [[[x - 21 + longitude, y - 41 + latitude] for x, y in SQUARE[0]]]

    drawn = draw({"home": shape}, width=width)

    for x, y in corners(drawn.outlines["home"].path):
        assert -1 <= x <= drawn.width + 1
        assert -1 <= y <= drawn.height + 1


@pytest.mark.parametrize("turn", [1, -1])
def test_the_direction_of_a_line_does_not_matter(turn):
    assert inside([HORSESHOE[0][::turn]]) == inside(HORSESHOE)
