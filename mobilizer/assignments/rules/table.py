"""A table of assignments as it was pasted or uploaded: taken apart, with every fault named.

What is in the cells is looked at in ``plan``; here it is only bytes, rows and columns.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from mobilizer.core.errors import RuleBroken
from mobilizer.core.text import normalise
from mobilizer.core.words import N_, Word

MOST_BYTES = 256 * 1024
MOST_ROWS = 2000
LONGEST_CELL = 200
#: What a spreadsheet would take for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: Tabs come from a spreadsheet's clipboard, semicolons from one that writes decimal commas.
DELIMITERS = "\t;,"


class Column(Word):
    """What a column of the table holds."""

    PROMISE = "promise", N_("Promise number")
    MOBILIZER = "mobilizer", N_("Mobilizer")
    PLACE = "place", N_("Place")
    FIRST_MONTH = "first_month", N_("First month")
    LAST_MONTH = "last_month", N_("Last month")


@dataclass(frozen=True)
class Row:
    """One row: where it stands in the table (the heading is 1), and its cells."""

    number: int
    cells: Mapping[Column, str]


@dataclass(frozen=True)
class Fault:
    """What is wrong, and where: a row (None: the table as a whole), a column or its heading."""

    error: RuleBroken
    row: int | None = None
    column: str = ""


@dataclass
class Table:
    """The rows that could be read, and the faults of the others."""

    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def decoded(raw: bytes) -> str:
    """The text of an uploaded file, in UTF-8 or in the UTF-16 of a spreadsheet's text export.

    Raises:
        RuleBroken: it is too large, or in another encoding.
    """
    if len(raw) > MOST_BYTES:
        raise RuleBroken(N_("The table is larger than %(most)s KB."), most=MOST_BYTES // 1024)
    encoding = "utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise RuleBroken(
            N_("This is not a text file in UTF-8. Save the table as “CSV UTF-8” and send it again.")
        )
    return text


def read(text: str, headings: Mapping[str, Column]) -> Table:
    """Take a table apart; rows with faults are left out of it and named.

    Args:
        text: rows of cells, parted by tabs, semicolons or commas.
        headings: the columns by what may stand above them, in any language.
    """
    table = Table()
    try:
        decoded(text.encode("utf-8", "replace"))
        lines = _lines(text)
        columns = _columns(next(lines)[1], headings)
        for number, cells in lines:
            if len(table.rows) + len(table.faults) >= MOST_ROWS:
                raise RuleBroken(N_("The table has more than %(most)s rows."), most=MOST_ROWS)
            _add(table, number, cells, columns)
    except StopIteration:
        table.faults.append(Fault(RuleBroken(N_("The table is empty."))))
    except RuleBroken as error:
        table.faults.append(Fault(error))
    except csv.Error:
        table.faults.append(
            Fault(
                RuleBroken(
                    N_("A quotation mark is opened and not closed, or stands inside a cell.")
                )
            )
        )
    if not table.rows and not table.faults:
        table.faults.append(Fault(RuleBroken(N_("There are no rows below the heading."))))
    return table


def known_headings(labels: Mapping[str, Column]) -> dict[str, Column]:
    """Headings as they are compared: the codes of the columns, and these labels beside them."""
    codes = {column.value: column for column in Column}
    return {normalise(heading): column for heading, column in (codes | dict(labels)).items()}


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each line that holds anything, with its number."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    for number, cells in enumerate(reader, 1):
        if any(cell.strip() for cell in cells):
            yield number, cells


def _columns(cells: list[str], headings: Mapping[str, Column]) -> list[Column]:
    columns = [headings.get(normalise(cell)) for cell in cells]
    for cell, column in zip(cells, columns, strict=True):
        if column is None:
            raise RuleBroken(N_("The column “%(name)s” is not known here."), name=cell.strip()[:60])
        if columns.count(column) > 1:
            raise RuleBroken(N_("The column “%(name)s” stands there twice."), name=column)
    for column in Column:
        if column not in columns:
            raise RuleBroken(N_("The column “%(name)s” is missing."), name=column)
    return [column for column in columns if column is not None]


def _add(table: Table, number: int, cells: list[str], columns: list[Column]) -> None:
    if len(cells) != len(columns):
        error = RuleBroken(
            N_("This row has %(cells)s cells, the heading has %(columns)s."),
            cells=len(cells),
            columns=len(columns),
        )
        table.faults.append(Fault(error, number))
        return
    faults = [
        Fault(wrong, number, column.label)
        for column, cell in zip(columns, cells, strict=True)
        if (wrong := _wrong(cell)) is not None
    ]
    if faults:
        table.faults.extend(faults)
    else:
        trimmed = {column: cell.strip() for column, cell in zip(columns, cells, strict=True)}
        table.rows.append(Row(number, trimmed))


def _wrong(cell: str) -> RuleBroken | None:
    if not cell.strip():
        return RuleBroken(N_("This is needed."))
    if cell.startswith(FORMULA):
        return RuleBroken(N_("A cell cannot begin with = + - @: a spreadsheet would run it."))
    if len(cell) > LONGEST_CELL:
        return RuleBroken(N_("A cell has at most %(most)s characters."), most=LONGEST_CELL)
    return None
