"""How pictures look: the light colours of the stylesheet, the signs of the ratings, the shapes."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from mobilizer.core.words import N_
from mobilizer.scoring.rules import Rating

#: The names are those of ``static/css/tokens.css``; a test holds that the values are too.
COLOURS = {
    "paper": "#faf8f4",
    "card": "#ffffff",
    "ink": "#1a1c20",
    "muted": "#5b5e66",
    "line": "#e2ddd2",
    "edge": "#85888f",
    "accent": "#173f5f",
    "warn": "#744c00",
    "warn-ground": "#fff4d6",
    "kept": "#176b4d",
    "on-kept": "#ffffff",
    "partly": "#6fae7f",
    "on-partly": "#15171b",
    "progress": "#e0a526",
    "on-progress": "#15171b",
    "stalled": "#a79f90",
    "on-stalled": "#15171b",
    "unstarted": "#cfc8ba",
    "on-unstarted": "#15171b",
    "broken": "#b0342b",
    "on-broken": "#ffffff",
    "unratable": "#ffffff",
    "on-unratable": "#1a1c20",
    "unrated": "#e4e0d7",
    "on-unrated": "#1a1c20",
}
#: The line of the hatching: the stylesheet mixes it of ``muted`` and ``card``.
HATCH = "#c1c2c5"

#: The two ratings that do not count are told by a pattern, as on the pages.
PATTERNS = {Rating.NOT_YET_RATED: "hatch", Rating.CANNOT_BE_RATED: "dots"}


class Face(StrEnum):
    """A cut of the letters, by what it is for."""

    TITLE = "title"
    QUOTE = "quote"
    TEXT = "text"
    STRONG = "strong"


class Stroke(NamedTuple):
    """A line through points of a square of 16 by 16."""

    points: tuple[tuple[float, float], ...]


class Ring(NamedTuple):
    """A circle in the square; ``half`` fills its right half."""

    radius: float
    half: bool = False


def _stroke(*points: tuple[float, float]) -> Stroke:
    return Stroke(points)


_ROUND = 4.5

#: The signs of the ratings, drawn alike to those of the pages (``templates/parts/icons.html``).
SIGNS: dict[Rating, tuple[Stroke | Ring, ...]] = {
    Rating.KEPT: (_stroke((3.5, 8.5), (6.5, 11.5), (12.5, 4.5)),),
    Rating.PARTLY_KEPT: (Ring(_ROUND, half=True),),
    Rating.IN_PROGRESS: (_stroke((4, 8), (11.5, 8)), _stroke((8.5, 4.5), (12, 8), (8.5, 11.5))),
    Rating.STALLED: (_stroke((5.75, 4.25), (5.75, 11.75)), _stroke((10.25, 4.25), (10.25, 11.75))),
    Rating.NOT_STARTED: (Ring(4.25),),
    Rating.BROKEN: (_stroke((4.25, 4.25), (11.75, 11.75)), _stroke((11.75, 4.25), (4.25, 11.75))),
    Rating.CANNOT_BE_RATED: (Ring(_ROUND), _stroke((4.9, 11.1), (11.1, 4.9))),
    Rating.NOT_YET_RATED: (
        _stroke((3.6, 8), (3.61, 8)),
        _stroke((8, 8), (8.01, 8)),
        _stroke((12.4, 8), (12.41, 8)),
    ),
}


@dataclass(frozen=True)
class Shape:
    """A kind of picture: its size, and the sizes of what stands on it, all in pixels."""

    name: str
    label: str
    width: int
    height: int
    margin: int
    #: What stays free above and below: on tall ones the apps lay their own buttons there.
    edge: int
    text: int
    title: int
    figure: int
    #: Whether the words stand beside the figure; else below it.
    is_beside: bool = True
    #: The longest quotation, in characters.
    quote: int = 240
    #: The most lines of a name.
    lines: int = 3

    @property
    def room(self) -> int:
        """How wide what stands on it may be."""
        return self.width - 2 * self.margin


SHAPES = {
    shape.name: shape
    for shape in (
        Shape("wide", N_("Wide picture"), 1200, 630, 64, 46, 26, 54, 132),
        Shape("square", N_("Square picture"), 1080, 1080, 72, 72, 34, 70, 230, False, 420, 6),
        Shape("tall", N_("Tall picture"), 1080, 1920, 84, 260, 40, 88, 300, False, 560, 8),
        Shape("chart", N_("Chart"), 1200, 480, 40, 32, 25, 40, 72),
    )
}
#: The shapes that are pictures to share; the chart is a download.
PICTURES = ("wide", "square", "tall")
