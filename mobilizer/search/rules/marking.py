"""Where in a text the words stand that somebody looked for."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from mobilizer.core.text import excerpt, normalise
from mobilizer.search.rules.words import is_meant

#: A word as it is written: with its marks, and with an apostrophe inside.
_WRITTEN = re.compile(r"[\w'’`´\u0300-\u036f]+")
#: So much of a text is shown around what was found, and so much of it before.
LONGEST, BEFORE = 220, 60


@dataclass(frozen=True)
class Piece:
    """A piece of a text: one that was looked for, or what stands between."""

    text: str
    is_sought: bool = False


def pieces(text: str, sought: Sequence[str]) -> tuple[Piece, ...]:
    """A text in pieces, put together again by writing them one after the other."""
    found: list[Piece] = []
    at = 0
    for begin, end in _spots(text, sought):
        found += [Piece(text[at:begin]), Piece(text[begin:end], is_sought=True)]
        at = end
    return tuple(piece for piece in (*found, Piece(text[at:])) if piece.text)


def around(text: str, sought: Sequence[str]) -> tuple[Piece, ...]:
    """The part of a text in which the first of some words stands, in pieces."""
    line = " ".join(text.split())
    first = next((begin for begin, _ in _spots(line, sought)), 0)
    if first > BEFORE and len(line) > LONGEST:
        start = line.rfind(" ", 0, first - BEFORE // 2) + 1
        line = "… " + line[start:] if start else line
    return pieces(excerpt(line, LONGEST), sought)


def written_words(text: str) -> list[str]:
    """The words of a text, each as it is written."""
    return _WRITTEN.findall(text)


def stands_in(text: str, sought: Sequence[str]) -> bool:
    """Whether one of some words stands in a text."""
    return next(_spots(text, sought), None) is not None


def _spots(text: str, sought: Sequence[str]) -> Iterator[tuple[int, int]]:
    for written in _WRITTEN.finditer(text) if sought else ():
        if any(is_meant(word, sought) for word in _folded(written[0])):
            yield written.span()


@lru_cache(maxsize=16_384)
def _folded(written: str) -> tuple[str, ...]:
    """A word as it is compared. A page of hits meets the same few thousand again and again."""
    return tuple(normalise(written).split())
