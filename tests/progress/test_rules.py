"""The arithmetic of the months: what is missing, what is late, and how a share is rounded."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilizer.progress.rules import (
    COUNTED,
    Measure,
    Ratio,
    Row,
    Share,
    Tally,
    by_month,
    rows,
    total,
)

MONTHS = (date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1))


@st.composite
def tallies(draw):
    """What can become of some expected reports."""
    n = st.integers(0, 50)
    on_time, late, after_close, missing = draw(n), draw(n), draw(n), draw(n)
    received = on_time + late
    return Tally(
        expected=received + after_close + missing,
        received=received,
        on_time=on_time,
        after_close=after_close,
        approved=draw(st.integers(0, received)),
    )


@given(tallies())
def test_every_expected_report_is_received_missing_or_after_the_close(tally):
    assert tally[Measure.EXPECTED] == sum(
        tally[one] for one in (Measure.RECEIVED, Measure.MISSING, Measure.AFTER_CLOSE)
    )
    assert tally[Measure.RECEIVED] == tally[Measure.ON_TIME] + tally[Measure.LATE]
    assert all(tally[measure] >= 0 for measure in Measure)


@given(st.dictionaries(st.tuples(st.integers(1, 4), st.sampled_from(MONTHS)), tallies()))
def test_rows_and_months_add_up_to_the_same(cells):
    whole = total(cells.values())

    assert total(row.total for row in rows(cells).values()) == whole
    assert total(row.total for row in by_month(cells, MONTHS)) == whole


def test_a_row_can_be_told_over_some_of_its_months():
    row = Row("polog", {MONTHS[0]: Tally(expected=2), MONTHS[1]: Tally(expected=3)})

    assert row.total.expected == 5
    assert row.over(MONTHS[1:]).expected == 3


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [(0, 3, 0), (1, 3, 33), (2, 3, 67), (1, 200, 1), (1, 201, 0), (1, 8, 13), (3, 3, 100)],
)
def test_a_share_is_exact_and_shown_rounded_half_up(part, whole, percent):
    assert Share(part, whole).exact == Fraction(part, whole)
    assert Share(part, whole).percent == percent


def test_of_nothing_expected_there_is_no_share():
    assert Tally().share(Ratio.COMPLETENESS).percent is None
    assert Tally().share(Ratio.TIMELINESS).exact is None


def test_what_came_after_the_close_is_neither_complete_nor_missing():
    tally = Tally(expected=4, received=2, on_time=1, after_close=1)

    assert tally.share(Ratio.COMPLETENESS) == Share(2, 4)
    assert tally.share(Ratio.TIMELINESS) == Share(1, 4)
    assert tally.missing == 1


def test_what_is_counted_and_what_follows_from_it_are_all_measures():
    assert set(Measure) - set(COUNTED) == {Measure.LATE, Measure.MISSING}
