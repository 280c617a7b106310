"""What a spreadsheet cannot hold is cut openly: a word at the place, and where the whole stands."""

from typing import Any

#: A worksheet of a million rows opens on no phone and few desks; the whole stands in the CSV.
MOST_ROWS = 100_000
#: A cell of Excel holds 32,767 characters; the word that says what was cut has to fit as well.
MOST_CHARACTERS = 32_000


def cut_cell(value: Any, file: str) -> Any:
    """A value as it fits a cell."""
    if not isinstance(value, str) or len(value) <= MOST_CHARACTERS:
        return value
    return f"{value[:MOST_CHARACTERS]} […] CUT: {len(value)} characters, whole in {file}"


def is_past(row: int) -> bool:
    """Whether a row, as a spreadsheet counts them, has no room; the first holds the columns."""
    return row > MOST_ROWS + 1


def cut_rows(rows: int | None, file: str = "") -> str:
    """What is said of rows that are cut: of so many, or at the end of a sheet; "" of none."""
    if rows is None:
        return f"CUT: the rows after the first {MOST_ROWS} stand in {file}"
    return f"CUT: all but the first {MOST_ROWS} rows" if rows > MOST_ROWS else ""


def cuts() -> str:
    """What is said of long texts."""
    return f"Longer than {MOST_CHARACTERS} characters they are cut, and the cell says so."
