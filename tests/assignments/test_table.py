"""A pasted or uploaded table: what is understood, and how every fault is named."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilizer.assignments.rules import Wish
from mobilizer.assignments.rules.plan import Ground, Mobilizer, Promised, Spot, plan
from mobilizer.assignments.rules.table import (
    MOST_BYTES,
    MOST_ROWS,
    Column,
    decoded,
    known_headings,
    read,
)
from mobilizer.core.errors import RuleBroken
from mobilizer.promises.rules import PromiseState, Testability

HEADINGS = known_headings({"Promise number": Column.PROMISE, "Ветување": Column.PROMISE})
HEADING = "promise,mobilizer,place,first_month,last_month"
ROW = "12,mila,Тетово,2026-01,2026-06"


def table(*rows, heading=HEADING):
    return read("\n".join([heading, *rows]), HEADINGS)


def says(faults):
    return [(fault.row, fault.column, str(fault.error)) for fault in faults]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_rows_come_from_csv_or_from_a_spreadsheets_clipboard(delimiter):
    read_ = read(f"{HEADING}\r\n{ROW}".replace(",", delimiter), HEADINGS)

    assert says(read_.faults) == []
    assert read_.rows[0].number == 2
    assert read_.rows[0].cells[Column.PLACE] == "Тетово"


def test_columns_stand_in_any_order_under_headings_of_any_language():
    read_ = table("mila,12,x,1,2", heading="MOBILIZER, ВЕТУВАЊЕ ,place,first month,last-month")

    assert says(read_.faults) == []
    assert read_.rows[0].cells[Column.PROMISE] == "12"


def test_empty_rows_are_passed_over_and_numbers_stay_those_of_the_table():
    assert [row.number for row in table("", ROW, ",,,,", ROW).rows] == [3, 5]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "The table is empty."),
        ("\n \n", "The table is empty."),
        (HEADING, "There are no rows below the heading."),
        ("promise,colour\n", "The column “colour” is not known here."),
        ("promise,place,mobilizer,first_month\n", "The column “last_month” is missing."),
        (HEADING + ",promise\n", "The column “promise” stands there twice."),
        (HEADING + '\n"12,mila', "A quotation mark is opened and not closed, or stands inside"),
    ],
)
def test_a_table_that_cannot_be_one_says_why(text, fault):
    found = read(text, HEADINGS)

    assert found.rows == []
    assert len(found.faults) == 1
    assert str(found.faults[0].error).startswith(fault)


def test_a_ragged_row_is_named_and_the_others_are_read():
    found = table(ROW, "12,mila", ROW + ",x")

    assert len(found.rows) == 1
    assert [fault.row for fault in found.faults] == [3, 4]
    assert "2 cells, the heading has 5" in str(found.faults[0].error)


@pytest.mark.parametrize("cell", ["=1+1", "+12", "-12", "@sum"])
def test_a_cell_that_is_a_formula_is_refused_beside_its_column(cell):
    assert says(table(f"{cell},mila,x,1,2").faults)[0][:2] == (2, "Promise number")


def test_every_cell_is_needed_and_none_is_a_novel():
    assert len(table(",,x,1,2").faults) == 2
    assert "at most 200" in str(table(f"12,{'x' * 201},x,1,2").faults[0].error)


def test_more_rows_than_the_limit_are_refused():
    assert table(*[ROW] * MOST_ROWS).faults == []
    assert "more than 2000 rows" in str(table(*[ROW] * (MOST_ROWS + 1)).faults[-1].error)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_is_read_in_the_encodings_spreadsheets_write(encoding):
    assert decoded("Тетово, Shkup".encode(encoding)) == "Тетово, Shkup"


@pytest.mark.parametrize(
    "raw",
    ["Тетово".encode("cp1251"), "Tetovë".encode("cp1250"), b"PK\x03\x04\x00", b"\xff\xfe\x00"],
)
def test_a_file_in_another_encoding_or_of_another_kind_is_refused(raw):
    with pytest.raises(RuleBroken, match="CSV UTF-8"):
        decoded(raw)


def test_a_file_that_is_too_large_is_refused():
    with pytest.raises(RuleBroken, match="larger than 256 KB"):
        decoded(b"x" * (MOST_BYTES + 1))


@given(st.text(max_size=300))
def test_whatever_is_pasted_is_read_or_refused(text):
    found = read(text, HEADINGS)
    assert found.rows or found.faults


# Looked up and held to the rules

TETOVO = Spot(11, "MK-601", frozenset({11, 2, 1}), 2)
CENTAR_A, CENTAR_B = Spot(12, "MK-801", frozenset({12}), 3), Spot(13, "MK-802", frozenset({13}), 3)
COUNTRY = Spot(1, "MK", frozenset({1}), None)


def ground(**given):
    testable = (PromiseState.CHECKED, Testability.TESTABLE)
    values = {
        "first_month": date(2026, 1, 1),
        "last_month": date(2026, 12, 1),
        "promises": {
            12: Promised(112, *testable, frozenset({2})),
            13: Promised(113, PromiseState.DRAFT, None, frozenset({2})),
            14: Promised(114, *testable, frozenset({1})),
        },
        "mobilizers": {
            "mila": [Mobilizer(5, 2, 8)],
            "alone": [Mobilizer(6, 2, None)],
            "ana": [Mobilizer(5, 2, 8), Mobilizer(7, 2, 8)],
        },
        "places": {
            "tetovo": [TETOVO],
            "mk-601": [TETOVO],
            "centar": [CENTAR_A, CENTAR_B],
            "mk": [COUNTRY],
        },
        "mentor_ids": frozenset({8}),
        "held": {},
    }
    return Ground(**values | given)


def planned(*rows, **given):
    return plan(table(*rows).rows, ground(**given))


def test_a_row_that_is_right_becomes_a_wish():
    made = planned(ROW)

    assert says(made.faults) == []
    assert made.new[0].wish == Wish(5, 112, 11, date(2026, 1, 1), date(2026, 6, 1))
    assert (made.new[0].mentor_id, made.new[0].region_id) == (8, 2)


@pytest.mark.parametrize("place", ["Тетово", "TETOVO", "mk-601", " Tetovo "])
@pytest.mark.parametrize("month", ["2026-01", "01/2026", "1.2026"])
def test_names_in_any_script_and_months_in_any_form_are_found(place, month):
    assert len(planned(f"#12,MILA,{place},{month},2026-06").new) == 1


@pytest.mark.parametrize(
    ("row", "column", "fault"),
    [
        ("99,mila,Tetovo,2026-01,2026-02", "Promise number", "no promise “99”"),
        ("١٢x,mila,Tetovo,2026-01,2026-02", "Promise number", "no promise"),
        ("13,mila,Tetovo,2026-01,2026-02", "Promise number", "has not been checked"),
        ("12,who,Tetovo,2026-01,2026-02", "Mobilizer", "not a mobilizer of this cycle"),
        ("12,ana,Tetovo,2026-01,2026-02", "Mobilizer", "Several mobilizers"),
        ("12,alone,Tetovo,2026-01,2026-02", "Mobilizer", "no dedicated mentor"),
        ("12,mila,Atlantis,2026-01,2026-02", "Place", "There is no place"),
        ("12,mila,Centar,2026-01,2026-02", "Place", "one of MK-801, MK-802"),
        ("12,mila,MK,2026-01,2026-02", "Place", "not made for this place"),
        ("12,mila,Tetovo,soon,2026-02", "First month", "“soon” is not a month"),
        ("12,mila,Tetovo,2025-12,2026-02", "First month", "begins only later"),
        ("12,mila,Tetovo,2026-02,2027-01", "Last month", "ends before that"),
        ("12,mila,Tetovo,2026-02,2026-01", "Last month", "comes before the first"),
    ],
)
def test_each_fault_stands_beside_its_row_and_column(row, column, fault):
    made = planned("14,mila,MK,2026-01,2026-12", row)

    assert [(f.row, f.column) for f in made.faults] == [(3, column)]
    assert fault in str(made.faults[0].error)
    assert made.new == []


def test_all_faults_of_a_row_are_told_at_once():
    assert [f.column for f in planned("99,who,Atlantis,soon,later").faults] == [
        column.label for column in Column
    ]


def test_a_row_that_is_there_already_changes_nothing():
    there = Wish(5, 112, 11, date(2026, 1, 1), date(2026, 6, 1))

    made = planned(ROW, held={(112, 11): [there]})

    assert (made.new, len(made.known), made.faults) == ([], 1, [])


def test_the_same_row_twice_is_assigned_once():
    made = planned(ROW, ROW)
    assert (len(made.new), len(made.known)) == (1, 1)


def test_rows_that_overlap_within_the_table_are_refused():
    made = planned(ROW, "12,mila,Tetovo,2026-06,2026-09")
    assert [(f.row, f.column) for f in made.faults] == [(3, "First month")]


def test_work_that_another_mobilizer_has_is_pointed_out():
    other = Wish(7, 112, 11, date(2026, 6, 1), date(2026, 6, 1))
    assert planned(ROW, held={(112, 11): [other]}).new[0].is_shared


def test_work_on_a_national_promise_stands_in_the_mobilizers_region():
    assert planned("14,mila,MK,2026-01,2026-02").new[0].region_id == 2


def test_two_thousand_rows_are_planned_within_a_moment():
    mobilizers = {f"m{n}": [Mobilizer(100 + n, 2, 8)] for n in range(MOST_ROWS)}
    rows = [f"12,m{n},Tetovo,2026-01,2026-12" for n in range(MOST_ROWS)]

    assert len(planned(*rows, mobilizers=mobilizers).new) == MOST_ROWS
