"""How words stand in the index, and how they are asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilizer.core.text import normalise
from mobilizer.search.rules.words import (
    FOUND,
    LONGEST_WORD,
    MOST_BYTES,
    MOST_WORDS,
    PROMISED,
    Asked,
    asked,
    beginning,
    is_meant,
    signed,
    spelled,
    with_sign,
)

SCHOOLS = ("училиште", "училишта", "училиштето", "училиштата", "uciliste", "učilišta")


@pytest.mark.parametrize("typed", SCHOOLS[:2] + SCHOOLS[4:])
def test_a_word_means_its_forms_in_both_scripts(typed: str) -> None:
    assert all(is_meant(normalise(form), asked(typed).words) for form in SCHOOLS)


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        ("skola", "школи"),
        ("škole", "школа"),
        ("школа", "shkollë"),
        ("shkolle", "shkollat"),
        ("çerdhe", "cerdhet"),
        ("djaci", "ђаци"),
        ("ѓубре", "gjubreto"),
        ("куќи", "kukji"),
        ("ѕвезда", "dzvezdi"),
        ("џамија", "xhamija"),
        ("љубов", "ljubovta"),
        ("његова", "njegovo"),
        ("٢٠٢٦", "2026"),
        ("१०", "10"),
    ],
)
def test_it_is_found_however_it_is_typed(typed: str, stands: str) -> None:
    assert is_meant(normalise(stands), asked(typed).words)


def test_a_short_word_and_a_number_are_meant_whole() -> None:
    assert not is_meant("nova", ["no"])
    assert not is_meant("2026", ["202"])
    assert is_meant("pat", ["pat"])
    assert is_meant("patot", ["pat"])
    assert beginning("aeiouy") == "aeio"


def test_nothing_else_is_meant() -> None:
    assert not is_meant("most", ["pat"])
    assert not is_meant("uci", ["ucilista"])


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("", Asked()),
        (" \t ", Asked()),
        ('"*:^-+~()', Asked()),
        ("🙂🏫", Asked()),
        ("x", Asked(has_more=True)),
        ("#1234", Asked(("1234",), number=1234)),
        ("7", Asked((), number=7)),
        ("٧", Asked((), number=7)),
        ("9" * 10, Asked(("9" * 10,))),
        ("a road", Asked(("road",), has_more=True)),
        ("road Road РОАД", Asked(("road",))),
        ("NEAR(road bridge, 3)", Asked(("near", "road", "bridge"), has_more=True)),
        ("it's", Asked(("its",))),
    ],
)
def test_what_is_typed_means(typed: str, means: Asked) -> None:
    assert asked(typed) == means


def test_of_many_words_the_first_are_looked_for() -> None:
    found = asked(" ".join(f"word{n}" for n in range(20)))
    assert found.words == tuple(f"word{n}" for n in range(MOST_WORDS))
    assert found.has_more
    assert asked("x" * 10_000) == Asked(("x" * LONGEST_WORD,), has_more=True)


@given(st.text(max_size=200))
def test_no_text_asks_with_a_sign_that_means_something_to_a_database(text: str) -> None:
    for word in asked(text).words:
        assert not set(word) & set("\"'*:&|!()<>\\+-\x00 ")


@given(st.lists(st.text(max_size=40)), st.lists(st.text(max_size=40)))
def test_a_row_keeps_apart_what_was_promised_and_what_was_found(
    said: list[str], told: list[str]
) -> None:
    row = spelled(signed(said, PROMISED), signed(told, FOUND))
    assert with_sign(row, PROMISED) == signed(said, PROMISED)
    assert with_sign(row, FOUND) == signed(told, FOUND)


def test_a_row_has_its_bounds_and_the_promise_comes_first() -> None:
    much = [f"{n:060}" for n in range(10_000)]
    row = spelled(signed(much, FOUND), signed(["Road"], PROMISED))
    assert len(row.encode()) <= MOST_BYTES
    assert row.startswith("+road ")
