"""A package read into memory: every row of its right type, its keys once, its references known."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mobilizer.findings.rules import Published, bind, has_its_shape
from mobilizer.opendata.rules.cells import Row
from mobilizer.opendata.rules.counted import TABLES
from mobilizer.opendata.rules.folder import Fault, Unsound, rows
from mobilizer.opendata.rules.shape import Table
from mobilizer.opendata.rules.tables import BYS

#: What is kept of a row, where that is not all of it.
Keep = Callable[[Row], Row]


@dataclass
class Package:
    """The tables that could be read to their end, and the first fault of each of the others."""

    tables: dict[str, dict[int, Row]] = field(default_factory=dict)
    faults: dict[str, Fault] = field(default_factory=dict)

    def has(self, *names: str) -> bool:
        """Whether all of these tables could be read."""
        return all(name in self.tables for name in names)

    def rows(self, name: str) -> list[Row]:
        """The rows of a table."""
        return list(self.tables[name].values())

    def strike(self, fault: Fault) -> None:
        """Keep a fault, unless an earlier one of its file is known."""
        self.faults.setdefault(fault.file, fault)

    def locate(self, fault: Fault) -> None:
        """Keep a fault of a file; if its sums name a row, another row was only struck by it."""
        known = self.faults.get(fault.file)
        if known is None or (fault.row is not None and known.row != fault.row):
            self.faults[fault.file] = fault


def read_package(folder: Path, tables: Iterable[Table] = TABLES) -> Package:
    """Read tables of a folder."""
    package = Package()
    keys: dict[str, set[Any]] = {}
    for table in tables:
        try:
            kept = _read(folder, table, keys, package)
        except Unsound as unsound:
            package.strike(unsound.fault)
        else:
            package.tables[table.name] = kept
    return package


def _read(
    folder: Path, table: Table, keys: dict[str, set[Any]], package: Package
) -> dict[int, Row]:
    keep = _KEEPS.get(table.name, _all)
    kept: dict[int, Row] = {}
    seen: set[tuple[Any, ...]] = set()
    for number, row in rows(folder, table):
        key = tuple(row[column] for column in table.key)
        if key in seen:
            says = f"says the same {' and '.join(table.key)} as a row before it"
            raise Unsound(Fault(table.file, says, number))
        seen.add(key)
        kept[number] = keep(row)
    keys[table.name] = {key[0] for key in seen}
    _refer(table, kept, keys, package)
    return kept


def _refer(
    table: Table, kept: Mapping[int, Row], keys: Mapping[str, set[Any]], package: Package
) -> None:
    """Hold each reference to the keys of its table, unless that could not be read."""
    for number, row in kept.items():
        for one in table.references:
            named = row[one.column]
            if named is None or one.table not in keys or named in keys[one.table]:
                continue
            says = f"says “{named}”, which is not in {one.table}.csv"
            package.strike(Fault(table.file, says, number, one.column))
            return


def _all(row: Row) -> Row:
    return row


def _finding(row: Row) -> Row:
    """A finding without its content: what scores and corrections need, and whether it is bound."""
    content = row.pop("content")
    hashes = row["previous_hash"], row["hash"]
    facts = {name: row[name] for name in row if name not in ("previous_hash", "hash")}
    row["is_shaped"] = has_its_shape(content)
    row["is_bound"] = _bound(hashes[0], Published(content=content, **facts)) == hashes[1]
    why = content.get("correction")
    row["correction"] = why if isinstance(why, dict) else {}
    return row


def _bound(before: str, finding: Published) -> str:
    try:
        return bind(before, finding)
    except RecursionError:  # None of ours is nested like that.
        return ""


_KEEPS: Mapping[str, Keep] = {"findings": _finding}


def disordered(package: Package, tables: Iterable[Table]) -> Iterator[Fault]:
    """The first row of each table that stands before one which it should follow."""
    for table in tables:
        before: tuple[Any, ...] | None = None
        for number, row in package.tables.get(table.name, {}).items():
            at = tuple(_rank(column, row[column]) for column in table.key)
            if before is not None and at < before:
                says = f"stands too late: rows are in the order of {', '.join(table.key)}"
                yield Fault(table.file, says, number)
                break
            before = at


def _rank(column: str, value: Any) -> Any:
    """A score of the whole comes before those of its parts; all else is in its own order."""
    return BYS.index(value) if column == "by" else value
