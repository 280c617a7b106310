"""Feeds: of all, and of each thing, as RFC 4287 wants them, with days and no hours."""

import re
from datetime import UTC, date, datetime
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.promises.models import Promise
from tests.builders import Builders
from tests.support.page import Page, apart
from tests.support.queries import Queries

A = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
#: Not midnight: what leaks an hour would show it.
MAY = datetime(2026, 5, 4, 15, 37, 43, tzinfo=UTC)


def feed(page: Page, address: str) -> ET.Element:
    answer = apart(lambda: page.client.get(address, buffered=True))
    assert answer.status_code == 200, address
    assert answer.mimetype == "application/atom+xml"
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"].startswith("public")
    assert "15:37" not in answer.text
    return ET.fromstring(answer.data)


def numbers(page: Page, address: str) -> list[int]:
    """The findings in a feed, by where its entries lead."""
    links = [one.find(f"{A}link") for one in feed(page, address).findall(f"{A}entry")]
    return [int(link.attrib["href"].rpartition("-")[2]) for link in links if link is not None]


def text(parent: ET.Element, name: str) -> str:
    found = parent.find(f"{A}{name}")
    return (found.text or "") if found is not None else ""


def link(parent: ET.Element, rel: str) -> str:
    [found] = [one for one in parent.findall(f"{A}link") if one.get("rel") == rel]
    return found.attrib["href"]


def numbered(number: int) -> Promise:
    return db.session.scalars(db.select(Promise).where(Promise.number == number)).one()


def a_story(make: Builders, **values: Any) -> Cycle:
    """Three findings: 1 and 3 on a promise in Tetovo, 2 on another promise elsewhere."""
    cycle: Cycle = make.cycle(is_public=True, **values)
    tetovo, veles = (
        make.municipality("Tetovo", region="Polog"),
        make.municipality("Veles", region="Vardar"),
    )
    with clock.at(MAY):
        school = make.promise(
            "A school",
            cycle=cycle,
            topic=make.topic(cycle=cycle, code="health"),
            places=[tetovo],
        )
        bridge = make.promise("A bridge", cycle=cycle, topic=make.topic(cycle=cycle, code="roads"))
        make.finding(school, "in_progress", place=tetovo, month=date(2026, 4, 1))
        make.finding(bridge, "broken", place=veles, month=date(2026, 4, 1))
        make.finding(school, "kept", place=tetovo, month=date(2026, 5, 1))
    return cycle


def test_each_thing_has_a_feed_of_what_was_found_about_it(make: Builders, page: Page) -> None:
    a_story(make)
    tetovo, polog = make.municipality("Tetovo"), make.region("Polog")
    party = numbered(1).party

    assert numbers(page, "/en/feed.atom") == [3, 2, 1]
    assert numbers(page, "/en/topics/health/feed.atom") == [3, 1]
    assert numbers(page, "/en/topics/roads/feed.atom") == [2]
    assert numbers(page, f"/en/parties/{party.code}/feed.atom") == [3, 1]
    assert numbers(page, f"/en/regions/{polog.code}/feed.atom") == [3, 1]
    assert numbers(page, f"/en/municipalities/{tetovo.code}/feed.atom") == [3, 1]
    assert numbers(page, "/en/promises/2/feed.atom") == [2]


@pytest.mark.parametrize(
    ("lang", "tag"), [("en", "en"), ("sq", "sq"), ("mk", "mk"), ("sr", "sr-Latn")]
)
def test_a_feed_has_all_that_the_standard_asks_for(
    make: Builders, page: Page, lang: str, tag: str
) -> None:
    a_story(make)
    found = feed(page, f"/{lang}/feed.atom")

    assert found.get(LANG) == tag
    assert text(found, "id") == f"http://localhost/{lang}/feed.atom?cycle={make.the_cycle().code}"
    assert link(found, "self") == f"http://localhost/{lang}/feed.atom"
    assert link(found, "alternate") == f"http://localhost/{lang}/"
    assert found.find(f"{A}author/{A}name").text == "Mobilizer"
    days = [found, *found.findall(f"{A}entry")]
    assert {text(one, "updated") for one in days} == {"2026-05-04T00:00:00Z"}
    names = [text(one, "id") for one in found.findall(f"{A}entry")]
    assert len(set(names)) == 3
    assert all(name.startswith("urn:uuid:") for name in names)
    assert all(text(one, "title") for one in days)
    assert all(re.fullmatch(r"([^.]+\.)+", text(one, "summary")) for one in days[1:])


def test_the_name_of_an_entry_is_the_same_in_every_feed_and_another_in_each_language(
    make: Builders, page: Page
) -> None:
    a_story(make)

    def names(address: str) -> set[str]:
        return {text(one, "id") for one in feed(page, address).findall(f"{A}entry")}

    assert names("/en/topics/roads/feed.atom") < names("/en/feed.atom")
    assert not names("/en/feed.atom") & names("/mk/feed.atom")


def test_an_entry_says_what_was_said_before(make: Builders, page: Page) -> None:
    a_story(make)
    last, _, first = feed(page, "/en/feed.atom").findall(f"{A}entry")

    assert text(last, "summary") == "Tetovo, May 2026 · It said: In progress. It says now: Kept."
    assert text(first, "summary") == "Tetovo, April 2026 · It says now: In progress."


def test_an_entry_that_says_the_same_as_before_says_so(make: Builders, page: Page) -> None:
    a_story(make)
    make.finding(numbered(1), "kept", place=make.municipality("Tetovo"), month=date(2026, 6, 1))

    newest = feed(page, "/en/feed.atom").findall(f"{A}entry")[0]
    assert text(newest, "summary") == "Tetovo, June 2026 · It says, as before: Kept."


def test_a_month_that_is_told_late_takes_the_place_of_no_later_one(
    make: Builders, page: Page
) -> None:
    a_story(make)
    school, tetovo = numbered(1), make.municipality("Tetovo")
    make.finding(school, "stalled", place=tetovo, month=date(2026, 3, 1))

    newest = feed(page, "/en/feed.atom").findall(f"{A}entry")[0]
    assert "It said" not in text(newest, "summary")


def test_a_correction_is_told_as_one_and_has_one_name_in_both_feeds(
    make: Builders, page: Page
) -> None:
    a_story(make)
    bridge = numbered(2)
    why = {"correction": {"reason": "The <decree> & is of another year.", "language": "en"}}
    veles = make.municipality("Veles", region="Vardar")
    content = {"language": "en", "kind": "full", **why}
    month = date(2026, 4, 1)
    make.finding(bridge, "stalled", place=veles, month=month, corrects=2, content=content)
    one = feed(page, "/mk/feed.atom").findall(f"{A}entry")[0]
    other = feed(page, "/mk/corrections.atom").findall(f"{A}entry")[0]

    assert ET.tostring(one) == ET.tostring(other)
    told = one.find(f"{A}content")
    assert told is not None
    assert (told.text, told.get(LANG)) == (why["correction"]["reason"], "en")
    assert "2" in text(one, "summary")


def test_older_findings_stand_on_the_next_page(
    make: Builders, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mobilizer.scorecards.views.feeds.LONGEST", 2)
    a_story(make)
    first = feed(page, "/en/feed.atom")
    older = feed(page, link(first, "next").removeprefix("http://localhost"))

    assert numbers(page, "/en/feed.atom") == [3, 2]
    assert numbers(page, "/en/feed.atom?before=2") == [1]
    assert link(older, "self") == link(first, "next")
    assert link(older, "first") == link(first, "self")
    assert text(older, "id") == text(first, "id")


def test_another_cycle_is_asked_for_by_its_code(make: Builders, page: Page) -> None:
    a_story(make)
    second = make.cycle("second", is_public=True)
    make.finding(make.promise("A well", cycle=second), "kept")

    assert numbers(page, "/en/feed.atom?cycle=second") == [4]
    assert numbers(page, "/en/promises/3/feed.atom") == [4]
    assert link(feed(page, "/en/feed.atom?cycle=second"), "alternate").endswith("/en/cycles/second")


def test_what_is_invented_says_so(make: Builders, page: Page) -> None:
    a_story(make, is_demonstration=True)
    assert "invented" in text(feed(page, "/en/feed.atom"), "subtitle")


@pytest.mark.parametrize(
    "address",
    [
        "/en/topics/nothing/feed.atom",
        "/en/parties/nobody/feed.atom",
        "/en/regions/nowhere/feed.atom",
        "/en/promises/99/feed.atom",
        "/en/promises/x/feed.atom",
        "/en/promises/99999999999999999999/feed.atom",
        "/en/promises/٣/feed.atom",
        "/en/people/x/feed.atom",
        "/en/feed.atom?cycle=none",
        "/en/feed.atom?before=0",
        "/en/feed.atom?before=x",
        "/en/feed.atom?before=99999999999999999999",
        "/xx/feed.atom",
    ],
)
def test_what_is_not_there_has_no_feed(make: Builders, page: Page, address: str) -> None:
    a_story(make)
    page.get(address, expect=404)


def test_what_is_not_public_has_no_feed(make: Builders, page: Page) -> None:
    hidden = make.cycle("hidden", is_public=False)
    finding = make.finding(make.promise(cycle=hidden, topic=make.topic(cycle=hidden, code="t")))

    for address in ("feed.atom", "topics/t/feed.atom"):
        page.get(f"/en/{address}?cycle=hidden", expect=404)
    page.get(f"/en/promises/{finding.promise.number}/feed.atom", expect=404)
    make.cycle("shown", is_public=True)
    assert numbers(page, "/en/feed.atom?cycle=shown") == []


def test_signs_that_xml_cannot_hold_break_no_feed(make: Builders, page: Page) -> None:
    cycle = make.cycle(is_public=True)
    odd = make.promise("A \x0bwell\x1f <b>&", cycle=cycle)
    make.finding(odd, content={"language": "en", "kind": "full", "reason": "So\x08 \ufffe]]>."})
    [entry] = feed(page, "/en/feed.atom").findall(f"{A}entry")

    assert text(entry, "title") == "A well <b>&"
    assert text(entry, "content") == "So ]]>."


def test_a_feed_costs_five_looks_however_much_there_is(
    make: Builders, page: Page, queries: Queries
) -> None:
    a_story(make)
    school, tetovo = numbered(1), make.municipality("Tetovo")
    for _ in range(12):
        make.finding(school, "kept", place=tetovo)
    polog, party = make.region("Polog"), school.party
    db.session.commit()
    for address in (
        "/en/feed.atom",
        "/en/topics/health/feed.atom",
        f"/en/parties/{party.code}/feed.atom",
        f"/en/regions/{polog.code}/feed.atom",
        f"/en/municipalities/{tetovo.code}/feed.atom",
        "/en/promises/1/feed.atom",
        "/en/corrections.atom",
    ):
        with queries.at_most(5):
            page.get(address)


def test_pages_lead_to_their_feeds(make: Builders, page: Page) -> None:
    a_story(make)
    tetovo = make.municipality("Tetovo")
    for address, leads in (
        ("/en/", "/en/feed.atom"),
        ("/en/topics/health", "/en/topics/health/feed.atom"),
        (f"/mk/municipalities/{tetovo.code}", f"/mk/municipalities/{tetovo.code}/feed.atom"),
        ("/en/promises/1", "/en/promises/1/feed.atom"),
    ):
        source = page.get(address).source
        assert re.search(
            f'<link rel="alternate" type="application/atom[+]xml"[^>]*href="{leads}"', source
        )
        assert source.count(leads) == 2


@pytest.mark.parametrize("address", ["/en/feed.atom", "/en/topics/health/feed.atom"])
def test_who_has_a_feed_already_gets_a_word_until_something_is_published(
    make: Builders, page: Page, address: str
) -> None:
    cycle = a_story(make)
    db.session.commit()

    def asked(known: str = "") -> Any:
        manners = {"If-None-Match": known} if known else {}
        return apart(lambda: page.client.get(address, headers=manners, buffered=True))

    before = asked().headers["ETag"]
    again = asked(before)
    assert (again.status_code, again.data) == (304, b"")

    make.finding(make.promise(cycle=cycle, topic=make.topic("health", cycle=cycle)))
    db.session.commit()
    assert asked(before).status_code == 200
