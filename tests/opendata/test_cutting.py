"""What a spreadsheet cannot hold is cut openly, and nothing else is."""

import pytest

from mobilizer.opendata.rules.cutting import (
    MOST_CHARACTERS,
    MOST_ROWS,
    cut_cell,
    cut_rows,
    is_past,
)

#: What a cell of Excel holds.
EXCEL = 32_767


@pytest.mark.parametrize("value", ["", "Ќе.", "x" * MOST_CHARACTERS, 5, None, True])
def test_what_fits_a_cell_stays_as_it_is(value: object) -> None:
    assert cut_cell(value, "promises.csv") == value


def test_a_text_that_is_too_long_says_so_where_it_ends_and_fits() -> None:
    cut = cut_cell("x" * (MOST_CHARACTERS + 1), "promises.csv")
    assert cut == f"{'x' * MOST_CHARACTERS} […] CUT: 32001 characters, whole in promises.csv"
    assert len(cut_cell("x" * 10**7, "corrections.csv")) < EXCEL


def test_below_the_line_of_columns_so_many_rows_have_room() -> None:
    assert not is_past(MOST_ROWS + 1)
    assert is_past(MOST_ROWS + 2)


def test_rows_that_are_cut_are_told_and_none_where_all_are_there() -> None:
    assert cut_rows(0) == cut_rows(MOST_ROWS) == ""
    assert cut_rows(MOST_ROWS + 1) == "CUT: all but the first 100000 rows"
    assert cut_rows(None, "findings.csv") == (
        "CUT: the rows after the first 100000 stand in findings.csv"
    )
