"""Months as people type them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilizer.core import months

ANY_MONTH = st.dates(date(1990, 1, 1), date(2099, 12, 31)).map(lambda day: day.replace(day=1))
FORMS = st.sampled_from(["{m:%Y-%m}", "{m:%m/%Y}", "{m:%m.%Y}", "{m:%m.%Y}.", " {m:%Y-%m-%d} "])


@given(month=ANY_MONTH, form=FORMS)
def test_a_month_is_understood_in_every_form_people_write(month, form):
    assert months.parse(form.format(m=month)) == month


@pytest.mark.parametrize(
    "text", ["", "soon", "2026", "2026-13", "2026-00", "0206-11", "11-26", "20261-1", "2026-11-x"]
)
def test_what_is_no_month_is_none(text):
    assert months.parse(text) is None


@given(st.text(max_size=20))
def test_whatever_is_typed_gives_the_first_of_a_month_or_nothing(text):
    month = months.parse(text)
    assert month is None or month.day == 1
