"""Reading the files of a package that somebody else may have made: bounded, and never followed.

A folder can hold anything: a link to another place, a pipe, a file without an end. What is not a
plain file of a bearable size is not opened, and a line without an end is not read to it.
"""

import csv
import hashlib
import os
import stat
from collections.abc import Container, Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO

from mobilizer.opendata.rules.cells import Row, Unreadable, read
from mobilizer.opendata.rules.locating import Sums, sums_of
from mobilizer.opendata.rules.shape import Table

#: The largest file that is read, in bytes; the longest line and cell, in characters.
LARGEST, LONGEST = 2_000_000_000, 2_000_000
MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Fault:
    """What is wrong with a package, and where: rows as a spreadsheet counts them."""

    file: str
    says: str
    row: int | None = None
    column: str = ""

    def __str__(self) -> str:
        """One line of it."""
        where = (self.file, f"row {self.row}" if self.row else "", self.column)
        return f"{', '.join(part for part in where if part)}: {self.says}"


class Unsound(Exception):
    """A file cannot be read any further."""

    def __init__(self, fault: Fault) -> None:
        """Keep what is wrong."""
        super().__init__(str(fault))
        self.fault = fault


@contextmanager
def opened(folder: Path, name: str, largest: int = LARGEST) -> Iterator[BinaryIO]:
    """A file of the folder, opened to be read.

    Raises:
        Unsound: it is none, or too large.
    """
    try:
        number = os.open(folder / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as fault:
        raise Unsound(Fault(name, _why(folder / name))) from fault
    found = os.fstat(number)
    if not stat.S_ISREG(found.st_mode):
        os.close(number)
        raise Unsound(Fault(name, "is not a file"))
    with os.fdopen(number, "rb") as stream:
        if found.st_size > largest:
            raise Unsound(Fault(name, f"has {found.st_size} bytes, more than {largest}"))
        yield stream


def strangers(folder: Path, known: Container[str]) -> list[str]:
    """The names of what else lies in a folder than what is known, in their order."""
    return sorted(path.name for path in folder.iterdir() if path.name not in known)


def _why(path: Path) -> str:
    if path.is_symlink():
        return "is a link; only a file itself is read"
    return "cannot be opened" if path.exists() else "is missing"


def digest(folder: Path, name: str) -> tuple[int, str]:
    """How many bytes a file has, and their SHA-256.

    Raises:
        Unsound: it cannot be read.
    """
    sha256, size = hashlib.sha256(), 0
    with opened(folder, name) as stream:
        while chunk := stream.read(1 << 20):
            sha256.update(chunk)
            size += len(chunk)
    return size, sha256.hexdigest()


def rows(folder: Path, table: Table) -> Iterator[tuple[int, Row]]:
    """The rows of a table with their numbers, read one by one.

    Raises:
        Unsound: at the first that cannot be read.
    """
    with closing(_records(folder, table.file)) as records:
        names = next(records, [])
        if tuple(names) != table.columns:
            raise Unsound(Fault(table.file, _columns(names, table), 1))
        for number, cells in enumerate(records, start=2):
            yield number, _row(table, number, cells)


def sums(folder: Path, table: Table) -> Sums:
    """The sums over the rows of a table; none where it cannot be read to its end."""
    try:
        with closing(_records(folder, table.file)) as records:
            return sums_of(records)
    except Unsound:
        return []


def _row(table: Table, number: int, cells: list[str]) -> Row:
    if len(cells) != len(table.columns):
        says = f"has {len(cells)} cells, and should have {len(table.columns)}"
        raise Unsound(Fault(table.file, says, number))
    try:
        return read(table, cells)
    except Unreadable as fault:
        column, says = fault.args
        raise Unsound(Fault(table.file, says, number, column)) from fault


def _columns(found: list[str], table: Table) -> str:
    extra = [name for name in found if name not in table.columns]
    absent = [name for name in table.columns if name not in found]
    if extra:
        return f"has a column “{extra[0][:60]}” that it should not have"
    if absent:
        return f"lacks the column “{absent[0]}”"
    return "has its columns in another order, or one of them twice"


def _records(folder: Path, name: str) -> Generator[list[str], None, None]:
    with opened(folder, name) as stream:
        if stream.read(len(MARK)) == MARK:
            raise Unsound(Fault(name, "begins with a byte-order mark, and should not", 1))
        stream.seek(0)
        with TextIOWrapper(stream, encoding="utf-8", newline="") as text:
            yield from _parsed(text, name)


def _parsed(text: TextIOWrapper, name: str) -> Iterator[list[str]]:
    csv.field_size_limit(LONGEST)
    number = 0
    try:
        for record in csv.reader(_lines(text), strict=True):
            number += 1
            yield record
    except UnicodeDecodeError as fault:
        raise Unsound(Fault(name, "is not a text in UTF-8", number + 1)) from fault
    except csv.Error as fault:
        raise Unsound(Fault(name, f"cannot be read as CSV: {fault}", number + 1)) from fault


def _lines(text: TextIOWrapper) -> Iterator[str]:
    while line := text.readline(LONGEST):
        if len(line) == LONGEST and not line.endswith("\n"):
            raise csv.Error(f"a line is longer than {LONGEST} characters")
        yield line
