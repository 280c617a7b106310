"""A picture as PNG: the items of a layout painted, and nothing but pixels in the file."""

from collections.abc import Sequence
from functools import cache
from io import BytesIO

from PIL import Image, ImageChops, ImageColor, ImageDraw

from mobilizer.scoring.rules import Rating
from mobilizer.sharing.rules.cards import Card
from mobilizer.sharing.rules.items import Box, Item, Sign, Text
from mobilizer.sharing.rules.layout import laid_out
from mobilizer.sharing.rules.letters import letters, measure
from mobilizer.sharing.rules.looks import COLOURS, HATCH, SIGNS, Ring, Shape, Stroke

#: Signs and corners are painted so much larger and made smaller, for smooth edges.
FINER = 4
#: The signs are drawn in a square of this side, with lines of this width.
SQUARE, LINE = 16, 2
#: Between two colours that touch there are so many steps, one less of them new.
STEPS = 8
TOUCHING = (
    *(("ink", ground) for ground in ("paper", "card")),
    *(("muted", ground) for ground in ("paper", "card")),
    *(("edge", ground) for ground in ("paper", "card")),
    *(("warn", "warn-ground"), ("warn", "paper"), ("line", "paper")),
    *((f"on-{rating.css}", rating.css) for rating in Rating),
    *((rating.css, "paper") for rating in Rating),
)


def png(card: Card, shape: Shape) -> bytes:
    """The picture of a card: the same card gives the same bytes."""
    return painted(laid_out(card, shape, measure), shape)


def painted(items: Sequence[Item], shape: Shape) -> bytes:
    """Items on paper, as a PNG of few colours without a word about who made it, when or how."""
    picture = Image.new("RGB", (shape.width, shape.height), COLOURS["paper"])
    for item in items:
        if isinstance(item, Box):
            _paint_box(picture, item)
        elif isinstance(item, Sign):
            _paint_sign(picture, item)
        else:
            _paint_text(picture, item)
    written = BytesIO()
    few = picture.quantize(palette=_palette(), dither=Image.Dither.NONE)
    few.save(written, "PNG", compress_level=6)
    return written.getvalue()


@cache
def _palette() -> Image.Image:
    """Every colour of ours as it is, and steps between those that touch, for smooth edges.

    To count what is on a picture and choose among it would take longer than to paint it.
    """
    named = [*COLOURS.values(), HATCH]
    mixed = [_mixed(one, other, step) for one, other in TOUCHING for step in range(1, STEPS)]
    colours = dict.fromkeys([*map(ImageColor.getrgb, named), *mixed])
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in colours for part in colour])
    return palette


def _mixed(one: str, other: str, step: int) -> tuple[int, ...]:
    ends = ImageColor.getrgb(COLOURS[one]), ImageColor.getrgb(COLOURS[other])
    return tuple((a * step + b * (STEPS - step)) // STEPS for a, b in zip(*ends, strict=True))


def _paint_text(picture: Image.Image, item: Text) -> None:
    ImageDraw.Draw(picture).text(
        (round(item.x), round(item.y)),
        item.text,
        fill=COLOURS[item.fill],
        font=letters(item.face, item.size),
        anchor="ls",
    )


def _paint_box(picture: Image.Image, item: Box) -> None:
    x, y = round(item.x), round(item.y)
    size = max(1, round(item.x + item.width) - x), max(1, round(item.y + item.height) - y)
    mask = _rounded(size, item.radius)
    if item.outline:
        picture.paste(COLOURS[item.outline], (x, y), mask)
        inner = max(1, size[0] - 4), max(1, size[1] - 4)
        mask = _rounded(inner, max(0.0, item.radius - 2))
        x, y, size = x + 2, y + 2, inner
    picture.paste(_filling(item, size), (x, y), mask)


def _rounded(size: tuple[int, int], radius: float) -> Image.Image:
    finer = size[0] * FINER, size[1] * FINER
    mask = Image.new("L", finer, 0)
    box = (0, 0, finer[0] - 1, finer[1] - 1)
    ImageDraw.Draw(mask).rounded_rectangle(box, radius * FINER, fill=255)
    return mask.resize(size, Image.Resampling.BOX)


def _filling(item: Box, size: tuple[int, int]) -> Image.Image:
    if not item.pattern:
        return Image.new("RGB", size, COLOURS[item.fill])
    ground = Image.new("RGB", size, COLOURS["card"])
    drawing = ImageDraw.Draw(ground)
    width, height = size
    if item.pattern == "hatch":
        for at in range(-height, width, 14):
            drawing.line(((at, height), (at + height, 0)), fill=HATCH, width=5)
        return ground
    for at_x in range(7, width, 14):
        for at_y in range(7, height, 14):
            drawing.ellipse((at_x - 2, at_y - 2, at_x + 2, at_y + 2), fill=COLOURS["muted"])
    return ground


def _paint_sign(picture: Image.Image, item: Sign) -> None:
    side = max(1, round(item.size))
    mask = Image.new("L", (side * FINER, side * FINER), 0)
    for part in SIGNS[item.rating]:
        mask = ImageChops.lighter(mask, _part(part, side * FINER))
    mask = mask.resize((side, side), Image.Resampling.BOX)
    picture.paste(COLOURS[item.fill], (round(item.x), round(item.y)), mask)


def _part(part: Stroke | Ring, side: int) -> Image.Image:
    mask = Image.new("L", (side, side), 0)
    drawing, unit = ImageDraw.Draw(mask), side / SQUARE
    if isinstance(part, Ring):
        middle, outer = side / 2, part.radius * unit + LINE * unit / 2
        box = (middle - outer, middle - outer, middle + outer, middle + outer)
        drawing.ellipse(box, outline=255, width=round(LINE * unit))
        if part.half:
            drawing.pieslice(box, -90, 90, fill=255)
        return mask
    points = [(x * unit, y * unit) for x, y in part.points]
    drawing.line(points, fill=255, width=round(LINE * unit), joint="curve")
    for x, y in points:  # Round ends.
        end = LINE * unit / 2
        drawing.ellipse((x - end, y - end, x + end, y + end), fill=255)
    return mask
