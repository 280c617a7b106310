"""A file as rows of cells: CSV or JSON lines, with every fault named by row and column.

Rows are counted as a person counts them in a spreadsheet: the line of names is row 1.
"""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_

#: A tracker's file is a few hundred kilobytes; a larger one is something else.
MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 20_000
MAX_CELL = 100_000


@dataclass(frozen=True)
class Fault:
    """What is wrong, and where. Row 0 is the file as a whole."""

    row: int
    column: str
    broken: RuleBroken


@dataclass(frozen=True)
class Row:
    """One row: its number and its cells by column, trimmed."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Read:
    """What a file holds, and what is wrong with it."""

    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]


def read_table(content: bytes, columns: set[str], *, encoding: str, is_json: bool) -> Read:
    """Read a file.

    Args:
        content: the whole file.
        columns: the columns that must be there; others are let be.
        encoding: of the text, such as ``utf-8-sig`` (UTF-8 with or without a mark).
        is_json: JSON lines, an object a line; else CSV with a line of names.
    """
    if len(content) > MAX_BYTES:
        most = MAX_BYTES // 1024 // 1024
        return _only(N_("The file is larger than %(most)s MB."), most=most)
    try:
        text = content.decode(encoding)
    except (UnicodeError, LookupError) as fault:
        at = content[: getattr(fault, "start", 0)].count(b"\n") + 1
        return _only(N_("The file is not text in %(encoding)s."), row=at, encoding=encoding)
    if "\x00" in text:
        return _only(N_("The file is not text in %(encoding)s."), encoding=encoding)
    return _read_json(text, columns) if is_json else _read_csv(text, columns)


def _only(message: str, row: int = 0, **params: Any) -> Read:
    return Read((), (Fault(row, "", RuleBroken(message, **params)),))


def _read_csv(text: str, columns: set[str]) -> Read:
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        names = [name.strip() for name in next(reader, [])]
        if missing := sorted(columns - set(names)):
            return _missing(missing)
        if twice := sorted({name for name in names if names.count(name) > 1 and name in columns}):
            return _only(N_("The column “%(name)s” is there twice."), row=1, name=twice[0])
        return _checked(_numbered(reader, names), columns)
    except csv.Error as fault:
        return _only(
            N_("The table cannot be read from line %(line)s on: %(fault)s."),
            line=reader.line_num,
            fault=fault,
        )


def _missing(missing: list[str]) -> Read:
    broken = [Fault(1, name, RuleBroken(N_("This column is missing."))) for name in missing]
    return Read((), tuple(broken))


def _numbered(reader: Iterator[list[str]], names: list[str]) -> Iterator[Row | Fault]:
    for number, cells in enumerate(reader, 2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(names):
            yield Fault(
                number,
                "",
                RuleBroken(
                    N_("This row has %(has)s cells, not %(needs)s."),
                    has=len(cells),
                    needs=len(names),
                ),
            )
            continue
        yield Row(number, dict(zip(names, (cell.strip() for cell in cells), strict=True)))


def _read_json(text: str, columns: set[str]) -> Read:
    return _checked(_objects(text), columns)


def _objects(text: str) -> Iterator[Row | Fault]:
    # A line ends where JSON lines end: other signs that break lines may stand within a text.
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            cells = {name: _as_cell(value) for name, value in json.loads(line).items()}
        except (ValueError, RecursionError, AttributeError):
            yield Fault(number, "", RuleBroken(N_("This line is not a JSON object.")))
        else:
            yield Row(number, cells)


def _as_cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return " ".join(_as_cell(one) for one in value)
    return str(value).strip()


def _checked(found: Iterator[Row | Fault], columns: set[str]) -> Read:
    rows: list[Row] = []
    faults: list[Fault] = []
    for one in found:
        if len(rows) + len(faults) >= MAX_ROWS:
            return _only(N_("The file has more than %(most)s rows."), most=MAX_ROWS)
        if isinstance(one, Fault):
            faults.append(one)
            continue
        rows.append(one)
        faults += _faults_of_cells(one, columns)
    if not rows and not faults:
        return _only(N_("The file has no rows."))
    return Read(tuple(rows), tuple(faults))


def _faults_of_cells(row: Row, columns: set[str]) -> Iterator[Fault]:
    for name in sorted(columns):
        cell = row.cells.get(name, "")
        if cell.startswith("="):
            yield Fault(row.number, name, RuleBroken(N_("This cell holds a formula, not a text.")))
        if not _is_text(cell):
            broken = RuleBroken(N_("The file is not text in %(encoding)s."), encoding="utf-8")
            yield Fault(row.number, name, broken)


def _is_text(cell: str) -> bool:
    """Whether a database can keep it: JSON can spell out halves of signs, and the sign NUL."""
    return "\x00" not in cell and not any("\ud800" <= sign <= "\udfff" for sign in cell)
