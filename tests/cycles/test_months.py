"""Months, and the window of each."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilizer.core.errors import RuleBroken
from mobilizer.cycles.rules import (
    LONGEST,
    Window,
    check_days,
    check_months,
    month_after,
    month_of,
    month_window,
    months_between,
)
from mobilizer.cycles.rules.held import check_held

NOVEMBER = date(2026, 11, 1)
#: Opens on 20 November, due on 5 December, closes on 15 December.
WINDOW = month_window(NOVEMBER, 20, 5, 15)

months = st.dates(date(2000, 1, 1), date(2090, 12, 31)).map(month_of)
days_of_month = st.integers(1, 28)


def december(day):
    return date(2026, 12, day)


# --- months


def test_a_month_is_the_date_of_its_first_day():
    assert month_of(date(2026, 11, 21)) == NOVEMBER


@pytest.mark.parametrize(
    ("months_on", "month"),
    [
        (0, date(2026, 11, 1)),
        (1, date(2026, 12, 1)),
        (2, date(2027, 1, 1)),
        (14, date(2028, 1, 1)),
        (-10, date(2026, 1, 1)),
        (-11, date(2025, 12, 1)),
    ],
)
def test_months_are_counted_across_the_turn_of_the_year(months_on, month):
    assert month_after(NOVEMBER, months_on) == month


def test_months_between_holds_both_ends():
    assert months_between(NOVEMBER, date(2027, 2, 1)) == (
        date(2026, 11, 1),
        date(2026, 12, 1),
        date(2027, 1, 1),
        date(2027, 2, 1),
    )
    assert months_between(NOVEMBER, NOVEMBER) == (NOVEMBER,)
    assert months_between(NOVEMBER, date(2026, 10, 1)) == ()


@given(months, st.integers(0, 120))
def test_months_follow_one_another_without_gap(first, more):
    last = month_after(first, more)

    found = months_between(first, last)

    assert (found[0], found[-1], len(found)) == (first, last, more + 1)
    assert all(month_after(one) == following for one, following in pairwise(found))
    assert all(month.day == 1 for month in found)


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (date(2026, 11, 2), date(2026, 12, 1), "first_month"),
        (date(2026, 11, 1), date(2026, 12, 31), "last_month"),
        (date(2026, 11, 1), date(2026, 10, 1), "last_month"),
        (date(2026, 11, 1), month_after(NOVEMBER, LONGEST), "last_month"),
    ],
)
def test_a_cycle_without_proper_months_is_refused_beside_the_field(first, last, field):
    with pytest.raises(RuleBroken) as refusal:
        check_months(first, last)

    assert refusal.value.field == field


@pytest.mark.parametrize("last", [NOVEMBER, month_after(NOVEMBER, LONGEST - 1)])
def test_a_cycle_has_from_one_month_to_the_longest(last):
    check_months(NOVEMBER, last)


# --- the window


@pytest.mark.parametrize(
    ("numbers", "window"),
    [
        ((1, 25, 28), ("2026-11-01", "2026-11-25", "2026-11-28")),
        ((20, 5, 15), ("2026-11-20", "2026-12-05", "2026-12-15")),
        ((20, 28, 5), ("2026-11-20", "2026-11-28", "2026-12-05")),
        ((25, 25, 25), ("2026-11-25", "2026-11-25", "2026-11-25")),
        ((28, 1, 1), ("2026-11-28", "2026-12-01", "2026-12-01")),
    ],
)
def test_a_smaller_day_than_the_one_before_falls_in_the_following_month(numbers, window):
    expected = Window(*(date.fromisoformat(day) for day in window))

    assert month_window(NOVEMBER, *numbers) == expected


def test_the_following_month_may_lie_in_the_next_year():
    window = month_window(date(2026, 12, 1), 20, 5, 15)

    assert (window.due, window.closes) == (date(2027, 1, 5), date(2027, 1, 15))


@pytest.mark.parametrize("day", [0, -1, 29, 31])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_day_that_some_month_lacks_is_refused_beside_its_field(day, place):
    numbers = [20, 24, 28]
    numbers[place] = day

    with pytest.raises(RuleBroken) as refusal:
        month_window(NOVEMBER, *numbers)

    assert refusal.value.field == ("opens_day", "due_day", "closes_day")[place]
    assert "28" in str(refusal.value)


def test_a_month_that_closed_two_months_later_is_refused():
    with pytest.raises(RuleBroken) as refusal:
        check_days(20, 10, 5)

    assert refusal.value.field == "closes_day"


@given(months, days_of_month, days_of_month, days_of_month)
def test_a_window_is_in_order_and_closes_by_the_following_month(month, opens, due, closes):
    if closes < due < opens:
        with pytest.raises(RuleBroken):
            month_window(month, opens, due, closes)
        return
    window = month_window(month, opens, due, closes)

    assert window.opens <= window.due <= window.closes
    assert (window.opens.day, window.due.day, window.closes.day) == (opens, due, closes)
    assert month_of(window.opens) == month
    assert month_of(window.closes) in (month, month_after(month))


def test_a_window_is_open_from_its_first_to_its_last_day_both_included():
    assert not WINDOW.is_open(date(2026, 11, 19))
    assert WINDOW.is_open(date(2026, 11, 20))
    assert WINDOW.is_open(december(15))
    assert not WINDOW.is_open(december(16))


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        ("2026-11", "2027-03", None),
        ("2026-12", "2027-02", None),
        ("2027-01", "2027-03", "first_month"),
        ("2026-11", "2027-01", "last_month"),
    ],
)
def test_a_cycle_keeps_the_months_that_hold_reports(first, last, field):
    held = (date(2026, 12, 1), date(2027, 2, 1))
    first, last = (date.fromisoformat(f"{month}-01") for month in (first, last))
    if field is None:
        check_held(first, last, held)
    else:
        with pytest.raises(RuleBroken) as refused:
            check_held(first, last, held)
        assert refused.value.field == field
    check_held(first, last, ())
