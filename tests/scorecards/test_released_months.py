"""Which months have a release, and by which name: pure."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from mobilizer.scorecards.rules.releases import last_day, month_named, released

MONTHS = st.dates(date(2020, 1, 1), date(2030, 1, 1)).map(lambda day: day.replace(day=1))


@given(MONTHS, MONTHS, st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_a_month_is_released_once_it_is_over_and_from_then_on(
    first: date, last: date, today: date
) -> None:
    months = released(first, last, today)

    assert list(months) == sorted(set(months), reverse=True)
    assert all(first <= month <= last and last_day(month) < today for month in months)
    later = released(first, last, date(2031, 1, 1))
    assert set(months) <= set(later)


@given(st.text(max_size=9) | MONTHS.map(lambda month: f"{month:%Y-%m}"))
def test_a_month_has_one_name(text: str) -> None:
    month = month_named(text)
    assert month is None or f"{month:%Y-%m}" == text
