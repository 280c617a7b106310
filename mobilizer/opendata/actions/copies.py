"""The other forms of a package: JSON for programs, a workbook for people, all of it in one file.

They are made of the files alone, so that they say what these say, and nothing else.
"""

import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from mobilizer.opendata.rules.cells import Row, as_json
from mobilizer.opendata.rules.checking import description
from mobilizer.opendata.rules.counted import TABLES
from mobilizer.opendata.rules.cutting import cut_cell, cut_rows, cuts, is_past
from mobilizer.opendata.rules.folder import rows
from mobilizer.opendata.rules.keeping import XLSX, ZIP
from mobilizer.opendata.rules.shape import Table

CHUNK = 1 << 16
#: Nothing is taken for a formula, a link or a number; rows go to the disk one by one.
PLAIN = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True)
class _Looks:
    head: Format
    day: Format


def add_copies(folder: Path) -> None:
    """Add to the package in a folder its zip, each table as JSON, and the workbook."""
    add_zip(folder)
    for table in TABLES:
        with (folder / f"{table.name}.json").open("w", encoding="utf-8") as text:
            _as_json(folder, table, text)
    _as_workbook(folder, description(folder))


def add_zip(folder: Path) -> None:
    """Add to the package in a folder all of it in one file."""
    said = description(folder)
    day = date.fromisoformat(said["as_of"])
    with (folder / ZIP).open("wb") as out:
        zip_files(folder, [file["path"] for file in said["resources"]], out, day)


def zip_files(folder: Path, tables: Sequence[str], out: Any, day: date) -> None:
    """A package in one file, the same bytes for the same files: dated by a day alone."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in ["datapackage.json", *tables]:
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            with (folder / name).open("rb") as file, packed.open(entry, "w") as into:
                while chunk := file.read(CHUNK):
                    into.write(chunk)


def _as_json(folder: Path, table: Table, out: Any) -> None:
    """A list of records, one a line: texts as they are, without what leads them in a cell."""
    lead = "[\n"
    for _, row in rows(folder, table):
        out.write(lead + json.dumps(row, ensure_ascii=False, default=_iso))
        lead = ",\n"
    out.write("[]\n" if lead == "[\n" else "\n]\n")


def _iso(value: date) -> str:
    return value.isoformat()


def _as_workbook(folder: Path, said: Mapping[str, Any]) -> None:
    day = date.fromisoformat(said["as_of"])
    with Workbook(str(folder / XLSX), PLAIN) as book:
        # Else the machine's clock stands in it, and the same data gives other bytes.
        book.set_properties({"title": said["title"], "created": _beginning(day)})
        looks = _Looks(
            head=book.add_format({"bold": True, "bottom": 1}),
            day=book.add_format({"num_format": "yyyy-mm-dd"}),
        )
        _put(book.add_worksheet("about"), _about(said), looks)
        for table in TABLES:
            paper = book.add_worksheet(table.name)
            paper.freeze_panes(1, 0)
            _put(paper, _lines(folder, table), looks)


def _beginning(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _about(said: Mapping[str, Any]) -> Iterator[Sequence[Any]]:
    yield ("table", "title", "rows", "what it holds", "what is cut here")
    for one in said["resources"]:
        yield (one["name"], one["title"], one["rows"], one["description"], cut_rows(one["rows"]))
    yield ()
    for name in ("title", "as_of", "methodology"):
        yield (name, said[name])
    head = said["head"] or {"number": 0, "hash": ""}
    yield ("head of the chain", f"{head['number']}: {head['hash']}")
    yield ("licence", said["licenses"][0]["title"], "", said["licenses"][0]["path"])
    yield ("source", said["sources"][0]["path"])
    yield ("long texts", cuts())


def _lines(folder: Path, table: Table) -> Iterator[Sequence[Any]]:
    yield table.columns
    for number, row in rows(folder, table):
        if is_past(number):
            yield (cut_rows(None, table.file),)
            return
        yield [cut_cell(value, table.file) for value in _cells(table, row)]


def _cells(table: Table, row: Row) -> Iterator[Any]:
    for field in table.fields:
        value = row[field.name]
        if isinstance(value, dict | list):
            value = as_json(value)
        yield ("yes" if value else "no") if isinstance(value, bool) else value


def _put(paper: Worksheet, lines: Iterable[Sequence[Any]], looks: _Looks) -> None:
    for below, line in enumerate(lines):
        for at, value in enumerate(line):
            if isinstance(value, int | float):
                paper.write_number(below, at, value)
            elif isinstance(value, date):
                # As a day, not as text: spreadsheets compare days, and formulae ask which is later.
                paper.write_datetime(below, at, value, looks.day)
            elif value not in (None, ""):
                paper.write_string(below, at, str(value), looks.head if below == 0 else None)
