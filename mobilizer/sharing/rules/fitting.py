"""Text into lines, given how wide each piece of it is."""

import re
import unicodedata
from collections.abc import Callable

from mobilizer.core.text import visible

#: How wide a text is, in pixels.
Width = Callable[[str], float]

ELLIPSIS = "…"
#: Not the no-break space: what it joins stays together.
_SPACES = re.compile(r"[^\S\u00a0\u202f]+")


def plain(text: str) -> str:
    """Text as it is drawn: letters with their marks composed, single spaces, nothing unseen."""
    composed = unicodedata.normalize("NFC", visible(text))
    return _SPACES.sub(" ", composed).strip(" ")


def wrapped(text: str, room: float, width: Width) -> list[str]:
    """Text in lines that are at most so wide; a word that is wider than a line is cut.

    A no-break space keeps what stands on its two sides on one line where that is possible.
    """
    lines: list[str] = []
    for word in _pieces(text, room, width):
        together = f"{lines[-1]} {word}" if lines else word
        if lines and width(together) <= room:
            lines[-1] = together
        else:
            lines.append(word)
    return lines


def fitted(text: str, room: float, most: int, width: Width) -> list[str]:
    """Text in at most so many lines; what is left out is told by "…" at the end."""
    lines = wrapped(text, room, width)
    if len(lines) <= most:
        return lines
    kept = lines[:most]
    kept[-1] = _shortened(kept[-1], room, width)
    return kept


def _shortened(line: str, room: float, width: Width) -> str:
    """A line with "…" behind it: words give way first, then letters."""
    words = line.split(" ")
    while len(words) > 1 and width(_ended(" ".join(words))) > room:
        words.pop()
    rest = " ".join(words)
    while len(rest) > 1 and width(_ended(rest)) > room:
        rest = rest[:-1]
    return _ended(rest)


def _ended(text: str) -> str:
    return text.rstrip(" ,;:–—-.…") + ELLIPSIS


def _pieces(text: str, room: float, width: Width) -> list[str]:
    pieces = []
    for word in text.split(" "):
        rest = word
        while width(rest) > room and len(rest) > 1:
            cut = _cut(rest, room, width)
            pieces.append(rest[:cut])
            rest = rest[cut:]
        if rest:
            pieces.append(rest)
    return pieces


def _cut(word: str, room: float, width: Width) -> int:
    """How many letters of a word fit; one at least, so that there is an end to it."""
    low, high = 1, len(word)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if width(word[:middle]) <= room else (low, middle - 1)
    return low
