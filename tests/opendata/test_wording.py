"""What a package says of itself is what we say of one: other words are named."""

import json
from pathlib import Path
from typing import Any

import pytest

from mobilizer.opendata.rules import wording
from mobilizer.opendata.rules.checking import check
from mobilizer.opendata.rules.description import (
    FILE,
)
from tests.opendata import small


def faults(folder: Path) -> list[str]:
    """What is wrong, a line each."""
    found = [str(fault) for fault in check(folder).faults]
    assert not any("\n" in line or len(line) > 400 for line in found)
    return found


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("title", "Mobilizer: all lies"), ("created", "2020-01-01T00:00:00Z"), ("licenses", []),
        ("description", "x"), ("version", "9.0.0"), ("keywords", None), ("one more", "y" * 300),
        ("apostrophes", [1]), ("sources", []), ("contributors", {}),
    ],
)  # fmt: skip
def test_other_words_of_a_package_about_itself_are_named(
    folder: Path, part: str, value: Any
) -> None:
    small.redescribe(folder, lambda said: said.update({part: value}))

    (fault,) = faults(folder)

    assert fault.startswith(f"{FILE}, {part}: ")


@pytest.mark.parametrize("part", ["title", "description", "encoding", "dialect", "mediatype"])
def test_other_words_of_a_package_about_a_table_are_named(folder: Path, part: str) -> None:
    small.redescribe(folder, lambda said: said["resources"][-1].update({part: "other"}))

    should = wording.told(json.dumps(small.said_of("scores")[part]))
    assert faults(folder) == [f'{FILE}, scores.{part}: says "other", and should say {should}']


def test_another_description_of_a_column_is_named(folder: Path) -> None:
    def speak_ill(said: dict[str, Any]) -> None:
        said["resources"][-1]["schema"]["fields"][5]["description"] = "Broken promises."

    small.redescribe(folder, speak_ill)

    (fault,) = faults(folder)
    assert fault.startswith(f"{FILE}, scores.schema: says …")
    assert "Broken promises." in fault
