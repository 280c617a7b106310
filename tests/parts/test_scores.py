"""A score never stands alone, a rating is never a colour alone, and a bar says its counts."""

import json
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from mobilizer.core.drawing import draw
from mobilizer.scoring.rules import Counts, Rating, score
from tests.support.html import text

SCORES = (
    "{% from 'parts/scores.html' import bar, change, chip, legend, meter, score, scored %}"
    "{% from 'parts/scores.html' import score_table %}"
)
MAP = '{% from "parts/map.html" import map %}'
SHAPES = Path(__file__).resolve().parents[2] / "seed/map_mk.geojson"

some = Counts(kept=3, partly_kept=2, in_progress=4, broken=1, not_yet_rated=2)
few = Counts(kept=3, not_yet_rated=9)


def one(page, selector):
    """The only element a selector finds."""
    (found,) = page.query(selector)
    return found


@pytest.mark.parametrize("rating", Rating)
def test_a_rating_is_a_colour_a_sign_and_a_word(render, rating):
    page = render(SCORES + "{{ chip(rating) }}", rating=rating)

    assert page.query(f".chip .glyph.is-{rating.css} svg path")
    assert text(one(page, ".chip")) == rating.label


def test_every_rating_has_its_own_sign(render):
    page = render(SCORES + "{{ legend() }}")
    signs = [glyph.to_html() for glyph in page.query(".legend .glyph svg")]

    assert len(signs) == len(set(signs)) == len(Rating)


def test_a_bar_has_a_piece_for_every_rating_that_counts_something(render):
    page = render(SCORES + "{{ bar(counts) }}", counts=some)

    assert [rect.attrs["class"] for rect in page.query(".bar rect")] == [
        f"is-{rating.css}" for rating in Rating if some[rating]
    ]


def test_a_bar_says_its_counts_to_those_who_do_not_see_it(render):
    page = render(SCORES + "{{ bar(counts) }}", counts=some)
    bar = one(page, "svg.bar")

    assert bar.attrs["role"] == "img"
    assert bar.attrs["aria-label"] == (
        "12 promises. Kept: 3, Partly kept: 2, In progress: 4, Broken: 1, Not yet rated: 2"
    )


def test_a_bar_of_nothing_says_so(render):
    page = render(SCORES + "{{ bar(counts, tall=True) }}", counts=Counts())

    assert one(page, "svg.bar").attrs["aria-label"] == "No promises yet"
    assert [rect.attrs["class"] for rect in page.query(".bar rect")] == ["open"]


def test_only_a_tall_bar_writes_its_counts_and_only_where_they_fit(render):
    counts = Counts(kept=96, broken=1)

    assert not render(SCORES + "{{ bar(counts) }}", counts=counts).query(".bar text")
    tall = render(SCORES + "{{ bar(counts, tall=True) }}", counts=counts)
    assert [text(figure) for figure in tall.query(".bar text")] == ["96"]


def test_beside_a_percentage_stand_counts_rated_date_and_method(render):
    page = render(
        SCORES + "{{ score(s, c, as_of) }}", s=score(some), c=some, as_of=date(2026, 10, 31)
    )
    said = text(page.root)

    assert text(one(page, ".figure")) == "40 %"
    assert "of 10 rated promises" in said
    assert "10 of 12 promises are rated, as of 31 October 2026" in said
    assert "Method, version" in said
    assert [text(b) for b in page.query(".legend b")] == ["3", "2", "4", "1", "2"]


def test_too_few_rated_promises_show_counts_and_no_percentage(render):
    page = render(
        SCORES + "{{ score(s, c, as_of, least=5) }}", s=score(few), c=few, as_of=date(2026, 10, 31)
    )
    said = text(page.root)

    assert "%" not in said
    assert "No score yet" in said
    assert "Too few" not in said, "more are promised than it takes"
    assert "3 promises are rated; a score takes 5" in said
    assert page.query("svg.bar")


@pytest.mark.parametrize(
    ("points", "said"), [(3, "up 3 points"), (-1, "down 1 point"), (0, "no change"), (None, "")]
)
def test_a_change_is_told_in_words_and_not_by_an_arrow_alone(render, points, said):
    assert text(render(SCORES + "<p>{{ change(points) }}</p>", points=points).query("p")[0]) == said


@pytest.mark.parametrize(("points", "said"), [(3, "+3"), (-12, "−12"), (0, "0")])
def test_in_a_table_a_change_is_a_number_with_its_sign(render, points, said):
    in_points = "{% from 'parts/scores.html' import points as in_points %}{{ in_points(points) }}"
    assert text(one(render(in_points, points=points), "span.nowrap")) == said


def test_a_line_of_a_list_is_one_link_with_name_number_and_bar(render):
    page = render(
        SCORES + '{{ scored("Education", "/en/topics/education", s, c) }}', s=score(some), c=some
    )
    link = one(page, "a")

    assert link.attrs["href"] == "/en/topics/education"
    assert text(link) == "Education 12 promises 40 %"
    assert link.query("svg.bar")


def test_how_much_is_done_is_drawn_and_said(render):
    page = render(SCORES + '{{ meter(3, 5, "3 of 5 filed") }}')

    assert one(page, "rect.done").attrs["width"] == "60.0%"
    assert text(one(page, "p")) == "3 of 5 filed"
    assert one(render(SCORES + '{{ meter(0, 0, "none") }}'), "rect.done").attrs["width"] == "0%"


def regions():
    """Two of eight regions, one with a score and one without."""
    rows = (("MK006", "Polog Region", some, 0, 0), ("MK007", "Northeast Region", few, 2, 0))
    return [
        SimpleNamespace(
            code=code, name=name, names={"en": name}, url=f"/en/regions/{code}", counts=counts,
            score=score(counts), column=column, row=row,
        )
        for code, name, counts, column, row in rows
    ]  # fmt: skip


def test_every_region_on_the_map_is_a_link_that_says_name_and_number(render):
    drawing = draw(json.loads(SHAPES.read_text()))
    page = render(MAP + '{{ map(d, regions, "Regions") }}', d=drawing, regions=regions())
    links = {link.attrs["href"]: link for link in page.query("svg.map a")}

    polog, northeast = links["/en/regions/MK006"], links["/en/regions/MK007"]
    assert polog.attrs["aria-label"] == text(polog.query("title")[0]) == "Polog Region: 40 %"
    assert polog.attrs["class"] == "band-2"
    assert northeast.attrs["aria-label"] == "Northeast Region: no score yet"
    assert northeast.attrs["class"] == "band-none"
    assert len(page.query("svg.map path")) == 8


def test_tiles_and_table_carry_the_numbers_of_the_map(render):
    drawing = draw(json.loads(SHAPES.read_text()))
    page = render(
        MAP
        + SCORES
        + '{{ map(d, rows, "Regions") }}{{ score_table("By region", "Region", rows) }}',
        d=drawing,
        rows=regions(),
    )

    assert [text(tile) for tile in page.query(".tile")] == [
        "Polog Region 40 %",
        "Northeast Region no score yet",
    ]
    assert one(page, "li.col-2").attrs["class"] == "col-2 row-0"
    rows = [[text(cell) for cell in row.query("th, td")] for row in page.query("tbody tr")]
    assert rows == [
        ["Polog Region", "40 %", "10", "12", "3", "2", "4", "0", "0", "1", "0", "2"],
        ["Northeast Region", "no score yet", "3", "12", "3", "0", "0", "0", "0", "0", "0", "9"],
    ]
