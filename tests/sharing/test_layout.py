"""Where things stand on a picture: inside its edges whatever is said, and all of it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilizer.scoring.rules import Rating
from mobilizer.sharing.rules.cards import Card, Piece
from mobilizer.sharing.rules.items import Box, Sign, Text
from mobilizer.sharing.rules.layout import laid_out
from mobilizer.sharing.rules.looks import COLOURS, PATTERNS, SHAPES, SIGNS, Face, Shape
from tests.sharing.cards import a_promise, a_score, pieces

shapes = st.sampled_from(list(SHAPES.values()))
names = st.text("abШђ ё", max_size=400)
counts = st.lists(st.integers(min_value=0, max_value=100_000), min_size=8, max_size=8)


def measure(text: str, face: Face, size: int) -> float:
    return len(text) * size * 0.55


def right(item: Box | Sign | Text) -> float:
    if isinstance(item, Box):
        return item.x + item.width
    if isinstance(item, Sign):
        return item.x + item.size
    return item.x + measure(item.text, item.face, item.size)


def written(card: Card, shape: Shape) -> str:
    return " ".join(item.text for item in laid_out(card, shape, measure) if isinstance(item, Text))


def assert_inside(card: Card, shape: Shape) -> None:
    for item in laid_out(card, shape, measure):
        assert shape.margin - 1 <= item.x
        assert right(item) <= shape.width - shape.margin + 1, item
        assert shape.edge * 0.8 <= item.y <= shape.height - shape.edge + 1, item


@given(shapes, names, names, names, counts)
def test_a_score_stays_inside_however_long_its_names(
    shape: Shape, title: str, over: str, banner: str, numbers: list[int]
) -> None:
    card = a_score(title=title, over=over, banner=banner, pieces=pieces(*numbers))
    assert_inside(card, shape)


@given(shapes, st.text("abШђ ё", max_size=4000), names, names)
def test_a_promise_stays_inside_however_long_its_words(
    shape: Shape, quote: str, author: str, title: str
) -> None:
    assert_inside(a_promise(quote=quote, author=author, title=title), shape)


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_a_score_never_stands_without_its_counts_date_and_method(shape: Shape) -> None:
    card = a_score()
    said = written(card, shape)
    for must in (card.title, card.over, card.figure, *card.notes, card.source, "Mobilizer"):
        assert must in said
    assert said.index(card.notes[0]) < said.index(card.covered) < said.index(card.notes[1])
    for piece in card.pieces:
        assert f"{piece.label} {piece.count}" in said


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_a_promise_is_told_in_its_words_with_its_party_and_its_rating(shape: Shape) -> None:
    card = a_promise(quoted_in="mk")
    said = written(card, shape)
    assert f"„{card.quote}“" in said
    assert card.author in said
    assert card.source in said
    assert "Kept" in said


def test_a_demonstration_says_so_on_every_shape() -> None:
    for shape in SHAPES.values():
        said = written(a_score(banner="Demonstration: all of this is invented"), shape)
        assert "Demonstration" in said


def test_a_name_of_a_hundred_letters_stands_there_whole() -> None:
    name = " ".join(["Municipality"] * 8)
    for shape in SHAPES.values():
        assert name in written(a_score(title=name), shape)


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_every_rating_is_told_without_its_colour(shape: Shape) -> None:
    items = laid_out(a_score(), shape, measure)
    assert {item.rating for item in items if isinstance(item, Sign)} == set(Rating) == set(SIGNS)
    hatched = {item.fill for item in items if isinstance(item, Box) and item.pattern}
    assert hatched == {rating.css for rating in PATTERNS}


def test_the_bar_follows_the_counts() -> None:
    card = a_score(pieces=pieces(30, 10, 0, 0, 0, 0, 0, 0))
    shape = SHAPES["wide"]
    items = laid_out(card, shape, measure)
    widths = {i.fill: i.width for i in items if isinstance(i, Box) and i.height > 50}
    assert widths["kept"] / widths["partly"] == pytest.approx(3, rel=0.01)


def test_what_is_said_is_in_the_hash_and_nothing_else() -> None:
    card = a_score()
    assert card.mark("wide") == replace(card).mark("wide")
    assert card.mark("wide") != card.mark("tall")
    for changed in ({"title": "Heálth"}, {"figure": "42\u00a0%"}, {"language": "sq"}):
        assert a_score(**changed).mark("wide") != card.mark("wide")
    assert a_promise(verdict=Piece(Rating.BROKEN, "Broken", 1, "1")).mark("wide") != (
        a_promise().mark("wide")
    )


def test_every_colour_of_a_picture_is_named() -> None:
    for card in (a_score(banner="Demonstration"), a_promise()):
        for item in laid_out(card, SHAPES["tall"], measure):
            assert item.fill in COLOURS
