"""A QR code as a phone sees it: dark and light squares on a picture, nothing of our own drawing."""

from io import BytesIO

import segno
from PIL import Image

#: So many light squares must lie around a code, or phones do not find it.
QUIET = 4


def squares(picture: bytes, link: str) -> list[list[bool]]:
    """Which squares of the picture are dark, looked at in their middles.

    Args:
        picture: a screenshot of the code.
        link: what it should say, which tells how many squares a side it has.
    """
    seen = Image.open(BytesIO(picture)).convert("L").point(lambda grey: 255 * (grey < 128))
    left, top, right, bottom = (
        seen.getbbox()
    )  # Its corners are dark: they are what phones look for.
    side = len(expected(link))
    step = (right - left) / side
    edges = (left, top, seen.width - right, seen.height - bottom)
    assert min(edges) > QUIET * step - 1, "too little light around the code"
    middles = [(at + 0.5) * step for at in range(side)]
    return [[bool(seen.getpixel((int(left + x), int(top + y)))) for x in middles] for y in middles]


def expected(link: str) -> list[list[bool]]:
    """The squares of this link's code."""
    code = segno.make_qr(link, error="m", boost_error=False)
    return [[bool(square) for square in row] for row in code.matrix]
