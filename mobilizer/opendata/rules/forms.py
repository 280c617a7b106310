"""The forms that packages have had. One that was made once can be checked for good.

Whoever rewords a description, or adds a table, gives ``VERSION`` a new number and notes here what
the words were before: a package is held against the words of its own time.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mobilizer.opendata.rules.cells import as_json
from mobilizer.opendata.rules.counted import ANSWERS, TABLES
from mobilizer.opendata.rules.description import VERSION
from mobilizer.opendata.rules.shape import Table

#: What every package says otherwise of itself, and what each says of its files.
OF_ONE = frozenset({"name", "title", "created", "as_of", "head", "sources", "contributors"})
OF_FILES = frozenset({"bytes", "hash", "rows", "row_sums"})


@dataclass(frozen=True)
class Form:
    """What packages of a version consist of, and the SHA-256 of the words in their description."""

    version: str
    tables: tuple[Table, ...]
    words: str


#: Questions and answers came with 1.1; 1.2 says two columns in other words.
_BEFORE_ANSWERS = tuple(table for table in TABLES if table is not ANSWERS)
#: The newest is the last.
FORMS = (
    Form(
        "1.0.0", _BEFORE_ANSWERS, "94ade9ebf66b626aa2f9ca27478b14a71fdb1f0e2ba59f1d799012f4bcdfce68"
    ),
    Form(
        "1.1.0",
        TABLES,
        "ecc6d8b29bf36d5aea619332b909b3efc4836bbdab61c7a5dc71075edded482c",
    ),
    Form(
        "1.2.0",
        TABLES,
        "d2eebda1a245190b9240e9f8a606bfdb31d4ed0ee3e1346d09fbb86ef9c1bcc0",
    ),
)


def form_of(said: Mapping[str, Any]) -> Form | None:
    """The form that a description names; None where it is none of ours."""
    return next((form for form in FORMS if form.version == said.get("version")), None)


def is_newest(form: Form) -> bool:
    """Whether packages are made in it now."""
    return form.version == VERSION


def words_of(said: Mapping[str, Any]) -> str:
    """The SHA-256 of what a description says that is the same in all packages of its form."""
    words = {part: value for part, value in said.items() if part not in OF_ONE | {"resources"}}
    tables = [
        {part: value for part, value in one.items() if part not in OF_FILES}
        for one in said["resources"]
    ]
    return hashlib.sha256(as_json([words, tables]).encode()).hexdigest()
