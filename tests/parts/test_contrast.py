"""Every text of the stylesheet can be read on its ground, by day and by night."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).resolve().parents[2] / "static/css"
SHEETS = (CSS / "tokens.css", CSS / "colours.css")
RATINGS = (
    "kept", "partly", "progress", "stalled", "unstarted", "broken", "unratable", "unrated",
)  # fmt: skip

GROUNDS = ("paper", "card", "sunk")
TONES = ("good", "warn", "bad")

#: (text, ground, least ratio): 4.5 for text, 3 for the edges of what can be filled in.
PAIRS = [
    *((text, ground, 4.5) for text in ("ink", "muted", "accent") for ground in GROUNDS),
    *((tone, ground, 4.5) for tone in TONES for ground in ("paper", "card", f"{tone}-ground")),
    *((text, f"{tone}-ground", 4.5) for text in ("ink", "muted") for tone in TONES),
    ("accent-ink", "accent", 4.5),
    ("on-video", "video", 4.5),
    *((f"on-{rating}", rating, 4.5) for rating in RATINGS),
    *((f"on-band-{band}", f"band-{band}", 4.5) for band in range(5)),
    *(("edge", ground, 3) for ground in ("paper", "card")),
]


def tokens() -> dict[str, dict[str, str]]:
    """The colours by day, and by night where they differ."""
    found: dict[str, dict[str, str]] = {"day": {}, "night": {}}
    for sheet in SHEETS:
        day, _, night = sheet.read_text("utf-8").partition("@media screen and")
        for part, mode in ((day, "day"), (night, "night")):
            found[mode] |= re.findall(r"--([\w-]+): (#[0-9a-f]{6});", part)
    return {"day": found["day"], "night": {**found["day"], **found["night"]}}


def luminance(colour: str) -> float:
    """How bright a colour is, by WCAG's formula."""
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21."""
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("mode", ["day", "night"])
@pytest.mark.parametrize(("text", "ground", "least"), PAIRS)
def test_text_can_be_read_on_its_ground(mode, text, ground, least):
    colours = tokens()[mode]

    assert ratio(colours[text], colours[ground]) >= least


def test_the_measure_itself_is_right():
    assert ratio("#000000", "#ffffff") == pytest.approx(21)
    assert ratio("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
