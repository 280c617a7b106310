"""The one row that was changed is named, among however many."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mobilizer.opendata.rules.locating import changed_row, sums_of

ROWS = st.lists(st.lists(st.text("ab,\"'\n1"), min_size=2, max_size=2), min_size=1, max_size=70)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROWS, st.integers(0, 100), st.integers(0, 1))
def test_a_changed_row_is_named(rows: list[list[str]], where: int, cell: int) -> None:
    told, at = sums_of(rows), where % len(rows)
    rows[at][cell] += "2"
    assert changed_row(told, sums_of(rows)) == at + 1


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROWS)
def test_where_nothing_was_changed_none_is_named(rows: list[list[str]]) -> None:
    assert changed_row(sums_of(rows), sums_of(rows)) is None


def test_of_several_rows_none_is_named_and_of_nonsense_neither() -> None:
    rows = [[str(number)] for number in range(9)]
    told = sums_of(rows)
    for others in ([*rows[:-2], ["x"], ["y"]], rows[:-3], [*rows] * 2, rows[::-1]):
        assert changed_row(told, sums_of(others)) is None
    for nonsense in (None, 1, "x", [], [1], [["x", "y"]] * 4, [["1"]] * 4, {}):
        assert changed_row(nonsense, sums_of([*rows[:-1], ["x"]])) is None


def test_a_million_rows_take_few_sums() -> None:
    assert len(sums_of([["x"]] * 70_000)) == 17


def test_sums_that_were_made_up_name_no_row() -> None:
    """Of one changed row all that differ do so by the same; and there is no row 0."""
    rows = [[str(number)] for number in range(6)]
    told = sums_of(rows)
    made_up = [[f"{int(one, 16) ^ (bit + 1):016x}", two] for bit, (one, two) in enumerate(told)]
    alike = [[f"{int(one, 16) ^ 1:016x}", two] for one, two in told]
    assert changed_row(made_up, told) is None
    assert changed_row(alike, told) is None
