"""Looking words up: SQLite's FTS5 and PostgreSQL's full text, behind one function.

Both are asked the same questions in one statement, and answer with numbers only; the order is
ours, so that it is the same on both. What very many promises answer to is not asked of them: it
is read from the sets that are kept of it (docs/decisions/search.md).
"""

import json
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import groupby
from operator import and_
from random import Random
from typing import Any

from sqlalchemy import select, text

from mobilizer.core.database import db
from mobilizer.search.models import CommonTerm, Findable
from mobilizer.search.rules.numbers import bits, joined
from mobilizer.search.rules.terms import (
    BLOCK,
    anywhere,
    beginning_like,
    begun,
    just_so,
    taken_apart,
)

#: So many rows are read together.
STRIDE = 500


def _from_list(listed: str | None) -> list[int]:
    numbers: list[int] = json.loads(f"[{listed or ''}]")
    return numbers


def _from_bytes(packed: bytes | None) -> Sequence[int]:
    numbers = array("i", packed or b"")
    numbers.byteswap()
    return numbers


@dataclass(frozen=True)
class Dialect:
    """How a database is asked for words, and how its numbers are read."""

    ask: str
    whole: str
    begins: str
    both: str
    either: str
    read: Callable[[Any], Sequence[int]]


DIALECTS = {
    "sqlite": Dialect(
        ask="SELECT group_concat(rowid) FROM findable_fts WHERE findable_fts MATCH :{name}",
        whole='"{word}"',
        begins='"{word}"*',
        both=" AND ",
        either=" OR ",
        read=_from_list,
    ),
    "postgresql": Dialect(
        # Four bytes a number: taken apart here in a tenth of the time that text takes.
        ask="SELECT string_agg(int4send(number), '') FROM findable"
        " WHERE findable_words(words) @@ CAST(:{name} AS tsquery)",
        whole="'{word}'",
        begins="'{word}':*",
        both=" & ",
        either=" | ",
        read=_from_bytes,
    ),
}


def kept_of(words: Iterable[str]) -> dict[str, int]:
    """Whatever is kept as a set of all that may be asked of some folded words. One query."""
    ways = just_so, begun, anywhere, beginning_like
    terms = {way(word) for word in words for way in ways}
    return common(terms) if terms else {}


def ranked(words: Iterable[str], kept: Mapping[str, int]) -> tuple[int, int, int]:
    """The numbers of the promises that have all of some folded words, as sets, the best first.

    First those in whose own text each word stands just so, then those in whose own text a word
    begins like each, last those that need the text of a finding for it. No number is in two.

    Args:
        words: none finds nothing.
        kept: the sets of their terms, as far as they are kept.
    """
    sought = tuple(words)
    if not sought:
        return 0, 0, 0
    asked = ([way(word) for word in sought] for way in (just_so, begun, anywhere))
    first, second, third = answering(kept, *asked)
    return first, second & ~first, third & ~second


def each(words: Iterable[str], kept: Mapping[str, int]) -> dict[str, int]:
    """For each of some folded words the numbers of the promises that have it, as a set."""
    sought = tuple(words)
    return dict(zip(sought, answering(kept, *([anywhere(word)] for word in sought)), strict=True))


def answering(kept: Mapping[str, int], *asked: Sequence[str]) -> list[int]:
    """For each list of terms the numbers of the promises that answer to all of it, as a set."""
    others = [tuple(term for term in terms if term not in kept) for terms in asked]
    found = looked_up({terms for terms in others if terms})
    answers = []
    for terms, rest in zip(asked, others, strict=True):
        sets = [kept[term] for term in terms if term in kept]
        answers.append(reduce(and_, [*sets, found[rest]] if rest else sets))
    return answers


def common(terms: Iterable[str]) -> dict[str, int]:
    """Those of some terms that are kept as sets, with their sets."""
    rows = db.session.execute(
        select(CommonTerm.term, CommonTerm.block, CommonTerm.numbers)
        .where(CommonTerm.term.in_(terms))
        .order_by(CommonTerm.term, CommonTerm.block)
    )
    return {
        term: joined({block: numbers for _, block, numbers in blocks}, BLOCK)
        for term, blocks in groupby(rows, key=lambda row: str(row.term))
    }


def looked_up(asked: Iterable[tuple[str, ...]]) -> dict[tuple[str, ...], int]:
    """For each list of terms the same, by the full text alone, in one statement."""
    lists = list(asked)
    if not lists:
        return {}
    way = DIALECTS[db.engine.dialect.name]
    named = {
        f"asked_{at}": way.both.join(_spelled(way, term) for term in terms)
        for at, terms in enumerate(lists)
    }
    columns = ", ".join(f"({way.ask.format(name=name)})" for name in named)
    listed = db.session.execute(text(f"SELECT {columns}"), named).one()
    return {terms: bits(way.read(one)) for terms, one in zip(lists, listed, strict=True)}


def _spelled(way: Dialect, term: str) -> str:
    words, is_beginning = taken_apart(term)
    form = way.begins if is_beginning else way.whole
    return f"({way.either.join(form.format(word=word) for word in words)})"


def all_common() -> set[str]:
    """The terms that are kept as sets."""
    return set(db.session.scalars(select(CommonTerm.term).where(CommonTerm.block == 0)))


def sample(most: int) -> tuple[int, list[str]]:
    """How many promises stand in the index, and the rows of so many of them, drawn at random."""
    numbers = db.session.scalars(select(Findable.number).order_by(Findable.number)).all()
    chance = Random(most)  # noqa: S311  # Which rows are looked at is no secret.
    chosen = chance.sample(numbers, min(most, len(numbers)))
    rows: list[str] = []
    for at in range(0, len(chosen), STRIDE):
        some = Findable.number.in_(chosen[at : at + STRIDE])
        rows += db.session.scalars(select(Findable.words).where(some))
    return len(numbers), rows


def rows_of(numbers: Sequence[int]) -> dict[int, str]:
    """The rows of some promises, by number."""
    some = select(Findable.number, Findable.words).where(Findable.number.in_(numbers))
    return dict(db.session.execute(some).all())
