"""When an assignment passes on, and that each month belongs to exactly one."""

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilizer.assignments.rules import Wish, is_expected
from mobilizer.board.rules import Passing, check_first, digest, earliest, parted, spread
from mobilizer.core.errors import RuleBroken
from mobilizer.cycles.rules import month_after, months_between

JANUARY = date(2026, 1, 1)


@dataclass(frozen=True)
class Span:
    first_month: date
    last_month: date


def months(*numbers):
    return [month_after(JANUARY, number - 1) for number in numbers]


def span(first, last):
    return Span(*months(first, last))


NUMBERS = st.integers(1, 24)


@given(NUMBERS, NUMBERS, NUMBERS, st.sets(NUMBERS))
def test_no_month_is_lost_and_none_is_doubled(one, other, at_hand, begun):
    held = span(min(one, other), max(one, other))
    hers = [month for month in months(*begun) if held.first_month <= month <= held.last_month]
    first = earliest(held, months(at_hand)[0], hers)
    before = months_between(held.first_month, held.last_month)
    if first is None:
        return

    old, new = parted(held, first)

    owed = [
        [month for month in before if is_expected(Wish(who, 1, 1, *span), month)]
        for who, span in ((1, old), (2, new))
    ]
    assert owed[0] + owed[1] == list(before)
    assert set(hers) <= set(owed[0]), "what she has begun stays hers"
    assert all(month >= months(at_hand)[0] for month in owed[1]), "what is past stays hers"


@given(NUMBERS, NUMBERS, NUMBERS, st.sets(NUMBERS), NUMBERS)
def test_a_month_is_allowed_from_the_earliest_to_the_last(one, other, at_hand, begun, wished):
    held = span(min(one, other), max(one, other))
    first = earliest(held, months(at_hand)[0], months(*begun))
    (month,) = months(wished)
    is_allowed = first is not None and first <= month <= held.last_month

    try:
        check_first(month, held, months(at_hand)[0], months(*begun))
    except RuleBroken:
        assert not is_allowed
    else:
        assert is_allowed


@pytest.mark.parametrize(
    ("wished", "begun", "says"),
    [
        (3, [], "What came before stays"),
        (4, [4], "is begun or filed"),
        (13, [], "ends in"),
        (12, [12], "no month left"),
    ],
)
def test_it_says_what_stands_in_the_way(wished, begun, says):
    with pytest.raises(RuleBroken, match=says):
        check_first(months(wished)[0], span(1, 12), months(4)[0], months(*begun))


def test_a_month_is_its_first_day():
    with pytest.raises(RuleBroken, match="first day"):
        check_first(date(2026, 5, 2), span(1, 12), months(4)[0], [])


PASSING = st.lists(
    st.builds(
        Passing,
        key=st.uuids().map(str),
        first_month=st.sampled_from([None, JANUARY]),
        have_it=st.frozensets(st.integers(1, 4)),
    ),
    unique_by=lambda one: one.key,
)


@given(PASSING, st.lists(st.integers(1, 4), unique=True), st.dictionaries(NUMBERS, NUMBERS))
def test_each_goes_to_one_who_can_take_it_or_to_nobody(passing, takers, loads):
    found = spread(passing, takers, loads)

    assert sorted([*found.to, *found.to_nobody]) == sorted(one.key for one in passing)
    for one in passing:
        can = set(takers) - one.have_it if one.first_month else set()
        assert found.to[one.key] in can if can else one.key in found.to_nobody


@given(st.integers(0, 40), st.lists(st.integers(1, 9), unique=True, min_size=1))
def test_several_share_evenly(number, takers):
    passing = [Passing(str(key), JANUARY) for key in range(number)]

    shares = list(spread(passing, takers, {}).to.values())

    counts = [shares.count(taker) for taker in takers]
    assert max(counts) - min(counts) <= 1


def test_who_has_less_gets_more():
    passing = [Passing(str(key), JANUARY) for key in range(3)]
    assert list(spread(passing, [1, 2], {1: 2}).to.values()) == [2, 2, 1]


def test_another_plan_has_another_digest():
    rows = ("a", 1, JANUARY), ("b", 2, JANUARY)
    others = ("a", 2, JANUARY), ("b", 1, JANUARY)
    assert digest(rows) == digest(rows) != digest(others)
