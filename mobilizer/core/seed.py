"""The facts the project brings along, in ``seed/``: read, and kept in step with the database."""

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

from flask import current_app

from mobilizer.core.database import Base, Names
from mobilizer.core.language import LANGUAGES

#: One row of a seed file: column → text as it stands there.
SeedRow = dict[str, str]
#: What a run changed on a record: {"names": {"from": …, "to": …}}.
Changes = dict[str, dict[str, Any]]


def folder() -> Path:
    """Where the seed files are."""
    return Path(current_app.config["ROOT"]) / "seed"


def all_rows(file: str) -> list[SeedRow]:
    """The rows of a file, in its order."""
    with (folder() / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def rows(file: str, country: str) -> list[SeedRow]:
    """The rows of one country, in the order of the file."""
    return [row for row in all_rows(file) if row["country"] == country]


def outlines(file: str) -> dict[str, Any]:
    """The polygons of a map file by the code of their place."""
    features = json.loads((folder() / file).read_text(encoding="utf-8"))["features"]
    return {
        feature["properties"]["code"]: feature["geometry"]["coordinates"] for feature in features
    }


def names(row: SeedRow) -> Names:
    """The names a row gives. An empty one is absent: it is never invented."""
    return {code: row[f"name_{code}"] for code in LANGUAGES if row[f"name_{code}"]}


def is_sure(row: SeedRow) -> bool:
    """Whether a source stands behind the row."""
    return row["certainty"] == "sure"


def update(record: Base, **values: object) -> Changes:
    """Set these values on a record and tell which of them were different before."""
    changes = {}
    for column, value in values.items():
        before = getattr(record, column)
        if before != value:
            setattr(record, column, value)
            changes[column] = {"from": _plain(before), "to": _plain(value)}
    return changes


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
