"""A name in another language than the page's is marked as that, and says which it is.

Every public page is read in Macedonian while all that has names is named in Albanian alone.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from mobilizer.core.database import db
from mobilizer.core.policy import ANYONE, PUBLIC, declared
from mobilizer.cycles.models import Cycle, Topic
from mobilizer.elections.models import Party
from mobilizer.places.models import Place
from mobilizer.places.rules import PlaceKind
from mobilizer.promises.models import Promise

#: What everything is called: no page says it by itself.
NAME = re.compile(r"Emri[-\w]*")
NOTES = ("(на албански)", "(shqip)")
#: What can hold no mark: the tab's name, a picture's name, code to be copied.
PLAIN = {"title", "textarea", "script"}
#: What a name and its note stand in together.
TOGETHER = {"li", "p", "h2", "h3", "th", "td", "dd", "dt", "a", "label", "option", "text"}
#: Such as a region has on the map.
SHAPE = [[[20, 41], [22, 41], [22, 42], [20, 41]]]
#: Where views show something else, or more: view -> what stands behind the address.
BESIDES = {
    "scorecards.compare": [{"one": "party:{party}", "other": "party:{other party}"}],
    "scorecards.home": [{"cycle": "elsewhere"}],
    "scorecards.promises": [
        {"q": "Emri"},
        {"q": "school"},
        {"q": "nosuchword", "topic": "education"},
        {"q": "Emri-topic", "party": "{party}", "rating": "broken"},
    ],
    "scorecards.findings": [{"topic": "education"}],
    "scorecards.promise": [{"number": "999"}],
    "scorecards.topic": [{"code": "educatoin"}],
    "scorecards.check": [{"by": "topic", "key": "education"}],
    "sharing.embedded": [{"kind": "topics", "code": "education"}],
    "follow.follow": [
        {"listing": "promises", "code": "{published}"},
        {"listing": "all", "code": ""},
    ],
}


@pytest.fixture
def albanian(world):
    """The world, in which everything is called in Albanian only."""
    for kind in (Cycle, Topic, Party, Place, Promise):
        for one in db.session.scalars(db.select(kind)):
            names = {"sq": f"Emri-{kind.__name__.lower()}-{one.id}"}
            setattr(one, "titles" if kind is Promise else "names", names)
    for region in db.session.scalars(db.select(Place).where(Place.kind == PlaceKind.REGION)):
        region.shape = SHAPE
    others = db.select(Party.code).where(Party.code != world.records["party"])
    world.records["other party"] = db.session.scalars(others.limit(1)).one()
    db.session.commit()
    return world


def pages(app, world, page) -> Iterator[tuple[str, Any]]:
    """Every public page in Macedonian, by its address."""
    for view in sorted({rule.endpoint for rule in app.url_map.iter_rules()}):
        if declared(app.view_functions[view]) not in (PUBLIC, ANYONE):
            continue
        for besides in ({}, *BESIDES.get(view, ())):
            values = world.values(view) | world.filled(besides)
            address = page.address(view, **{**values, "lang": "mk"})
            answer = page.client.get(address, buffered=True)
            if answer.mimetype == "text/html" and answer.status_code in (200, 404):
                yield address, page.get(address, expect=answer.status_code)


def names(answer) -> Iterator[tuple[Any, str]]:
    """What stands around each name on a page, from the inside out, and the name."""
    for element in answer.query("*"):
        for child in element.children:
            found = NAME.search(getattr(child, "data", None) or "") if is_text(child) else None
            if found and element.name not in PLAIN:
                yield element, found[0]


def is_text(node: Any) -> bool:
    return bool(node.name == "#text")


def around(element: Any) -> Iterator[Any]:
    while element is not None and element.name not in ("#document", "html"):
        yield element
        element = element.parent


def test_a_name_in_another_language_is_marked_and_noted_on_every_public_page(albanian, app, page):
    wrong, seen = [], set()
    for address, answer in pages(app, albanian, page):
        for element, name in names(answer):
            seen.add(address)
            above = list(around(element))
            marks = [one.attrs["lang"] for one in above if one.attrs.get("lang")]
            if marks[:1] != ["sq"]:
                wrong.append(f"{address}: {name} in <{element.name}> is not marked")
            if not any(is_noted(one) for one in above):
                wrong.append(f"{address}: {name} in <{element.name}> is not noted")
    assert len(seen) > 30, "the pages say no names"
    assert not wrong, "\n".join(wrong)


def is_noted(element: Any) -> bool:
    said = " ".join(element.to_text(separator=" ").split())
    is_heading = "heading" in (element.attrs.get("class") or "").split()
    return (element.name in TOGETHER or is_heading) and any(note in said for note in NOTES)
