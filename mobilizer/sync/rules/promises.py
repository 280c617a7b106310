"""A promise as a phone writes it down."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from mobilizer.sync.rules.reading import WRONG, Reader, parsed
from mobilizer.sync.rules.reports import MOST_FIELDS, are_texts, moment_of

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,59}")


@dataclass(frozen=True)
class FieldPromise:
    """A promise as it was typed: the fields of the screens of logging, each a list of texts."""

    cycle: str
    typed: Mapping[str, list[str]]
    saved_at: datetime


def promise_from(body: bytes) -> FieldPromise:
    """Read a promise.

    Raises:
        Malformed: it is not written as docs/sync.md says; each fault names its field.
    """
    read = Reader(parsed(body))
    cycle = read.text("cycle", 40, needed=True)
    typed, saved_at = _typed(read), moment_of(read, "saved_at")
    read.close()
    return FieldPromise(cycle, typed, saved_at)


def _typed(read: Reader) -> dict[str, list[str]]:
    inner = read.inside("fields", needed=True)
    found: dict[str, list[str]] = {}
    for name, value in list(inner.found.items())[:MOST_FIELDS]:
        inner.read.add(name)
        texts = value if isinstance(value, list) else [value]
        if not _NAME.fullmatch(name) or not are_texts(texts):
            inner.blame(name[:60], WRONG)
        found[name] = texts
    inner.finish()
    return found
