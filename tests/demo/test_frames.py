"""The frames of the demonstration: small, and in a browser whole in the height their code has."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import Select, func, select

from mobilizer.core.database import db
from mobilizer.cycles.models import Topic
from mobilizer.cycles.queries import public_cycle
from mobilizer.elections.models import Party
from mobilizer.places.models import Place
from mobilizer.places.rules import PlaceKind
from mobilizer.promises.models import Promise
from mobilizer.promises.queries import public_promises
from mobilizer.sharing.rules.cards import Kind
from tests.sharing.test_embeds import SMALL
from tests.support.browser import Window
from tests.support.page import Page

#: The narrowest phone, a usual one, columns of a page, and a whole page.
WIDTHS = (320, 360, 480, 600, 640, 900)
#: Where nothing much may stay empty: on a phone, and in the width that is offered to programs.
FILLED = (360, 600)
#: A frame has one height for all widths: so much more than it needs it may have there at most, and
#: so much of that may stand between two of its parts or below the last one.
SPARE, GAP = 120, 80
LANGUAGES = ("en", "sq", "mk", "sr")
#: Of places and promises the ones with the longest words: all would take a minute.
LONGEST = 4
NEEDED = "document.documentElement.scrollHeight"
#: The largest empty strip between the parts of a frame and below them.
LARGEST_GAP = """() => {
  const parts = [...document.querySelectorAll("main > :not(.stack), main > .stack > *")];
  const boxes = parts.map(part => part.getBoundingClientRect());
  const ends = [...boxes.slice(1).map(box => box.top), innerHeight];
  return Math.max(...boxes.map((box, at) => ends[at] - box.bottom));
}"""


def frames() -> Iterator[tuple[Kind, str]]:
    """What has a frame, and its address below that of a language."""
    cycle = public_cycle(None)
    yield Kind.CYCLE, ""
    parties = public_promises(cycle).with_only_columns(Promise.party_id)
    for kind, codes in (
        (Kind.TOPIC, select(Topic.code).where(Topic.cycle_id == cycle.id)),
        (Kind.PARTY, select(Party.code).where(Party.id.in_(parties))),
        (Kind.REGION, _places(PlaceKind.REGION)),
        (Kind.MUNICIPALITY, _places(PlaceKind.MUNICIPALITY).limit(LONGEST)),
        (
            Kind.PROMISE,
            public_promises(cycle)
            .with_only_columns(Promise.number)
            .order_by(None)
            .order_by(func.length(Promise.exact_words).desc())
            .limit(LONGEST),
        ),
    ):
        yield from ((kind, f"{kind}/{code}") for code in db.session.scalars(codes))


def _places(kind: PlaceKind) -> Select[str]:
    named = func.length(Place.names["mk"].as_string()).desc()
    return select(Place.code).where(Place.kind == kind, Place.country == "MK").order_by(named)


def offered(page: Page, lang: str, path: str) -> tuple[int, int]:
    """How high a frame is by the code that its page offers, and by oEmbed."""
    shown = page.get(f"/{lang}/{path}")
    (code,) = shown.query("#share-code")
    (link,) = shown.query('link[type="application/json+oembed"]')
    told = page.get(re.sub(r"^https?://[^/]+", "", link.attrs["href"])).json
    high = re.search(r'height="(\d+)"', code.to_text())
    assert high, path
    return int(high[1]), told["height"]


def test_every_frame_is_small(demo: Flask) -> None:
    page = Page(demo)
    heavy, sheets = [], {}
    for lang in LANGUAGES:
        for _, path in frames():
            shown = page.get(f"/embed/{lang}/{path}")
            (link,) = shown.query("link[rel=stylesheet]")
            sheet = link.attrs["href"]
            sheets[sheet] = sheets.get(sheet) or len(page.get(sheet).body)
            if (weight := len(shown.body) + sheets[sheet]) >= SMALL:
                heavy.append(f"/embed/{lang}/{path}: {weight}")
    assert not heavy, "\n".join(heavy)


@pytest.mark.browser
def test_frames_stand_whole_and_filled_in_the_height_that_is_offered(
    demo: Flask, window: Window
) -> None:
    page, tab = Page(demo), window.open({"width": WIDTHS[0], "height": 300})
    there = list(frames())
    assert {kind for kind, _ in there} == set(Kind)
    wrong = []
    for lang in LANGUAGES:
        for _, path in there:
            code, told = offered(page, lang, path)
            tab.goto(f"/embed/{lang}/{path}")
            for width, high in (*((width, code) for width in WIDTHS), (600, told)):
                tab.set_viewport_size({"width": width, "height": 100})
                needed = tab.evaluate(NEEDED)
                tab.set_viewport_size({"width": width, "height": high})
                gap, is_filled = tab.evaluate(LARGEST_GAP), width in FILLED
                if needed > high or (is_filled and (high - needed > SPARE or gap > GAP)):
                    size = f"{width} × {high}: needs {needed}, largest gap {gap}"
                    wrong.append(f"/embed/{lang}/{path} at {size}")
                assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert not wrong, "\n".join(wrong)
