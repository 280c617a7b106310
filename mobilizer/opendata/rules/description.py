"""``datapackage.json``: what a package says of itself, in the words of the standard."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from mobilizer.opendata.rules.counted import TABLES
from mobilizer.scoring.rules import METHODOLOGY

FILE = "datapackage.json"
#: The version of the form of the tables. What takes a column away, or changes one, is a new first
#: number; what adds one, a new second; other words for the same, a new third (``rules.forms``).
VERSION = "1.2.0"
PROFILE = "tabular-data-package"
LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0 International",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
DIALECT = {"delimiter": ",", "doubleQuote": True, "lineTerminator": "\r\n", "header": True}
APOSTROPHES = (
    "A text that begins with = + - @ or ', a tab or a carriage return is led by one apostrophe, "
    "so that no spreadsheet takes it for a formula. Take one leading apostrophe away and you have "
    "the text as it was. Numbers, days and JSON are never led by one."
)
PHOTOS = (
    "Photos and clips are not in the package. Each stands under “evidence” in the content of its "
    "finding, with the SHA-256 of its file as “media”: the site has a photo at "
    "/media/{media}-{width}.jpg and a clip at /media/{media}.mp4."
)


@dataclass(frozen=True)
class Head:
    """The newest finding of the programme: whoever keeps its hash can tell what changed before."""

    number: int
    hash: str


@dataclass(frozen=True)
class Written:
    """A file of the package, as it was written."""

    bytes: int
    sha256: str
    rows: int
    #: By these the row is named that was changed (``rules.locating``).
    sums: list[list[str]] = field(default_factory=list)


@dataclass(frozen=True)
class About:
    """What a package is about."""

    cycle: str
    names: Mapping[str, str]
    #: The day it was made; its newest scores are as of its end.
    day: date
    head: Head | None
    #: The site it comes from.
    site: str


def described(about: About, files: Mapping[str, Written]) -> dict[str, Any]:
    """The whole description.

    Args:
        about: what the package is about.
        files: what was written, by the names of the tables.
    """
    title = next(iter(about.names.values()), about.cycle)
    head = about.head
    return {
        "profile": PROFILE,
        "name": f"mobilizer-{about.cycle}",
        "title": f"Mobilizer: {about.names.get('en', title)}",
        "description": "Promises, what was found about each, and every score that was published. "
        f"{APOSTROPHES} {PHOTOS} `mobilizer verify --from` this folder counts every score again.",
        "version": VERSION,
        # The standard wants a moment: the first of the day, as the site gives days elsewhere.
        "created": f"{about.day}T00:00:00Z",
        "as_of": about.day.isoformat(),
        "methodology": METHODOLOGY,
        "head": {"number": head.number, "hash": head.hash} if head else None,
        "apostrophes": APOSTROPHES,
        "licenses": [LICENCE],
        "sources": [{"title": "Mobilizer", "path": about.site}],
        "contributors": [{"title": "Mobilizer", "path": about.site, "role": "publisher"}],
        "keywords": ["elections", "promises", "accountability"],
        "resources": [
            _resource(table.name, files[table.name]) for table in TABLES if table.name in files
        ],
    }


def _resource(name: str, written: Written) -> dict[str, Any]:
    table = next(table for table in TABLES if table.name == name)
    return {
        "name": table.name,
        "path": table.file,
        "profile": "tabular-data-resource",
        "title": table.title,
        "description": table.describes,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": DIALECT,
        "bytes": written.bytes,
        "hash": f"sha256:{written.sha256}",
        "rows": written.rows,
        "row_sums": written.sums,
        "schema": table.schema(),
    }


def as_text(description: Mapping[str, Any]) -> str:
    """The description as the file holds it."""
    return json.dumps(description, ensure_ascii=False, indent=2) + "\n"


def shape_of(resources: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """What of described tables is not words: what has to be as it is here for us to read them."""
    return {
        str(one.get("name")): {
            "path": one.get("path"),
            "fields": [
                (told.get("name"), told.get("type"))
                for told in one.get("schema", {}).get("fields", [])
            ],
            "primaryKey": one.get("schema", {}).get("primaryKey"),
            "foreignKeys": one.get("schema", {}).get("foreignKeys", []),
        }
        for one in resources
    }
