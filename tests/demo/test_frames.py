"""The frames of the demonstration in a browser: each stands whole in the height its code has."""

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
from mobilizer.sharing.rules.embeds import HEIGHTS
from tests.support.browser import Window

#: The narrowest phone, a wide one, and a column of a newspaper's page.
WIDTHS = (320, 480, 640)
LANGUAGES = ("en", "sq", "mk", "sr")
#: Of places and promises the ones with the longest words: all would take a minute.
LONGEST = 4
HIGH = "Math.ceil(document.querySelector('main').getBoundingClientRect().bottom + 16)"


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


@pytest.mark.browser
def test_no_frame_has_to_be_scrolled(demo: Flask, window: Window) -> None:
    tab = window.open({"width": WIDTHS[0], "height": 300})
    there = list(frames())
    assert {kind for kind, _ in there} == set(Kind)
    wrong = []
    for lang in LANGUAGES:
        for kind, path in there:
            tab.goto(f"/embed/{lang}/{path}")
            for width in WIDTHS:
                tab.set_viewport_size({"width": width, "height": 300})
                high = tab.evaluate(HIGH)
                if high > HEIGHTS[kind]:
                    wrong.append(f"/embed/{lang}/{path}: {high} at {width}, not {HEIGHTS[kind]}")
                assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert not wrong, "\n".join(wrong)
