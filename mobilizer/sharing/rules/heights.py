"""How high a frame has to be for what it shows: reckoned from its words and the sizes of its sheet.

A frame of another site cannot be asked how high it is, and whoever reads it may hold a phone. So
the sizes of ``static/css/embed.css`` stand here again; tests/demo/test_frames.py holds both
together in a browser. Pure: words in, pixels out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil

from mobilizer.sharing.rules.cards import Card
from mobilizer.sharing.rules.letters import measure
from mobilizer.sharing.rules.looks import Face

#: The widths that are tried: phones, where the sheet changes, columns, a wide page.
WIDTHS = (320, 351, 360, 480, 575, 600, 640, 960)
#: Letters are measured in this size, and told in others.
SIZE = 100
#: By how much the widest letters that computers have are wider than ours of the pictures.
WIDER = 1.17
#: What is added for letters that fall otherwise than reckoned.
SPARE = 8
TEXT = 16.0
QUOTE = 17.0
BAR, GLYPH, BORDER = 44.0, 20.8, 1.0


@dataclass(frozen=True)
class Sheet:
    """The sizes of the frame's sheet at a width, in pixels; lines as a multiple of the letters."""

    width: float
    edge: float = 16.0
    gap: float = 16.0
    stack: float = 11.2
    small: float = 14.0
    line: float = 1.5
    hint: float = 1.5
    #: Whether the words beside a number shrink to stay beside it.
    is_close: bool = False

    @property
    def room(self) -> float:
        """How wide the words may be."""
        return self.width - 2 * (self.edge + BORDER)

    def between(self, least: float, share: float, most: float, rest: float = 0.0) -> float:
        """A size that grows with the width."""
        return min(most, max(least, rest + share * self.width))


def height(said: Card, hints: Sequence[str], widest: int) -> int:
    """So high that all of a card stands in its frame, from a narrow phone to the widest frame.

    Args:
        said: what the frame shows.
        hints: what it says besides in small letters: of the method, and below all the links.
        widest: how wide the frame may be.
    """
    widths = [width for width in WIDTHS if width < widest]
    return SPARE + max(ceil(_high(said, hints, _sheet(width))) for width in (*widths, widest))


def _sheet(width: int) -> Sheet:
    if width >= 576:
        return Sheet(width)
    close = {"edge": 11.2, "gap": 7.2, "stack": 6.4, "line": 1.35, "hint": 1.3}
    return Sheet(width, **close, small=14.0 if width >= 352 else 13.0, is_close=True)


def _high(said: Card, hints: Sequence[str], sheet: Sheet) -> float:
    method, links = hints
    title = sheet.between(16.8, 0.08, 24.0)
    parts = [
        _hint(said.banner, sheet, 16.0) + 3.2 if said.banner else 0,
        _hint(said.over, sheet),
        _lines(said.title, title, sheet.room, Face.TITLE) * title * 1.2,
        *(_promise(said, sheet) if said.verdict else _score(said, method, sheet)),
        _hint(links, sheet),
    ]
    return 2 * (sheet.edge + BORDER) + _stacked(parts, sheet.gap)


def _promise(said: Card, sheet: Sheet) -> Iterable[float]:
    """The quotation, who said it, the rating and its day."""
    yield _lines(said.quote, QUOTE, sheet.room - 15.8, Face.QUOTE) * QUOTE * 1.45
    yield _lines(said.author, TEXT, sheet.room, Face.STRONG) * TEXT * sheet.line
    yield max(GLYPH, sheet.small * 1.3) + 7.8
    yield _hint(said.notes[0], sheet)


def _score(said: Card, method: str, sheet: Sheet) -> Iterable[float]:
    """The number and what it counts, the bar and its legend, how it comes about, who looked."""
    drawn = [piece for piece in said.pieces if piece.count]
    labels = [f"{piece.label} {piece.shown}" for piece in drawn]
    rated = _hint(f"{said.notes[0]} {method} {said.notes[1]}", sheet)
    told = [BAR, _legend(labels, sheet), rated] if drawn else []
    yield _stacked([_figure(said, sheet), *told], sheet.stack)
    yield _hint(said.covered, sheet)


def _figure(said: Card, sheet: Sheet) -> float:
    """The number with its words beside it where there is room, else below."""
    told = said.framed or said.words
    if said.has_score:
        size, number = sheet.between(52.0, 0.05, 84.0, 35.2), said.figure.split("\u00a0")[0]
        wide, high = _wide(number, Face.TITLE) * size + 0.5 * size, size * 0.95
    else:
        size = sheet.between(28.0, 0.024, 44.0, 19.2)
        wide = min(12 * 0.6 * size * WIDER, _wide(said.figure, Face.TITLE) * size)
        high = _lines(said.figure, size, wide, Face.TITLE) * size * 0.95
    most = 30 * 0.6 * TEXT
    least = 144.0 if sheet.is_close else min(most, _wide(told, Face.TEXT) * TEXT)
    beside = sheet.room - wide - 16.0
    room = min(most, beside) if beside >= least else min(most, sheet.room)
    words = _lines(told, TEXT, room, Face.TEXT) * TEXT * sheet.line
    return max(high, words) if beside >= least else high + 8.0 + words


def _legend(labels: Sequence[str], sheet: Sheet) -> float:
    """Signs with their words and counts, as many in a row as have room."""
    rows, left = 0, -1.0
    for label in labels:
        wide = GLYPH + 6.4 + _wide(label, Face.TEXT) * sheet.small
        if wide > left:
            rows, left = rows + 1, sheet.room
        left -= wide + 16.0
    return rows * max(GLYPH, sheet.small * sheet.line) + max(0, rows - 1) * 5.6


def _hint(text: str, sheet: Sheet, less: float = 0.0) -> float:
    lines = _lines(text, sheet.small, sheet.room - less, Face.TEXT)
    return lines * sheet.small * sheet.hint


def _stacked(parts: Iterable[float], gap: float) -> float:
    """The parts that there are below each other."""
    there = [part for part in parts if part]
    return sum(there) + gap * (len(there) - 1)


def _lines(text: str, size: float, room: float, face: Face) -> int:
    """On how many lines a text stands; a word that is wider than a line is broken."""
    lines, left, space = 0, -1.0, _wide(" ", face) * size
    for word in text.split(" "):
        wide = _wide(word, face) * size
        if wide > left:
            broken = max(1, ceil(wide / room))
            lines, left = lines + broken, broken * room
        left -= wide + space
    return lines if text else 0


@lru_cache(maxsize=4096)
def _wide(text: str, face: Face) -> float:
    """How wide a text is at most, in multiples of the size of its letters."""
    return WIDER * measure(text, face, SIZE) / SIZE
