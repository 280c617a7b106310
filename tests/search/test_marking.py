"""Where in a text the words stand that were looked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilizer.search.rules.marking import LONGEST, around, pieces, stands_in
from mobilizer.search.rules.words import asked


def marked(text: str, typed: str) -> list[str]:
    return [piece.text for piece in pieces(text, asked(typed).words) if piece.is_sought]


@pytest.mark.parametrize(
    ("text", "typed", "stands"),
    [
        ("Ќе изградиме три училишта.", "ucilista", ["училишта"]),
        ("Патот Струмица–Дојран", "dojran strumica", ["Струмица", "Дојран"]),
        ("Shkolla e re, shkollë e vjetër", "школа", ["Shkolla", "shkollë"]),
        ("s\u030ckola", "skola", ["s\u030ckola"]),
        ("The mayor's road", "mayors", ["mayor's"]),
        ("<b>road</b>", "road", ["road"]),
        ("A road", "", []),
        ("A road", "bridge", []),
    ],
)
def test_words_are_marked_as_they_are_written(text: str, typed: str, stands: list[str]) -> None:
    assert marked(text, typed) == stands


@given(st.text(max_size=200), st.text(max_size=30))
def test_the_pieces_of_a_text_are_the_text(text: str, typed: str) -> None:
    assert "".join(piece.text for piece in pieces(text, asked(typed).words)) == text


def test_of_a_long_text_the_part_is_shown_in_which_the_word_stands() -> None:
    text = "First this and that. " * 60 + "Then a bridge over the river. " + "And more. " * 60
    shown = "".join(piece.text for piece in around(text, ["bridge"]))
    assert "bridge" in shown
    assert shown.startswith("… ")
    assert shown.endswith("…")
    assert len(shown) <= LONGEST


def test_a_short_text_is_shown_whole() -> None:
    assert "".join(piece.text for piece in around("A  bridge.\nA road.", ["road"])) == (
        "A bridge. A road."
    )


def test_what_stands_nowhere_is_not_there() -> None:
    assert not stands_in("A bridge", ["road"])
    assert not stands_in("A bridge", [])
