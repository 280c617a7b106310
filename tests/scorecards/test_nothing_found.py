"""Where the register finds nothing there is a way on: fewer filters, other words, a page meant."""

from urllib.parse import parse_qs, urlsplit

import pytest

from mobilizer.cycles.models import Cycle
from mobilizer.promises.rules import PromiseState
from tests.builders import Builders
from tests.support.page import Page
from tests.support.register import REGISTER, schools_and_roads, titles


@pytest.fixture
def cycle(make: Builders) -> Cycle:
    return schools_and_roads(make)


def test_where_nothing_is_found_there_is_a_way_on(cycle: Cycle, page: Page) -> None:
    shown = page.get(
        REGISTER, lang="en", q="ucilista", topic="education", rating="kept", cycle=cycle.code
    )
    ways = dict(zip(shown.texts("main section li"), shown.query("main section li a"), strict=True))
    assert set(ways) == {"Without “Kept” 2 promises"}
    for link in ways.values():
        address = urlsplit(link.attrs["href"])
        assert "rating" not in parse_qs(address.query)
        assert len(titles(page.get(link.attrs["href"]))) == 2


def test_of_words_that_stand_nowhere_together_each_is_offered(cycle: Cycle, page: Page) -> None:
    shown = page.get(REGISTER, lang="en", q="patista deset unknown")
    assert shown.texts("main section li") == [
        "Only “patista” 1 promise",
        "Only “deset” 1 promise",
    ]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ucilsta", ["училишта"]),
        ("patizta ucilishe deset", ["патишта"]),
        ("дессет", ["Десет"]),
        ("zzzzz", []),
        ("pa", []),
    ],
)
def test_a_mistyped_word_leads_to_the_one_that_is_there(
    cycle: Cycle, page: Page, typed: str, meant: list[str]
) -> None:
    shown = page.get(REGISTER, lang="mk", q=typed)
    assert shown.texts("section[aria-labelledby=meant] li a") == meant
    for link in shown.query("section[aria-labelledby=meant] li a"):
        assert titles(page.get(link.attrs["href"]))


def test_a_word_that_is_not_public_is_not_what_was_meant(
    cycle: Cycle, make: Builders, page: Page
) -> None:
    make.promise("A waterfall", cycle=cycle, state=PromiseState.CHECKED)
    make.promise("A waterway", cycle=make.cycle(code="hidden", is_public=False))
    shown = page.get(REGISTER, lang="en", q="waterfal waterwey")
    assert "water" not in shown.source.replace("waterfal waterwey", "").replace(
        "waterfal%20waterwey", ""
    ).replace("waterfal+waterwey", "")


def test_a_mistyped_name_leads_to_its_page(cycle: Cycle, page: Page) -> None:
    shown = page.get(REGISTER, lang="en", q="Bridje Partty")
    assert shown.texts("main section li a") == ["Bridge Party"]
