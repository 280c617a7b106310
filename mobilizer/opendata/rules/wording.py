"""Whether a package says of itself what we say of one, word by word.

Nothing is counted by these words, but people read them: a package with another title, another
licence or other descriptions of its columns is not the one that was published. One of an earlier
form says what was said then.
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
from mobilizer.opendata.rules.forms import OF_FILES, OF_ONE, Form, form_of, is_newest, words_of
from mobilizer.opendata.rules.package import Package

#: What other checks hold against the tables.
_HELD_ELSEWHERE = ("resources", "head", "name", "as_of")


def worded(package: Package, said: Mapping[str, Any]) -> Iterator[Fault]:
    """The first part of the description that is not as we write it, or wrote it then.

    Of a form that is none of ours we know no words: that is told instead.
    """
    form = form_of(said)
    if form is None:
        says = f"is of version {told(str(said.get('version')))}, not {VERSION} or an earlier one"
        yield Fault(FILE, says, None, "version")
        return
    if (about := _about(package, said)) is not None:
        yield from _as_now(about, said) if is_newest(form) else _as_then(about, said, form)


def _as_now(about: About, said: Mapping[str, Any]) -> Iterator[Fault]:
    files = {one["name"]: Written(0, "", 0) for one in said["resources"]}
    should = described(about, files)
    for part in dict.fromkeys([*should, *said]):
        if part not in _HELD_ELSEWHERE and said.get(part) != should.get(part):
            yield _differs(part, said.get(part), should.get(part))
    theirs = {one["name"]: one for one in said["resources"]}
    for one in should["resources"]:
        yield from _resource(one, theirs[one["name"]])


def _as_then(about: About, said: Mapping[str, Any], form: Form) -> Iterator[Fault]:
    """Of an earlier form only a hash of its words is known: that they differ, not where."""
    if words_of(said) != form.words:
        yield Fault(FILE, f"says something else than packages of version {form.version} did")
    should = described(about, {})
    for part in sorted(OF_ONE.difference(_HELD_ELSEWHERE)):
        if said.get(part) != should[part]:
            yield _differs(part, said.get(part), should[part])


def _about(package: Package, said: Mapping[str, Any]) -> About | None:
    """What it is about by its own files; the site it comes from is only there."""
    if not package.has("cycle"):
        return None
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
        if part not in OF_FILES and found.get(part) != should.get(part):
            yield _differs(f"{should['name']}.{part}", found.get(part), should.get(part))


def _differs(part: str, found: Any, should: Any) -> Fault:
    one, other = (json.dumps(value, ensure_ascii=True) for value in (found, should))
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    return Fault(
        FILE, f"says {told(one, same)}, and should say {told(other, same)}", None, part[:60]
    )


def told(written: str, near: int = 0) -> str:
    """As much of a text as fits a line, from a little before the place where it differs."""
    start = max(0, near - 20)
    cut = written[start : start + 80]
    return f"{'…' if start else ''}{cut}{'…' if start + 80 < len(written) else ''}"
