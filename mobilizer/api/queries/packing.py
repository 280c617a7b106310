"""A cycle's data package, written: file by file, a row at a time."""

import csv
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from flask import current_app

from mobilizer.api.queries.editions import Edition
from mobilizer.api.queries.tables import rows_of
from mobilizer.opendata.rules.cells import written
from mobilizer.opendata.rules.counted import TABLES
from mobilizer.opendata.rules.description import FILE, About, Head, Written, as_text, described
from mobilizer.opendata.rules.locating import Summing
from mobilizer.opendata.rules.shape import Table

#: How much of a file is held in memory while it is read.
CHUNK = 1 << 16


class _Counting:
    """Passes on what is written, and knows its length and hash."""

    def __init__(self, out: IO[bytes]) -> None:
        self.out, self.size, self.sha256, self.sums = out, 0, hashlib.sha256(), Summing()

    def write(self, text: str) -> int:
        """Take a line, as ``csv`` gives it."""
        content = text.encode()
        self.size += len(content)
        self.sha256.update(content)
        self.sums.add(content)
        return self.out.write(content)


def write_table(of: Edition, table: Table, out: IO[bytes]) -> Written:
    """Write one table as CSV: UTF-8 without a mark, lines ending in CRLF."""
    counting, rows = _Counting(out), 0
    lines = csv.writer(counting)
    lines.writerow(table.columns)
    for row in rows_of(table.name, of):
        lines.writerow(written(table, row))
        rows += 1
    return Written(counting.size, counting.sha256.hexdigest(), rows, counting.sums.told())


def write_package(of: Edition, folder: Path) -> dict[str, Written]:
    """Write all of a package into a folder, the description last.

    Each file takes the place of an earlier one only once it is whole.
    """
    files = {}
    for table in TABLES:
        with _replacing(folder / table.file) as out:
            files[table.name] = write_table(of, table, out)
    with _replacing(folder / FILE) as out:
        out.write(as_text(described(about(of), files)).encode())
    return files


@contextmanager
def _replacing(path: Path) -> Iterator[IO[bytes]]:
    with NamedTemporaryFile(dir=path.parent, delete=False) as out:
        try:
            yield out
        except BaseException:
            Path(out.name).unlink()
            raise
    Path(out.name).chmod(0o644)
    Path(out.name).replace(path)


def about(of: Edition) -> About:
    """What a package is about."""
    return About(
        cycle=of.cycle.code,
        names=of.cycle.names,
        day=of.day,
        head=Head(of.head.number, of.head.hash) if of.head else None,
        site=current_app.config["SITE_URL"],
    )
