"""What may be assigned to whom, and how many reports follow."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilizer.assignments.rules import (
    Wish,
    check_mentor,
    check_place,
    check_promise,
    check_reason,
    check_span,
    expected,
    is_expected,
    overlap,
    recognised,
    shared,
    work_region,
)
from mobilizer.core.errors import RuleBroken
from mobilizer.core.months import Month
from mobilizer.cycles.rules import month_after, months_between
from mobilizer.promises.rules import PromiseState, Testability

JANUARY = date(2026, 1, 1)


@dataclass(frozen=True)
class Year:
    first_month: date = JANUARY
    last_month: date = date(2026, 12, 1)


def wish(first=1, last=12, *, mobilizer=1, promise=1, place=1, withdrawn_at=None):
    months = date(2026, first, 1), date(2026, last, 1)
    return Wish(mobilizer, promise, place, *months, withdrawn_at)


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (date(2025, 12, 1), date(2026, 3, 1), "first_month"),
        (date(2026, 3, 1), date(2027, 1, 1), "last_month"),
        (date(2026, 3, 1), date(2026, 2, 1), "last_month"),
        (date(2026, 3, 2), date(2026, 4, 1), "first_month"),
    ],
)
def test_months_are_in_order_and_within_the_cycle(first, last, field):
    with pytest.raises(RuleBroken) as broken:
        check_span(Wish(1, 1, 1, first, last), Year())
    assert broken.value.field == field


def test_the_whole_cycle_may_be_assigned():
    check_span(wish(), Year())


@pytest.mark.parametrize(
    ("state", "testability", "is_duplicate"),
    [
        (PromiseState.DRAFT, None, False),
        (PromiseState.DRAFT, Testability.TESTABLE, False),
        (PromiseState.CHECKED, None, False),
        (PromiseState.CHECKED, Testability.NOT_TESTABLE, False),
        (PromiseState.PUBLISHED, Testability.TESTABLE, True),
    ],
)
def test_what_the_gate_did_not_let_through_is_not_assigned(state, testability, is_duplicate):
    with pytest.raises(RuleBroken):
        check_promise(state, testability, is_duplicate=is_duplicate)


@pytest.mark.parametrize("state", [PromiseState.CHECKED, PromiseState.PUBLISHED])
def test_a_testable_promise_is_assigned_before_and_after_it_is_published(state):
    check_promise(state, Testability.TESTABLE)


def test_a_place_is_the_promises_or_lies_inside_one():
    check_place({3, 2, 1}, {2})
    with pytest.raises(RuleBroken):
        check_place({3, 1}, {2})
    with pytest.raises(RuleBroken):
        check_place({3}, set())


@pytest.mark.parametrize("mentor", [None, 1, 9])
def test_a_mentor_is_needed_who_is_one_here_and_is_not_the_mobilizer(mentor):
    with pytest.raises(RuleBroken):
        check_mentor(1, mentor, {1, 2})
    check_mentor(1, 2, {1, 2})


def test_national_work_is_done_in_the_mobilizers_own_region():
    assert work_region(5, 7) == 5
    assert work_region(None, 7) == 7
    with pytest.raises(RuleBroken):
        work_region(None, None)


# Beside what is assigned already

MONTHS = st.integers(1, 12)


@given(a=MONTHS, b=MONTHS, c=MONTHS, d=MONTHS)
def test_two_overlap_where_they_have_a_month_in_common(a, b, c, d):
    one, other = wish(min(a, b), max(a, b)), wish(min(c, d), max(c, d))

    in_common = set(months_between(one.first_month, one.last_month)) & set(
        months_between(other.first_month, other.last_month)
    )

    assert overlap(one, other) == overlap(other, one) == bool(in_common)


def test_the_same_again_is_recognised():
    there = wish(1, 6)
    assert recognised(wish(1, 6), [wish(7, 9), there]) == there


def test_the_same_work_in_some_of_the_months_is_refused():
    with pytest.raises(RuleBroken) as broken:
        recognised(wish(6, 9), [wish(1, 6)])
    assert broken.value.params == {
        "first": Month(date(2026, 1, 1)),
        "last": Month(date(2026, 6, 1)),
    }


@pytest.mark.parametrize(
    "other",
    [
        wish(7, 12),
        wish(1, 6, promise=2),
        wish(1, 6, place=2),
        wish(1, 6, mobilizer=2),
        wish(1, 6, withdrawn_at=datetime(2026, 2, 1, tzinfo=UTC)),
    ],
)
def test_other_work_is_in_nobodys_way(other):
    assert recognised(wish(1, 6), [other]) is None


def test_sharing_work_with_another_mobilizer_is_noticed():
    other = wish(5, 8, mobilizer=2)
    assert list(shared(wish(1, 6), [wish(1, 6), other])) == [other]
    assert list(shared(wish(1, 4), [other])) == []


# What is owed


@given(st.lists(st.tuples(MONTHS, MONTHS)))
def test_expected_reports_are_active_assignments_times_months(spans):
    assignments = [wish(min(span), max(span)) for span in spans]

    owed = sum(expected(assignments, month) for month in months_between(*_year()))

    assert owed == sum(abs(a - b) + 1 for a, b in spans)


def _year():
    return Year().first_month, Year().last_month


@given(day=st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_a_withdrawn_assignment_counts_until_the_month_before(day):
    withdrawn = wish(1, 12, withdrawn_at=datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
    this_month = day.replace(day=1)

    assert not is_expected(withdrawn, this_month)
    assert is_expected(withdrawn, month_after(this_month, -1)) == (this_month > JANUARY)


def test_a_withdrawal_says_why():
    assert check_reason(" She moved. ") == "She moved."
    with pytest.raises(RuleBroken):
        check_reason(" \n ")
