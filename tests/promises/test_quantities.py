"""Values of indicators as people here write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilizer.core.errors import RuleBroken
from mobilizer.promises.rules import Unit
from mobilizer.promises.rules.quantities import check_value

NUMBERS = st.decimals(-(10**9), 10**9, places=2, allow_nan=False)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1234", "1234"),
        ("1.234.567,89", "1234567.89"),
        ("1,234,567.89", "1234567.89"),
        ("1 234 567", "1234567"),
        ("1\u00a0234,5", "1234.5"),
        ("1'234.5", "1234.5"),
        ("12,5", "12.5"),
        ("12.50", "12.5"),
        ("0,125", "0.125"),
        ("-3", "-3"),
        ("−3", "-3"),
        ("007", "7"),
        ("-0", "0"),
        ("1.2340", "1.2340"),
        ("1.234.567,8", "1234567.8"),
        ("1\u202f250", "1250"),
        ("1,234,567", "1234567"),
    ],
)
def test_a_number_may_have_a_comma_or_a_point_and_separators(typed, kept):
    assert check_value(Unit.NUMBER, typed) == kept


@pytest.mark.parametrize("typed", ["1.234", "1,234", "12.500", "999,000"])
def test_a_number_that_can_be_read_in_two_ways_is_asked_about(typed):
    with pytest.raises(RuleBroken, match="two ways"):
        check_value(Unit.NUMBER, typed)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "many",
        "1.2.3",
        "1,23,456",
        "12.34,56.7",
        "1 2",
        "5.",
        ",5,",
        "1e5",
        "0x1",
        "∞",
        "1" * 16,
        "NaN",
        "١٢٣",
    ],
)
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(RuleBroken):
        check_value(Unit.NUMBER, typed)


@pytest.mark.parametrize("typed", ["yes", "Po", "ДА", "da"])
def test_yes_is_understood_in_four_languages(typed):
    assert check_value(Unit.YES_NO, typed) == "yes"


@pytest.mark.parametrize("typed", ["no", "Jo", "НЕ", "ne"])
def test_no_is_understood_in_four_languages(typed):
    assert check_value(Unit.YES_NO, typed) == "no"


@pytest.mark.parametrize("typed", ["3/7", "3 of 7", "3 nga 7", "3 од 7", "3 OD 7"])
def test_steps_are_understood_in_four_languages(typed):
    assert check_value(Unit.STEPS, typed) == "3/7"


@pytest.mark.parametrize("typed", ["8/7", "1/0", "3", "3-7", "three of seven"])
def test_there_are_never_more_steps_done_than_there_are(typed):
    with pytest.raises(RuleBroken):
        check_value(Unit.STEPS, typed)


def test_the_sign_of_the_unit_may_stand_behind_a_number():
    assert check_value(Unit.PERCENT, "12,5 %") == "12.5"
    assert check_value(Unit.KILOMETRES, "32 км") == "32"
    assert check_value(Unit.EUROS, "1 000 000 €") == "1000000"
    assert check_value(Unit.DENARS, "300 ден") == "300"
    with pytest.raises(RuleBroken):
        check_value(Unit.NUMBER, "12 %")


def test_there_is_no_road_shorter_than_nothing():
    with pytest.raises(RuleBroken):
        check_value(Unit.KILOMETRES, "-1")


def test_another_unit_takes_words_up_to_sixty_characters():
    assert check_value(Unit.OTHER, "  two   shifts ") == "two shifts"
    with pytest.raises(RuleBroken):
        check_value(Unit.OTHER, "x" * 61)


@given(NUMBERS)
def test_every_way_of_writing_a_number_says_the_same(number):
    kept = check_value(Unit.NUMBER, f"{number:f}")
    assert Decimal(kept) == number
    for thousands, decimals in (".,", ",.", " ,", " ."):
        typed = f"{number:,.2f}".translate(str.maketrans({",": thousands, ".": decimals}))
        assert check_value(Unit.NUMBER, typed) == kept


@given(st.integers(-(10**12), 10**12), st.integers(0, 6))
def test_a_number_in_two_readings_is_kept_once_a_zero_is_written_behind_it(digits, places):
    typed = f"{Decimal(digits).scaleb(-places):f}"
    try:
        kept = check_value(Unit.NUMBER, typed)
    except RuleBroken:
        kept = check_value(Unit.NUMBER, typed + "0")
    assert Decimal(kept) == Decimal(typed)


@given(st.sampled_from(list(Unit)), st.text(max_size=70))
def test_whatever_is_typed_is_kept_for_good_or_refused(unit, typed):
    try:
        kept = check_value(unit, typed)
    except RuleBroken:
        return
    assert len(kept) <= 60
    assert check_value(unit, kept) == kept
