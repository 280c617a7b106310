"""Whether a package says of itself what we say of one, word by word.

Nothing is counted by these words, but people read them: a package with another title, another
licence or other descriptions of its columns is not the one that was published.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from mobilizer.opendata.rules.description import (
    FILE,
    VERSION,
    About,
    Written,
    described,
)
from mobilizer.opendata.rules.folder import Fault
from mobilizer.opendata.rules.package import Package

#: What is compared with the files, and told by its own name where it differs.
_OF_FILES = ("bytes", "hash", "rows", "row_sums")


def worded(package: Package, said: Mapping[str, Any]) -> Iterator[Fault]:
    """The first part of the description that is not as we write it.

    Of another version of the form of the tables we know no words: that is told instead.
    """
    if said.get("version") != VERSION:
        yield Fault(
            FILE, f"is of version {told(said.get('version'))}, not {VERSION}", None, "version"
        )
        return
    if not package.has("cycle") or (about := _about(package, said)) is None:
        return
    files = {one["name"]: Written(0, "", 0) for one in said["resources"]}
    should = described(about, files)
    for part in dict.fromkeys([*should, *said]):
        if part not in ("resources", "head", "name", "as_of") and said.get(part) != should.get(
            part
        ):
            yield _differs(part, said.get(part), should.get(part))
    theirs = {one["name"]: one for one in said["resources"]}
    for one in should["resources"]:
        yield from _resource(one, theirs[one["name"]])


def _about(package: Package, said: Mapping[str, Any]) -> About | None:
    """What it is about by its own files; the site it comes from is only there."""
    try:
        (cycle,) = package.rows("cycle")
        day = date.fromisoformat(said["as_of"])
    except (ValueError, TypeError, KeyError):
        return None
    return About(cycle["cycle"], cycle["names"], day, None, _site(said))


def _site(said: Mapping[str, Any]) -> str:
    try:
        return str(said["sources"][0]["path"])
    except (TypeError, KeyError, IndexError):
        return ""


def _resource(should: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[Fault]:
    for part in dict.fromkeys([*should, *found]):
        if part not in _OF_FILES and found.get(part) != should.get(part):
            yield _differs(f"{should['name']}.{part}", found.get(part), should.get(part))


def _differs(part: str, found: Any, should: Any) -> Fault:
    return Fault(FILE, f"says {told(found)}, and should say {told(should)}", None, part[:60])


def told(value: Any) -> str:
    """As much of a part of the description as fits a line; ASCII alone."""
    written = json.dumps(value, ensure_ascii=True)
    return written if len(written) <= 90 else f"{written[:89]}…"
