"""Whoever changes one digit of an exported table is found, and the row is named."""

import csv
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mobilizer.core.database import db
from mobilizer.opendata.rules.checking import check
from tests.api.test_export import export
from tests.builders import Builders
from tests.imports.test_package import fill

#: The files are the same on every database: one is enough.
pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.fixture
def folder(app: Flask, make: Builders, tmp_path: Path) -> Iterator[Path]:
    """A package with rows in nearly every table."""
    fill(make)
    assert export(app, tmp_path, "--cycle", "spring").exit_code == 0
    assert check(tmp_path).faults == ()
    yield tmp_path
    db.session.remove()


def test_any_digit_changed_in_any_table_is_found_and_its_row_named(folder: Path) -> None:
    tables = [path.name for path in sorted(folder.glob("*.csv")) if digits(path)]
    assert len(tables) > 10
    seen = set()

    @settings(
        max_examples=80,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(st.sampled_from(tables), st.integers(0, 10**6), st.integers(1, 9))
    def changed(name: str, where: int, by: int) -> None:
        whole = (folder / name).read_bytes()
        found = digits(folder / name)
        at = found[where % len(found)]
        other = str((int(whole[at : at + 1]) + by) % 10).encode()
        (folder / name).write_bytes(whole[:at] + other + whole[at + 1 :])
        row = len(list(csv.reader(whole[: at + 1].decode(errors="ignore").splitlines(True))))
        try:
            faults = [fault for fault in check(folder).faults if fault.file == name]
        finally:
            (folder / name).write_bytes(whole)
        assert [fault.row for fault in faults] == [row], (name, row, faults)
        seen.add(name)

    changed()
    assert len(seen) > 8


def digits(path: Path) -> list[int]:
    """Where digits stand in a table, below the names of its columns."""
    whole = path.read_bytes()
    return [
        one.start() for one in re.finditer(rb"[0-9]", whole) if one.start() > whole.index(b"\n")
    ]


def test_what_was_changed_and_described_anew_is_still_found(folder: Path) -> None:
    """A score alone, by the counting; with its findings, by the chain."""
    copy = folder.parent / "copy"
    shutil.copytree(folder, copy)
    path = copy / "scores.csv"
    path.write_bytes(path.read_bytes().replace(b",1,1,100,", b",1,1,99,", 1))
    (fault,) = check(copy).faults
    assert (fault.file, fault.column) == ("scores.csv", "percent")
