"""Draws the icons of the installed site, as ``static/icons/favicon.svg`` has them.

``maskable`` fills its square and keeps the sign within the middle, because a launcher cuts away
what it likes of the edge. They are drawn four times as large and made small, which smooths them.
"""

from pathlib import Path

from PIL import Image, ImageDraw

from mobilizer.phone.rules import ACCENT, ICON_SIZES

FOLDER = Path(__file__).resolve().parent.parent / "static" / "icons"
WHITE, BAR = "#ffffff", "#f2c14e"
#: The M of the favicon, on its grid of 32.
LETTER = (
    (7, 20), (7, 7), (10.6, 7), (16, 14), (21.4, 7), (25, 7), (25, 20), (21.4, 20),
    (21.4, 12.8), (16, 19.6), (10.6, 12.8), (10.6, 20),
)  # fmt: skip
FINER = 4


def drawn(size: int, *, maskable: bool) -> Image.Image:
    """The icon at one size."""
    large = size * FINER
    scale = large / 32 * (0.78 if maskable else 1)
    shift = (large - 32 * scale) / 2
    icon = Image.new("RGBA", (large, large), ACCENT if maskable else "#00000000")
    pen = ImageDraw.Draw(icon)
    if not maskable:
        pen.rounded_rectangle((0, 0, large - 1, large - 1), radius=7 * scale, fill=ACCENT)
    pen.polygon([(x * scale + shift, y * scale + shift) for x, y in LETTER], fill=WHITE)
    bar = [v * scale + shift for v in (7, 23, 25, 26.2)]
    pen.rounded_rectangle(bar, radius=scale, fill=BAR)
    return icon.resize((size, size), Image.Resampling.LANCZOS).quantize(32)


if __name__ == "__main__":
    for size in ICON_SIZES:
        for kind in ("plain", "maskable"):
            icon = drawn(size, maskable=kind == "maskable")
            icon.save(FOLDER / f"{kind}-{size}.png", optimize=True)
