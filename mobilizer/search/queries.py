"""Looking words up: SQLite's FTS5 and PostgreSQL's full text, behind one function.

Both are asked the same three questions in one statement, and answer with numbers only; the order
is ours, so that it is the same on both.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import text

from mobilizer.core.database import db
from mobilizer.search.rules.numbers import bits
from mobilizer.search.rules.words import FOUND, PROMISED, beginning


@dataclass(frozen=True)
class Dialect:
    """How a database is asked for words."""

    ask: str
    whole: str
    begins: str
    both: str
    either: str
    but_not: str


DIALECTS = {
    "sqlite": Dialect(
        ask="SELECT group_concat(rowid) FROM findable_fts WHERE findable_fts MATCH :{name}",
        whole='"{word}"',
        begins='"{word}"*',
        both=" AND ",
        either=" OR ",
        but_not="({these}) NOT ({those})",
    ),
    "postgresql": Dialect(
        ask="SELECT string_agg(CAST(number AS text), ',') FROM findable"
        " WHERE array_to_tsvector(string_to_array(words, ' ')) @@ CAST(:{name} AS tsquery)",
        whole="'{word}'",
        begins="'{word}':*",
        both=" & ",
        either=" | ",
        but_not="({these}) & !({those})",
    ),
}


def ranked(words: Iterable[str]) -> tuple[int, int, int]:
    """The numbers of the promises that have all of some folded words, as sets, the best first.

    First those in whose own text each word stands just so, then those in whose own text a word
    begins like each, last those that need the text of a finding for it. No number is in two.
    """
    sought = tuple(words)
    if not sought:
        return 0, 0, 0
    way = DIALECTS[db.engine.dialect.name]
    whole = way.both.join(way.whole.format(word=PROMISED + word) for word in sought)
    begun = way.both.join(_begins(way, PROMISED, word) for word in sought)
    anywhere = way.both.join(_anywhere(way, word) for word in sought)
    first, second, third = _sets(
        way,
        whole,
        way.but_not.format(these=begun, those=whole),
        way.but_not.format(these=anywhere, those=begun),
    )
    return first, second, third


def each(words: Iterable[str]) -> dict[str, int]:
    """For each of some folded words the numbers of the promises that have it, as a set."""
    sought = tuple(words)
    if not sought:
        return {}
    way = DIALECTS[db.engine.dialect.name]
    return dict(zip(sought, _sets(way, *(_anywhere(way, word) for word in sought)), strict=True))


def _sets(way: Dialect, *asked: str) -> list[int]:
    """The numbers that answer to some questions, in one statement."""
    named = {f"asked_{at}": one for at, one in enumerate(asked)}
    columns = ", ".join(f"({way.ask.format(name=name)})" for name in named)
    listed = db.session.execute(text(f"SELECT {columns}"), named).one()
    return [bits(json.loads(f"[{numbers or ''}]")) for numbers in listed]


def _anywhere(way: Dialect, word: str) -> str:
    found = way.either.join(_begins(way, sign, word) for sign in (PROMISED, FOUND))
    return f"({found})"


def _begins(way: Dialect, sign: str, word: str) -> str:
    begins = beginning(word)
    if begins is None:
        return way.whole.format(word=sign + word)
    return way.begins.format(word=sign + begins)
