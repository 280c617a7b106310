"""Dates as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilizer.core.errors import RuleBroken
from mobilizer.promises.rules import Precision
from mobilizer.promises.rules.dates import read_date, written

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    "typed",
    ["21.11.2026", "21. 11. 2026", "21/11/2026", "2026-11-21", " 21.11.2026. ", "21 11 2026"],
)
def test_a_day_can_be_written_in_many_ways(typed):
    assert read_date(typed) == (date(2026, 11, 21), Precision.DAY)


def test_a_month_or_year_is_its_first_day_and_as_a_deadline_its_last():
    assert read_date("2.2028") == (date(2028, 2, 1), Precision.MONTH)
    assert read_date("2028-02", ends=True) == (date(2028, 2, 29), Precision.MONTH)
    assert read_date("2028") == (date(2028, 1, 1), Precision.YEAR)
    assert read_date("2028", ends=True) == (date(2028, 12, 31), Precision.YEAR)


@pytest.mark.parametrize(
    "typed", ["", "soon", "31.2.2026", "13.2026", "0.2026", "1989", "2101", "11/21/2026", "٢٠٢٦x"]
)
def test_what_is_no_date_is_refused(typed):
    with pytest.raises(RuleBroken):
        read_date(typed)


@given(DAYS, st.sampled_from([Precision.DAY, Precision.MONTH, Precision.YEAR]))
def test_what_is_written_is_read_back(day, precision):
    on, read = read_date(written(day, precision))
    assert read == precision
    assert written(on, precision) == written(day, precision)
