"""How the register is come to: from the head of every page, and from where nothing is."""

import pytest
from flask import url_for

from mobilizer.cycles.models import Cycle
from mobilizer.promises.rules import PromiseState
from mobilizer.publication.rules.pages import KEPT
from mobilizer.scorecards.queries import listing
from tests.builders import Builders
from tests.support.page import Page
from tests.support.register import schools_and_roads

REGISTER = "scorecards.promises"


@pytest.fixture
def cycle(make: Builders) -> Cycle:
    return schools_and_roads(make)


# --- the way in, from every page


@pytest.mark.parametrize(
    "address", ["/mk/topics/", "/mk/promises/1", "/mk/method", "/mk/topics/roads"]
)
def test_every_public_page_has_one_line_to_search_by(
    cycle: Cycle, page: Page, address: str
) -> None:
    shown = page.get(address)
    assert len(shown.query("header form[role=search] input#seek")) == 1
    assert not shown.query("form[role=search] input[name=csrf_token]")
    assert "Set-Cookie" not in shown.headers


@pytest.mark.parametrize("address", ["/mk/", "/mk/promises/"])
def test_where_the_page_is_for_searching_the_head_does_not_repeat_it(
    cycle: Cycle, page: Page, address: str
) -> None:
    shown = page.get(address)
    assert not shown.query("header form")
    assert len(shown.query("main input[type=search]")) == 1


def test_a_search_in_another_cycle_stays_in_it(cycle: Cycle, make: Builders, page: Page) -> None:
    other = make.cycle(code="earlier", is_public=True, is_current=False)
    make.promise("A bridge", cycle=other)
    shown = page.get("scorecards.topics", lang="en", cycle=other.code)
    assert shown.query("header input[name=cycle]")[0].attrs["value"] == other.code


# --- an address that leads nowhere


@pytest.mark.parametrize(
    ("view", "code", "meant"),
    [
        ("topic", "educaton", ["Education"]),
        ("party", "brige-party", ["Bridge Party"]),
        ("region", "MK-POLG", ["Polog"]),
        ("municipality", "тетов", ["Tetovo"]),
        ("topic", "x" * 900, []),
        ("party", "'\"<b>", []),
    ],
)
def test_an_unknown_address_offers_what_is_near(
    cycle: Cycle, page: Page, view: str, code: str, meant: list[str]
) -> None:
    shown = page.get(f"scorecards.{view}", lang="en", code=code, expect=404)
    assert shown.texts("main li a")[:1] == meant
    assert shown.query("main input[type=search]")


#: What the addresses of these views are made of besides; each takes ``?cycle=``.
VALUES = {"lang": "en", "code": "education", "number": 1, "name": "topics", "listing": "topics",
          "kind": "topics", "form": "json"}  # fmt: skip
OF_A_CYCLE = [
    "scorecards.data",
    *(view for view, asked in KEPT.items() if "cycle" in asked),
]


@pytest.mark.parametrize("view", OF_A_CYCLE)
def test_a_cycle_that_is_not_there_is_nowhere(
    cycle: Cycle, make: Builders, page: Page, view: str
) -> None:
    """Nothing of the one that is shown first passes for it."""
    make.cycle("hidden", is_public=False)
    for code in ("nope", "hidden", "%20", "x" * 900):
        (path, *_) = (
            rule for rule in page.app.url_map.iter_rules(view) if rule.arguments <= set(VALUES)
        )
        with page.app.test_request_context():
            values = {name: VALUES[name] for name in path.arguments}
            address = url_for(view, **values)
        answers = [page.get(f"{address}?cycle={code}", expect=404) for _ in range(2)]
        assert answers[0].body == answers[1].body
    assert page.app.extensions["front"].shelves.size == 0, "there is no end to such addresses"


def test_an_unknown_cycle_offers_the_one_that_is_near(
    cycle: Cycle, make: Builders, page: Page
) -> None:
    make.cycle("spring-2027", names={"en": "Spring"}, is_public=True, is_current=False)
    make.cycle("spring-2028", is_public=False)
    for address in ("/en/?cycle=sprin-2027", "/en/cycles/sprin-2027", "/en/topics/?cycle=Spring"):
        shown = page.get(address, expect=404)
        assert [one.attrs["href"] for one in shown.query("main li a")] == ["/en/cycles/spring-2027"]


def test_the_first_page_shows_the_cycle_that_is_asked_for(
    cycle: Cycle, make: Builders, page: Page
) -> None:
    make.cycle("earlier", names={"en": "Earlier"}, is_public=True, is_current=False)
    first = page.get("/en/").text
    assert page.get("/en/?cycle=earlier").texts("h1") == page.get("/en/cycles/earlier").texts("h1")
    assert page.get(f"/en/?cycle={cycle.code}").text == page.get("/en/?cycle=").text == first


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("/sq/topics/education/", "/sq/topics/education"),
        ("/en/promises/1/?as_of=2026-11-01&x=%D1%88", "/en/promises/1?as_of=2026-11-01&x=%D1%88"),
        ("/mk/parties/%D1%88%22//", "/mk/parties/%D1%88%22"),
        ("/api/v1/scores/", "/api/v1/scores"),
        ("/en/method/", "/en/method"),
    ],
)
def test_a_slash_too_many_leads_to_the_address_without_it(
    cycle: Cycle, page: Page, asked: str, meant: str
) -> None:
    """For good, as one too few does; what is no address without it either stays unknown."""
    for _ in range(2):
        assert page.get(asked, expect=308).location == meant
    assert page.app.extensions["front"].shelves.size == 0, "there is no end to such addresses"


@pytest.mark.parametrize("asked", ["/en/nothing/", "/evil.example/", "/en/topics/none"])
def test_no_other_address_is_led_elsewhere(cycle: Cycle, page: Page, asked: str) -> None:
    page.get(asked, expect=404)


def test_an_unknown_number_offers_its_neighbours(cycle: Cycle, make: Builders, page: Page) -> None:
    hidden = make.promise("A waterfall", cycle=cycle, state=PromiseState.CHECKED)
    for number in (hidden.number, 10**6):
        shown = page.get("scorecards.promise", lang="mk", number=number, expect=404)
        assert len(shown.query("main li a")) == 2
        assert "waterfall" not in shown.source


def test_a_party_without_a_public_promise_is_not_offered(
    cycle: Cycle, make: Builders, page: Page
) -> None:
    make.party("Unseen Party")
    shown = page.get("scorecards.party", lang="en", code="unseen-parti", expect=404)
    assert "Unseen" not in shown.source


@pytest.mark.parametrize("address", ["/xx/", "/de/topics/", "/e/method", "/en-GB/data"])
def test_a_language_that_is_not_offered_has_no_pages(
    cycle: Cycle, page: Page, address: str
) -> None:
    page.get(address, expect=404)


def test_whoever_asks_for_a_later_page_of_a_topic_gets_its_last(
    cycle: Cycle, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PER_PAGE", 1)
    last = page.get("/en/topics/education?page=2")
    assert len(last.texts("main article")) == 1
    assert page.get("/en/topics/education?page=9").texts("main article") == last.texts(
        "main article"
    )


def test_a_place_of_another_country_has_no_feed_as_it_has_no_page(
    cycle: Cycle, make: Builders, page: Page
) -> None:
    make.cycle("abroad", country="XK")
    region = make.region("Pec", country="XK")
    town = make.municipality("Peja", region=region)
    for places, code in (("regions", region.code), ("municipalities", town.code)):
        for address in (f"/en/{places}/{code}", f"/en/{places}/{code}/feed.atom"):
            page.get(address, expect=404)
            page.get(f"{address}?cycle=abroad")


@pytest.mark.parametrize("view", ["topics", "parties", "regions", "promises", "method", "data"])
def test_before_anything_is_public_the_menu_leads_to_pages_that_say_so(
    page: Page, view: str
) -> None:
    assert "Nothing has been published yet" in page.get(f"scorecards.{view}", lang="en", expect=404)


def test_an_address_that_is_no_page_of_ours_offers_a_search(cycle: Cycle, page: Page) -> None:
    assert page.get("/mk/nothing-there", expect=404).query("form[action='/mk/promises/']")
    assert not page.get("/field/nothing-there", expect=404).query("form")
