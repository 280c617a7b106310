"""A package is all of its folder, in its order: what was added or put elsewhere is named."""

import csv
import random
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from mobilizer.desk.cli import command as verify
from mobilizer.opendata.rules.checking import check
from mobilizer.opendata.rules.counted import BY_NAME
from mobilizer.opendata.rules.description import FILE
from mobilizer.opendata.rules.keeping import COPIES
from tests.opendata import small


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A package in which nothing is wrong."""
    (tmp_path / "spring").mkdir()
    return small.write(tmp_path / "spring")


def faults(folder: Path) -> list[str]:
    return [str(fault) for fault in check(folder).faults]


@pytest.mark.parametrize("name", ["findings2.csv", "Scores.csv", "README.txt", "a\nb", "x" * 200])
def test_a_file_that_is_no_part_of_it_is_named(folder: Path, name: str) -> None:
    (folder / name).write_text("rating\nkept\n")
    (fault,) = faults(folder)
    assert fault.endswith(": is no part of the package")
    assert fault.startswith(name.replace("\n", "�")[:50])
    assert "\n" not in fault
    assert len(fault) < 120


def test_of_many_the_first_is_named_and_a_folder_is_one_too(folder: Path) -> None:
    (folder / "b.csv").touch()
    (folder / "a").mkdir()
    assert faults(folder) == ["a: is no part of the package, nor are 1 more files"]


def test_copies_and_what_no_reader_sees_may_lie_beside_and_are_said_not_to_be_read(
    folder: Path,
) -> None:
    for name in ("package.xlsx", "scores.json", ".DS_Store"):
        (folder / name).write_text("anything")

    told = CliRunner().invoke(verify, ["--from", str(folder)])

    assert {"package.xlsx", "scores.json"} < COPIES
    assert told.exit_code == 0, told.output
    assert "Not read, for only the tables are: .DS_Store, package.xlsx, scores.json." in told.output


def test_beside_several_packages_lie_only_packages(folder: Path) -> None:
    (folder.parent / "summer").mkdir()  # Whoever takes the description away hides the rest.
    told = CliRunner().invoke(verify, ["--from", str(folder.parent)])
    assert told.exit_code == 1
    assert "summer: is no package" in told.output


def reordered(folder: Path, name: str, rows: list[list[str]]) -> None:
    path = folder / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        columns = next(csv.reader(lines))
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([columns, *rows])
    small.describe(folder, small.rows())


def read(folder: Path, name: str) -> list[list[str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))[1:]


@pytest.mark.parametrize(
    "name", [name for name, some in small.rows().items() if len(some) > 1 and name in BY_NAME]
)
def test_rows_in_another_order_are_named_though_they_are_described_so(
    folder: Path, name: str
) -> None:
    rows = read(folder, name)
    for seed in range(5):
        other = random.Random(seed).sample(rows, len(rows))
        if other == rows:
            continue
        reordered(folder, name, other)
        first = next(fault for fault in faults(folder) if fault.startswith(f"{name}.csv, row "))
        if name not in ("findings", "places"):  # The chain is broken as well; places follow it.
            assert "stands too late: rows are in the order of " in first
    reordered(folder, name, rows)
    assert faults(folder) == []


@pytest.mark.parametrize("emptied", [[], None, "", [["0", "0"]], [[1, 2]], {"x": 1}])
def test_sums_that_say_nothing_of_the_rows_are_named(folder: Path, emptied: Any) -> None:
    small.redescribe(folder, lambda said: said["resources"][6].update(row_sums=emptied))
    assert faults(folder) == [f"{FILE}: has other row_sums of promises.csv than its rows come to"]
