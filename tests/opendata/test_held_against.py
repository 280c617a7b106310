"""What a package is held against: hashes that were kept, what we know of one, and the command."""

import hashlib
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from mobilizer.desk.cli import command as verify
from mobilizer.findings.rules import Published, bind
from mobilizer.opendata.rules.checking import check
from mobilizer.opendata.rules.crossing import correction_of
from mobilizer.opendata.rules.description import FILE
from mobilizer.scoring.rules import METHODOLOGY
from tests.opendata import small
from tests.opendata.small import faults


def test_a_day_of_its_own_that_is_not_that_of_its_scores_is_told(folder: Path) -> None:
    other = {"as_of": "2026-03-14", "created": "2026-03-14T00:00:00Z"}
    small.redescribe(folder, lambda said: said.update(other))
    told = f"{FILE}, as_of: says '2026-03-14'; the newest scores are as of 2026-03-15"
    assert faults(folder) == [told]


def test_the_command_needs_no_settings_no_database_and_no_network(folder: Path) -> None:
    environment = {"DATABASE_URL": "nothing://there", "MOBILIZER_ENV": "production"}
    program = Path(sys.executable).with_name("mobilizer")

    said = subprocess.run(
        [program, "verify", "--from", folder],
        env=environment, cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout.startswith("spring: ")
    assert hashlib.sha256((folder / FILE).read_bytes()).hexdigest() in said.stdout


def test_a_head_that_was_kept_may_be_of_another_cycle(folder: Path) -> None:
    """The chain is one for all cycles: of others a package has the links."""
    tables = small.rows()
    before, kept = tables["findings"][-1]["hash"], "f" * 64
    tables["links"] = [{"number": 4, "previous_hash": before, "hash": kept}]
    small.write(folder, tables)
    small.redescribe(folder, lambda said: said.update(head={"number": 4, "hash": kept}))

    assert check(folder, kept).faults == ()
    (fault,) = check(folder, "e" * 64).faults
    assert "has no finding with the hash that was kept" in str(fault)


def test_a_finding_that_is_earlier_than_the_one_before_is_named(folder: Path) -> None:
    """Also where each is bound to the one before."""
    tables = small.rows()
    first, _, third = tables["findings"]
    third["published_on"] = date(2026, 2, 1)
    facts = {name: third[name] for name in third if name not in ("previous_hash", "hash")}
    third["hash"] = bind(third["previous_hash"], Published(**facts))
    tables["corrections"] = [correction_of(third, first, third["content"]["correction"])]
    tables["scores"] = small.scores(tables)
    small.write(folder, tables)

    assert faults(folder) == ["findings.csv, row 4, published_on: is earlier than the one before"]


@pytest.mark.parametrize(
    ("part", "other"),
    [("primaryKey", ["finding"]), ("foreignKeys", []), ("fields", [{"name": "x", "type": "date"}])],
)
def test_the_part_of_a_table_that_is_described_otherwise_is_named(
    folder: Path, part: str, other: object
) -> None:
    def change_it(said: dict[str, Any]) -> None:
        (replies,) = (one for one in said["resources"] if one["name"] == "replies")
        replies["schema"][part] = other

    small.redescribe(folder, change_it)
    told = f"{FILE}: describes replies.csv otherwise than it should: its {part}"
    assert faults(folder)[0] == told


def test_scores_of_another_method_are_told_as_that(folder: Path) -> None:
    small.redescribe(folder, lambda said: said.update(methodology="0.9"))
    assert faults(folder)[0].startswith(f"{FILE}: is of another method than {METHODOLOGY}")


def test_a_package_is_held_against_the_hash_that_was_kept(folder: Path) -> None:
    kept = hashlib.sha256((folder / FILE).read_bytes()).hexdigest()
    assert check(folder, sha256=kept).faults == ()
    (fault,) = check(folder, sha256="0" * 64).faults
    assert str(fault).startswith(f"{FILE}: is another than the one that was kept")
    assert kept in str(fault)


@pytest.mark.parametrize("option", ["--sha256", "--head", "--audit-head"])
@pytest.mark.parametrize("typed", ["zzz", "", "0" * 63, "0" * 65, "g" * 64, "٠" * 64])
def test_what_is_no_hash_is_told_as_that_and_held_against_nothing(
    folder: Path, option: str, typed: str
) -> None:
    told = CliRunner().invoke(verify, ["--from", str(folder), option, typed])

    assert told.exit_code == 2
    assert f"“{typed[:59]}" in told.output
    assert "is no SHA-256" in told.output


def test_the_command_looks_for_a_head_that_was_kept(folder: Path) -> None:
    kept = small.rows()["findings"][0]["hash"]
    program = Path(sys.executable).with_name("mobilizer")

    def asked(*more: str) -> int:
        return subprocess.run(
            [program, "verify", *more], capture_output=True, check=False
        ).returncode

    assert asked("--from", str(folder), "--head", f" {kept.upper()} ") == 0
    assert asked("--from", str(folder), "--head", kept[::-1]) == 1
    assert asked("--head", kept) == 2
