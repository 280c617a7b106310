"""A cell is written in one way, and read as what it was."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilizer.core.tables import STARTS_A_FORMULA, cell, plain
from mobilizer.opendata.rules.cells import Unreadable, as_json, read, value_of, written
from mobilizer.opendata.rules.shape import Field, Table

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@given(st.sampled_from(["", "=", "+", "-", "@", "\t", "\r", "'", "''="]), TEXTS)
def test_a_text_comes_back_as_it_was_and_starts_no_formula(start: str, rest: str) -> None:
    text = start + rest
    assert plain(cell(text)) == text
    assert not cell(text).startswith(STARTS_A_FORMULA)
    assert value_of(Field("a", "string", ""), cell(text)) == text


@given(TEXTS, st.integers(-(10**17), 10**17), st.floats(-1e9, 1e9), JSON)
def test_a_row_comes_back_as_it_was(text: str, whole: int, number: float, inner: object) -> None:
    table = Table(
        "t", "", "",
        tuple(Field(kind, kind, "") for kind in ("string", "integer", "object", "date", "boolean")),
        ("string",),
    )  # fmt: skip
    row = {"string": text, "integer": whole, "object": {"x": inner, "n": number},
           "date": date(2026, 10, 31), "boolean": False}  # fmt: skip
    assert read(table, written(table, row)) == row


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        ("integer", "01"), ("integer", "1.0"), ("integer", "+1"), ("integer", "١"),
        ("integer", "1" * 30), ("number", "1.50"), ("number", "nan"), ("number", "1e999"),
        ("number", "1" * 400), ("boolean", "TRUE"), ("date", "2026-02-30"), ("date", "20260101"),
        ("date", "9999-12-31"), ("object", "{ }"), ("object", "[]"), ("object", '{"a":NaN}'),
        ("object", '{"a":1,"a":1}'), ("object", "[" * 100_000), ("object", '{"a":' * 3000),
        ("object", '{"a":"\\ud800"}'), ("array", '["\\u0061"]'), ("string", "=1+1"),
        ("string", "'plain"),
    ],
)  # fmt: skip
def test_what_we_would_not_write_is_not_read(kind: str, cell: str) -> None:
    with pytest.raises(Unreadable):
        value_of(Field("a", kind, ""), cell)


@pytest.mark.parametrize(
    ("field", "fits", "does_not"),
    [
        (Field("a", "string", "", pattern="[0-9]{3}"), "123", ("1234", "x123", "12")),
        (Field("a", "string", "", among=("kept", "broken")), "kept", ("Kept", "kept ", "stalled")),
        (Field("a", "integer", "", least=1), "1", ("0", "-1")),
        (Field("a", "integer", "", least=0), "0", ("-1",)),
    ],
)
def test_what_does_not_fit_its_column_is_not_read(
    field: Field, fits: str, does_not: tuple[str, ...]
) -> None:
    assert str(value_of(field, fits)) == fits
    for odd in does_not:
        with pytest.raises(Unreadable, match="which"):
            value_of(field, odd)


@pytest.mark.parametrize(
    ("found", "says"),
    [
        ("3025-11-08", "a day of another millennium than any of ours"),
        ("0206-11-08", "a day of another millennium than any of ours"),
        ("2026-02-30", "a day that no calendar has"),
        ("2026-2-3", "not a day such as 2026-10-31"),
        ("٢٠٢٦-١٠-٣١", "not a day such as 2026-10-31"),
    ],
)
def test_of_a_day_that_cannot_be_it_is_said_why(found: str, says: str) -> None:
    with pytest.raises(Unreadable, match=f"“{found}”, .*{says}"):
        value_of(Field("a", "date", ""), found)


def test_json_is_written_in_one_order() -> None:
    assert as_json({"b": [1, "Ќ"], "a": {"d": None, "c": True}}) == (
        '{"a":{"c":true,"d":null},"b":[1,"Ќ"]}'
    )


def test_an_empty_cell_is_nothing_or_an_empty_text() -> None:
    assert value_of(Field("a", "integer", ""), "") is None
    assert value_of(Field("a", "string", ""), "") == ""
    assert value_of(Field("a", "string", "", may_be_absent=True), "") is None
    with pytest.raises(Unreadable, match="is empty"):
        value_of(Field("a", "string", "", required=True), "")
