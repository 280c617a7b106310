"""How alike two promises are."""

import pytest

from mobilizer.promises.rules.likeness import LIKELY, index_words, likeness, stems

ROAD = "Ќе го завршиме патот Струмица–Дојран до крајот на 2022 година."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (ROAD, "Kje go zavrshime patot Strumica Dojran do krajot na 2022"),
        (ROAD, "ќе го завршиме патот струмица"),
        ("We will build ten new schools in Polog by 2027.", "build ten new schools in Polog"),
        ("Izgradićemo novu bolnicu u Prizrenu", "Изградићемо нову болницу у Призрену"),
        ("Do të ndërtojmë shkollën e re në Tetovë", "te ndertojme shkollen e re ne Tetove"),
    ],
)
def test_the_same_promise_is_found_in_another_script_shortened_or_on_a_plain_keyboard(one, other):
    assert likeness(one, other) >= LIKELY
    assert likeness(other, one) == likeness(one, other)


@pytest.mark.parametrize(
    "other",
    [
        "Ќе изградиме нова болница во Штип до 2025 година.",
        "We will lower the tax on books.",
        "We",
        "",
    ],
)
def test_another_promise_is_not(other):
    assert likeness(ROAD, other) < LIKELY


def test_promises_are_looked_up_by_beginnings_of_their_longest_words():
    assert "zavrs" in stems(ROAD)
    assert all(len(stem) <= 5 for stem in stems("word " * 50 + ROAD))
    assert len(stems(" ".join(f"{letter * 6}" for letter in "abcdefghijklmnopqrst"))) == 12


def test_the_index_holds_each_normalised_word_once():
    assert index_words(["Школа, школа!", "Škola " + "x" * 100]) == {"skola", "x" * 64}
