"""Who is on time, and how many people are planned."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilizer.core.errors import RuleBroken
from mobilizer.cycles.rules import (
    FIRST_CYCLE_QUOTAS,
    Headcount,
    Level,
    Quotas,
    Timeliness,
    Window,
    check_extension,
    month_window,
    quota_warnings,
    standing,
)

#: Opens on 20 November, due on 5 December, closes on 15 December.
WINDOW = month_window(date(2026, 11, 1), 20, 5, 15)
HOUR = timedelta(hours=1)

spans = st.integers(0, 60).map(lambda days: timedelta(days=days))
windows = st.builds(
    lambda opens, first, second: Window(opens, opens + first, opens + first + second),
    st.dates(date(2000, 1, 1), date(2090, 12, 31)),
    spans,
    spans,
)


def around(window):
    last = (window.closes - window.opens).days
    return st.integers(-40, last + 40).map(lambda days: window.opens + timedelta(days=days))


def december(day):
    return date(2026, 12, day)


# --- words


def test_the_levels_of_government():
    assert [level.value for level in Level] == ["central", "local"]


def test_the_words_of_timeliness_and_which_of_them_count_as_on_time():
    assert {word.value: (word.in_time, word.quarantined) for word in Timeliness} == {
        "on_time": (True, False),
        "on_time_sent_late": (True, False),
        "late": (False, False),
        "after_close": (False, True),
    }


# --- on time


@pytest.mark.parametrize(
    ("received", "saved", "clock_off", "found"),
    [
        # by due, whatever the phone says
        (date(2026, 11, 21), None, None, Timeliness.ON_TIME),
        (december(5), None, None, Timeliness.ON_TIME),
        (december(5), december(9), 90 * HOUR, Timeliness.ON_TIME),
        (date(2026, 11, 1), None, None, Timeliness.ON_TIME),
        # after due, saved by then
        (december(6), december(5), 0 * HOUR, Timeliness.ON_TIME_SENT_LATE),
        (december(15), december(5), 0 * HOUR, Timeliness.ON_TIME_SENT_LATE),
        (december(15), date(2026, 11, 3), 0 * HOUR, Timeliness.ON_TIME_SENT_LATE),
        # the clock's bound
        (december(6), december(5), 24 * HOUR - timedelta(seconds=1), Timeliness.ON_TIME_SENT_LATE),
        (december(6), december(5), timedelta(seconds=1) - 24 * HOUR, Timeliness.ON_TIME_SENT_LATE),
        (december(6), december(5), 24 * HOUR, Timeliness.LATE),
        (december(6), december(5), -24 * HOUR, Timeliness.LATE),
        (december(6), december(5), None, Timeliness.LATE),
        # after due
        (december(6), None, 0 * HOUR, Timeliness.LATE),
        (december(6), december(6), 0 * HOUR, Timeliness.LATE),
        (december(15), None, None, Timeliness.LATE),
        # after close, whatever the phone says
        (december(16), None, None, Timeliness.AFTER_CLOSE),
        (december(16), december(5), 0 * HOUR, Timeliness.AFTER_CLOSE),
        (date(2027, 5, 1), december(1), 0 * HOUR, Timeliness.AFTER_CLOSE),
    ],
)
def test_who_is_on_time(received, saved, clock_off, found):
    assert standing(WINDOW, received, saved=saved, clock_off=clock_off) is found


@given(st.data())
def test_coming_in_earlier_is_never_worse(data):
    window = data.draw(windows)
    earlier, later = sorted(data.draw(st.tuples(around(window), around(window))))
    saved = data.draw(st.none() | around(window))
    off = data.draw(st.none() | st.timedeltas(timedelta(days=-3), timedelta(days=3)))

    order = list(Timeliness)
    one = standing(window, earlier, saved=saved, clock_off=off)
    other = standing(window, later, saved=saved, clock_off=off)

    assert order.index(one) <= order.index(other)


@given(st.data())
def test_what_a_phone_says_never_changes_what_the_server_saw_by_due_or_after_close(data):
    window = data.draw(windows)
    received, saved = data.draw(st.tuples(around(window), around(window)))
    off = data.draw(st.timedeltas(timedelta(days=-3), timedelta(days=3)))

    plain = standing(window, received)
    told = standing(window, received, saved=saved, clock_off=off)

    if plain is Timeliness.LATE:
        assert told in (Timeliness.LATE, Timeliness.ON_TIME_SENT_LATE)
    else:
        assert told is plain


# --- one person's extension


def test_an_extension_moves_due_and_close_for_its_person():
    longer = WINDOW.extended(december(20))

    assert longer == Window(WINDOW.opens, december(20), december(20))
    assert standing(longer, december(20)) is Timeliness.ON_TIME
    assert standing(longer, december(21)) is Timeliness.AFTER_CLOSE


def test_an_extension_within_the_window_leaves_the_close_where_it_is():
    longer = WINDOW.extended(december(10))

    assert longer == Window(WINDOW.opens, december(10), december(15))
    assert standing(longer, december(12)) is Timeliness.LATE


@given(st.data())
def test_an_extension_never_makes_anybody_later(data):
    window = data.draw(windows)
    received, until = data.draw(st.tuples(around(window), around(window)))
    order = list(Timeliness)

    longer = window.extended(until)

    assert order.index(standing(longer, received)) <= order.index(standing(window, received))
    assert longer.opens <= longer.due <= longer.closes


@pytest.mark.parametrize(
    ("until", "reason", "field"),
    [(december(6), "", "reason"), (december(6), " \n", "reason"), (december(5), "Ill", "until")],
)
def test_an_extension_needs_a_reason_and_an_end_after_due(until, reason, field):
    with pytest.raises(RuleBroken) as refusal:
        check_extension(WINDOW, until, reason)

    assert refusal.value.field == field


def test_an_extension_with_reason_and_end_is_given():
    check_extension(WINDOW, december(6), "She was ill.")


# --- quotas

REGIONS = [f"MK00{number}" for number in range(1, 9)]


def as_planned():
    return {region: FIRST_CYCLE_QUOTAS.of(region) for region in REGIONS}


def test_the_first_cycle_plans_seventeen_mobilizers_and_eight_mentors():
    planned = as_planned()

    assert planned["MK008"] == Headcount(mobilizers=3, mentors=1)
    assert all(planned[region] == Headcount(2, 1) for region in REGIONS if region != "MK008")
    assert sum(there.mobilizers for there in planned.values()) == 17
    assert sum(there.mentors for there in planned.values()) == 8


def test_people_as_planned_give_no_warning():
    assert quota_warnings(FIRST_CYCLE_QUOTAS, as_planned()) == ()


@pytest.mark.parametrize(
    ("there", "told"),
    [
        (Headcount(2, 1), [(2, 3, "mobilizers")]),
        (Headcount(4, 1), [(4, 3, "mobilizers")]),
        (Headcount(3, 0), [(0, 1, "mentors")]),
        (Headcount(3, 2), [(2, 1, "mentors")]),
        (Headcount(0, 0), [(0, 3, "mobilizers"), (0, 1, "mentors")]),
    ],
)
def test_too_few_and_too_many_warn_with_both_numbers(there, told):
    warnings = quota_warnings(FIRST_CYCLE_QUOTAS, as_planned() | {"MK008": there})

    assert [(warning.counted, warning.planned) for warning in warnings] == [
        (counted, planned) for counted, planned, _ in told
    ]
    assert {warning.region for warning in warnings} == {"MK008"}
    for warning, (counted, planned, who) in zip(warnings, told, strict=True):
        said = warning.message % {"counted": warning.counted, "planned": warning.planned}
        assert said == f"{counted} {who}, {planned} planned"


@given(
    st.dictionaries(
        st.sampled_from(REGIONS), st.builds(Headcount, st.integers(0, 5), st.integers(0, 3))
    )
)
def test_there_is_a_warning_for_every_number_that_differs_and_for_no_other(counted):
    differing = [
        (region, who)
        for region, there in counted.items()
        for who in ("mobilizers", "mentors")
        if getattr(there, who) != getattr(FIRST_CYCLE_QUOTAS.of(region), who)
    ]

    warnings = quota_warnings(FIRST_CYCLE_QUOTAS, counted)

    assert [warning.region for warning in warnings] == [region for region, _ in differing]


@pytest.mark.parametrize("quotas", [FIRST_CYCLE_QUOTAS, Quotas()])
def test_quotas_come_back_from_what_a_cycle_stores(quotas):
    assert Quotas.from_data(quotas.as_data()) == quotas


def test_a_cycle_that_stores_nothing_plans_nobody():
    assert Quotas.from_data({}).of("MK001") == Headcount(0, 0)
