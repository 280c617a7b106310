"""The day as of which numbers are asked for."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilizer.core.errors import RuleBroken
from mobilizer.cycles.rules.days import as_of_day

SINCE, TODAY = date(2026, 9, 1), date(2026, 11, 22)


@pytest.mark.parametrize("asked", [[], [""], ["", ""]])
def test_where_no_day_is_asked_for_there_is_none(asked: list[str]) -> None:
    assert as_of_day(asked, SINCE, TODAY) is None


def test_an_empty_field_beside_a_day_asks_for_nothing() -> None:
    assert as_of_day(["", "2026-10-31", ""], SINCE, TODAY) == date(2026, 10, 31)


@pytest.mark.parametrize("day", [SINCE, date(2026, 10, 31), TODAY])
def test_any_day_from_the_first_to_today_can_be_asked_for(day: date) -> None:
    assert as_of_day([day.isoformat()], SINCE, TODAY) == day


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (["2026-11-23"], "This day has not come yet"),
        (["9999-12-31"], "This day has not come yet"),
        (["2026-08-31"], "This cycle began on"),
        (["0001-01-01"], "This cycle began on"),
        (["2026-02-31"], "There is no such day in the calendar"),
        (["0000-00-00"], "There is no such day in the calendar"),
        (["2026-10-31", "2026-10-31"], "There are two days"),
        *(
            ([typed], "Write the day as year, month and day")
            for typed in (
                *("yesterday", "20261031", "2026-W44-6", "31.10.2026", "2026-10-31 ", "-1"),
                *("٢٠٢٦-١٠-٣١", "２０２６-10-31", "2026-10-31\n", "2" * 10_000, "12026-10-31"),
            )
        ),
    ],
)
def test_what_is_no_such_day_is_refused_in_words(asked: list[str], says: str) -> None:
    with pytest.raises(RuleBroken, match=says) as refused:
        as_of_day(asked, SINCE, TODAY)
    assert refused.value.field == "as_of"


@given(st.lists(st.text(max_size=12) | st.dates().map(str), max_size=3))
def test_whatever_is_typed_it_is_a_day_in_between_or_refused(asked: list[str]) -> None:
    try:
        day = as_of_day(asked, SINCE, TODAY)
    except RuleBroken:
        return
    assert SINCE <= day <= TODAY if day is not None else not any(asked)


@given(st.dates(SINCE, TODAY), st.timedeltas(timedelta(0), timedelta(30)))
def test_a_day_that_could_be_asked_for_once_can_be_asked_for_later(
    day: date, later: timedelta
) -> None:
    assert as_of_day([day.isoformat()], SINCE, TODAY + timedelta(later.days)) == day
