"""What a picture is made of, wherever it is drawn: boxes, signs, lines of text."""

from dataclasses import dataclass, replace

from mobilizer.scoring.rules import Rating
from mobilizer.sharing.rules.looks import Face


@dataclass(frozen=True)
class Box:
    """A rectangle; ``fill`` and ``outline`` are names of colours."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    radius: float = 0
    outline: str = ""
    pattern: str = ""


@dataclass(frozen=True)
class Sign:
    """The sign of a rating in a square."""

    x: float
    y: float
    size: float
    rating: Rating
    fill: str


@dataclass(frozen=True)
class Text:
    """A line of text; ``y`` is its base line."""

    x: float
    y: float
    text: str
    face: Face
    size: int
    fill: str = "ink"


Item = Box | Sign | Text


@dataclass(frozen=True)
class Block:
    """Items that stay together, from a top left corner of their own."""

    height: float
    items: tuple[Item, ...]
    #: How much room stands above it, in sizes of the text.
    above: float = 0.6

    def at(self, x: float, y: float) -> list[Item]:
        """The items where the block stands on the picture."""
        return [replace(item, x=item.x + x, y=item.y + y) for item in self.items]
