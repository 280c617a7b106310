"""When somebody is told next."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilizer.core.errors import RuleBroken
from mobilizer.follow.rules import MOST_FOLLOWED, Pace, check_room, next_day

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("pace", "today", "following"),
    [
        (Pace.DAILY, date(2026, 12, 31), date(2027, 1, 1)),
        (Pace.WEEKLY, date(2026, 11, 25), date(2026, 11, 30)),
        (Pace.WEEKLY, date(2026, 11, 30), date(2026, 12, 7)),
        (Pace.MONTHLY, date(2026, 11, 25), date(2026, 12, 1)),
        (Pace.MONTHLY, date(2026, 12, 1), date(2027, 1, 1)),
        (Pace.MONTHLY, date(2027, 1, 31), date(2027, 2, 1)),
    ],
)
def test_the_next_letter_has_its_day(pace: Pace, today: date, following: date) -> None:
    assert next_day(pace, today) == following


@given(DAYS, st.sampled_from(Pace))
def test_there_is_never_more_than_one_letter_a_day_and_never_none_for_long(
    today: date, pace: Pace
) -> None:
    following = next_day(pace, today)

    assert timedelta(days=1) <= following - today <= timedelta(days=31)
    assert pace is not Pace.WEEKLY or following.weekday() == 0
    assert pace is not Pace.MONTHLY or following.day == 1


def test_there_is_an_end_to_what_is_followed() -> None:
    check_room(MOST_FOLLOWED)
    with pytest.raises(RuleBroken):
        check_room(MOST_FOLLOWED + 1)
