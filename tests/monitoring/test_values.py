"""Values of indicators, as people type them in four languages."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilizer.core.errors import RuleBroken
from mobilizer.monitoring.rules.values import normal, reached
from mobilizer.promises.rules import Unit


@pytest.mark.parametrize(
    ("unit", "typed", "kept"),
    [
        (Unit.NUMBER, "21", "21"),
        (Unit.NUMBER, " 21,5 ", "21.5"),
        (Unit.NUMBER, "21.50", "21.5"),
        (Unit.NUMBER, "-3", "-3"),
        (Unit.NUMBER, "−3", "-3"),
        (Unit.NUMBER, "-0", "0"),
        (Unit.NUMBER, "007", "7"),
        (Unit.NUMBER, "0,125", "0.125"),
        (Unit.NUMBER, "1.2340", "1.2340"),
        (Unit.DENARS, "1 250 000", "1250000"),
        (Unit.DENARS, "1.250.000", "1250000"),
        (Unit.DENARS, "1.250.000,50", "1250000.5"),
        (Unit.EUROS, "1,250,000.50", "1250000.5"),
        (Unit.EUROS, "1\u00a0250", "1250"),
        (Unit.PERCENT, "12 %", "12"),
        (Unit.STEPS, "3/7", "3/7"),
        (Unit.STEPS, "3 of 7", "3/7"),
        (Unit.STEPS, "3 nga 7", "3/7"),
        (Unit.STEPS, "3 од 7", "3/7"),
        (Unit.YES_NO, "yes", "yes"),
        (Unit.OTHER, "a draft law", "a draft law"),
    ],
)
def test_a_value_is_kept_in_one_form(unit, typed, kept):
    assert normal(unit, typed) == kept


@pytest.mark.parametrize(
    ("unit", "typed"),
    [
        (Unit.NUMBER, "1.234"),
        (Unit.NUMBER, "1,234"),
        (Unit.NUMBER, "many"),
        (Unit.NUMBER, "1e9"),
        (Unit.NUMBER, "١٢٣"),
        (Unit.NUMBER, "9" * 61),
        (Unit.NUMBER, "NaN"),
        (Unit.KILOMETRES, "-4"),
        (Unit.STEPS, "8/7"),
        (Unit.STEPS, "0/0"),
        (Unit.STEPS, "7"),
        (Unit.YES_NO, "maybe"),
        (Unit.OTHER, "x" * 61),
    ],
)
def test_what_is_no_value_of_the_unit_or_could_be_two_is_refused(unit, typed):
    with pytest.raises(RuleBroken):
        normal(unit, typed)


@given(st.integers(-(10**12), 10**12), st.integers(0, 6))
def test_what_is_kept_is_read_as_itself(digits, places):
    typed = f"{Decimal(digits).scaleb(-places):f}"
    try:
        kept = normal(Unit.NUMBER, typed)
    except RuleBroken:
        kept = normal(Unit.NUMBER, typed + "0")  # As the message asks: 1.234 could be two.
    assert Decimal(kept) == Decimal(typed)
    assert normal(Unit.NUMBER, kept) == kept


@given(st.text(max_size=80), st.sampled_from(Unit))
def test_anything_typed_is_kept_or_refused(typed, unit):
    try:
        kept = normal(unit, typed)
    except RuleBroken:
        return
    assert len(kept) <= 60


@pytest.mark.parametrize(
    ("unit", "value", "target", "baseline", "is_there"),
    [
        (Unit.NUMBER, "10", "10", "0", True),
        (Unit.NUMBER, "9.99", "10", "0", False),
        (Unit.NUMBER, "12", "10", "", True),
        (Unit.NUMBER, "20", "15", "40", False),
        (Unit.NUMBER, "14", "15", "40", True),
        (Unit.STEPS, "3/7", "7/7", "", False),
        (Unit.STEPS, "7/7", "7/7", "", True),
        (Unit.YES_NO, "yes", "yes", "no", True),
        (Unit.YES_NO, "no", "yes", "no", False),
        (Unit.NUMBER, "no_data", "10", "", None),
        (Unit.NUMBER, "5", "as many as needed", "", None),
        (Unit.OTHER, "a law", "a law", "", None),
    ],
)
def test_a_target_is_reached_from_where_it_began(unit, value, target, baseline, is_there):
    assert reached(unit, value, target, baseline) is is_there
