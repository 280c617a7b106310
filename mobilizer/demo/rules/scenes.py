"""Photos that are none: simple scenes, drawn, with the word "demonstration" across them."""

from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

SIZE = WIDTH, HEIGHT = 960, 720
HORIZON = 430
BANNER = 84

SKIES = ("#cfe3ee", "#e9dcc6", "#d9dde6", "#c4d8d2")
GROUNDS = ("#8fa37a", "#a89f7c", "#9aa08e", "#b5a88c")
INK, PAPER, WALL, ROOF, WOOD, LEAF = (
    "#2a2a2a",
    "#fbf7ef",
    "#e7d8bd",
    "#a3523f",
    "#8a6f4d",
    "#5d7f4f",
)

Painter = Callable[[ImageDraw.ImageDraw, int], None]


def drawn(topic: str, variant: int) -> bytes:
    """A scene of a topic as a JPEG file; the variants differ in weather and in what is there."""
    image = Image.new("RGB", SIZE, SKIES[variant % len(SKIES)])
    draw = ImageDraw.Draw(image)
    _hills(draw, variant)
    draw.rectangle((0, HORIZON, WIDTH, HEIGHT), fill=GROUNDS[variant % len(GROUNDS)])
    PAINTERS.get(topic, _building)(draw, variant)
    draw.rectangle((0, HEIGHT - BANNER, WIDTH, HEIGHT), fill=INK)
    font = ImageFont.load_default(size=52)
    draw.text((WIDTH / 2, HEIGHT - BANNER / 2), "DEMONSTRATION", PAPER, font, anchor="mm")
    file = BytesIO()
    image.save(file, "JPEG", quality=88)
    return file.getvalue()


def _hills(draw: ImageDraw.ImageDraw, variant: int) -> None:
    for at in range(3):
        left = at * 360 - 160 + variant * 45 % 200
        draw.ellipse((left, HORIZON - 130, left + 560, HORIZON + 200), fill="#a9b8a6")


def _building(draw: ImageDraw.ImageDraw, variant: int) -> None:
    left, floors = 180 + variant * 37 % 120, 2 + variant % 2
    top = HORIZON + 90 - floors * 110
    draw.rectangle((left, top, left + 480, HORIZON + 90), fill=WALL, outline=INK, width=3)
    roof = [(left - 30, top), (left + 240, top - 100), (left + 510, top)]
    draw.polygon(roof, fill=ROOF, outline=INK)
    for floor in range(floors):
        for at in range(5):
            x, y = left + 34 + at * 90, top + 26 + floor * 110
            draw.rectangle((x, y, x + 54, y + 62), fill="#8fb3c7", outline=INK, width=2)
    draw.rectangle((left + 210, HORIZON + 20, left + 270, HORIZON + 90), fill=WOOD, outline=INK)


def _road(draw: ImageDraw.ImageDraw, variant: int) -> None:
    draw.polygon([(430, HORIZON), (530, HORIZON), (900, HEIGHT), (60, HEIGHT)], fill="#6a6a6c")
    for at in range(5):
        y, half = HORIZON + 14 + at * 44, 3 + at * 2
        draw.rectangle((480 - half, y, 480 + half, y + 22), fill=PAPER)
    if variant % 2:
        for at in range(3):
            x, y = 250 + at * 190, HORIZON + 90 + at * 20
            draw.polygon([(x, y), (x - 22, y + 62), (x + 22, y + 62)], fill="#d7752b", outline=INK)


def _trees(draw: ImageDraw.ImageDraw, variant: int) -> None:
    for at in range(6):
        x, y = 90 + at * 155, HORIZON + 30 + at * 53 % 90
        size = 60 + (at + variant) * 29 % 50
        draw.rectangle((x - 8, y - 20, x + 8, y + 70), fill=WOOD)
        draw.ellipse((x - size, y - 40 - size, x + size, y - 40 + size), fill=LEAF, outline=INK)


def _stalls(draw: ImageDraw.ImageDraw, variant: int) -> None:
    colours = ("#a3523f", "#d9a441", "#5d7f4f", "#4a6f8a")
    for at in range(4):
        x, y = 60 + at * 220, HORIZON - 60
        draw.rectangle((x, y + 60, x + 180, y + 150), fill=WOOD, outline=INK, width=2)
        draw.polygon(
            [(x - 16, y + 10), (x + 90, y - 50), (x + 196, y + 10)],
            fill=colours[(at + variant) % len(colours)],
            outline=INK,
        )
        draw.line((x, y + 10, x, y + 150), fill=INK, width=3)
        draw.line((x + 180, y + 10, x + 180, y + 150), fill=INK, width=3)


def _field(draw: ImageDraw.ImageDraw, variant: int) -> None:
    for at in range(-6, 7):
        draw.line((480 + at * 30, HORIZON, 480 + at * 150, HEIGHT), fill=LEAF, width=10)
    for at in range(variant % 3 + 1):
        x = 160 + at * 260
        draw.line((x, HORIZON + 30, x, HORIZON - 70), fill=INK, width=4)
        draw.arc((x - 70, HORIZON - 90, x + 70, HORIZON), 200, 340, fill="#4a6f8a", width=6)


def _bus(draw: ImageDraw.ImageDraw, variant: int) -> None:
    _road(draw, 0)
    left, top = 150 + variant * 31 % 90, HORIZON - 60
    draw.rounded_rectangle(
        (left, top, left + 560, top + 190), 24, fill="#4a6f8a", outline=INK, width=3
    )
    for at in range(5):
        x = left + 30 + at * 104
        draw.rectangle((x, top + 30, x + 84, top + 95), fill="#dbe8ee", outline=INK, width=2)
    for x in (left + 120, left + 430):
        draw.ellipse((x - 42, top + 150, x + 42, top + 234), fill=INK)
        draw.ellipse((x - 16, top + 176, x + 16, top + 208), fill=PAPER)


PAINTERS: dict[str, Painter] = {
    "infrastructure": _road,
    "environment": _trees,
    "youth-and-sport": _trees,
    "economy": _stalls,
    "agriculture": _field,
    "public-services": _bus,
}
