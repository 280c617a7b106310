"""Rows as an XLSX workbook: texts stay texts, whatever they begin with.

A cell is written as what it is, so that no text becomes a formula, a link or a number.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO

from flask import Response
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: What no name of a worksheet may hold, and how long it may be.
NOT_IN_NAMES = str.maketrans(dict.fromkeys(r"[]:*?/\\", " "))
LONGEST_NAME = 31
#: A longer text a spreadsheet would refuse, and the library then leave out.
LONGEST_TEXT = 32_000
PLAIN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True)
class Column:
    """One column: what stands above it, how wide it is, and whether its numbers are shares."""

    label: str
    width: int
    is_share: bool = False


@dataclass(frozen=True)
class Sheet:
    """One worksheet: lines of its own, then the columns' labels, then the rows."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[object]]
    above: Sequence[str] = ()
    #: How many columns stay where they are while the others are scrolled.
    still: int = 0


def as_xlsx(sheets: Iterable[Sheet]) -> bytes:
    """A workbook of these sheets. Nothing in it tells who made it."""
    out = BytesIO()
    with Workbook(out, PLAIN) as book:
        looks = _Looks(
            head=book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
            text=book.add_format({"text_wrap": True, "valign": "top"}),
            share=book.add_format({"num_format": "0%", "valign": "top"}),
        )
        for sheet in sheets:
            _write(book.add_worksheet(_name(sheet.name)), sheet, looks)
    return out.getvalue()


@dataclass(frozen=True)
class _Looks:
    head: Format
    text: Format
    share: Format


def _name(wanted: str) -> str:
    return wanted.translate(NOT_IN_NAMES).strip(" '")[:LONGEST_NAME].strip(" '")


def _write(paper: Worksheet, sheet: Sheet, looks: _Looks) -> None:
    head = len(sheet.above)
    for at, line in enumerate(sheet.above):
        paper.write_string(at, 0, line[:LONGEST_TEXT])
    for at, column in enumerate(sheet.columns):
        paper.set_column(at, at, column.width)
        paper.write_string(head, at, column.label, looks.head)
    paper.freeze_panes(head + 1, sheet.still)
    paper.repeat_rows(head)
    paper.set_landscape()
    paper.set_paper(9)  # A4
    paper.fit_to_pages(1, 0)
    for below, row in enumerate(sheet.rows, start=head + 1):
        for at, (column, value) in enumerate(zip(sheet.columns, row, strict=True)):
            if isinstance(value, int | float):
                paper.write_number(below, at, value, looks.share if column.is_share else looks.text)
            elif value not in (None, ""):
                paper.write_string(below, at, str(value)[:LONGEST_TEXT], looks.text)


def attached(content: str | bytes, name: str, kind: str = XLSX) -> Response:
    """A file to be saved under a name, which no cache keeps."""
    response = Response(content, mimetype=kind)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Cache-Control"] = "no-store"
    return response
