"""A link as a QR code, drawn as one path: no picture to fetch, no style to allow."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import segno

#: Empty modules around the code, without which a phone does not find it.
QUIET = 4


@dataclass(frozen=True)
class Qr:
    """A square of so many modules a side, and the dark ones of them as an SVG path."""

    size: int
    path: str

    @property
    def view_box(self) -> str:
        """What the ``viewBox`` attribute says."""
        return f"0 0 {self.size} {self.size}"


def drawn(text: str) -> Qr:
    """The QR code of a text; a sixth of it may be dirty or folded."""
    code = segno.make_qr(text, error="m", boost_error=False)
    rows = [[bool(module) for module in row] for row in code.matrix]
    path = "".join(_runs(rows))
    return Qr(len(rows) + 2 * QUIET, path)


def _runs(rows: list[list[bool]]) -> Iterator[str]:
    """Dark modules that lie side by side as one rectangle."""
    for y, row in enumerate(rows):
        at = 0
        for dark, run in groupby(row):
            width = len(list(run))
            if dark:
                yield f"M{at + QUIET} {y + QUIET}h{width}v1h-{width}z"
            at += width
