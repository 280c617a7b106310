"""What stands on a page below its score: what moved, the months, what is not known; its cost."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from flask import Flask

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.findings.rules import public_content
from mobilizer.places.models import Place
from mobilizer.promises.models import Promise
from mobilizer.scorecards.views import home
from tests.builders import Builders
from tests.support.page import Page, apart
from tests.support.queries import Queries

APRIL = datetime(2026, 4, 10, tzinfo=UTC)
NOVEMBER = datetime(2026, 11, 20, 12, tzinfo=UTC)
MONTHS = {"first_month": "2026-04", "last_month": "2026-12"}


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    with clock.at(NOVEMBER):
        yield


@pytest.fixture
def cycle(make: Builders) -> Cycle:
    with clock.at(APRIL):
        return make.cycle(code="told", is_public=True, **MONTHS)


def promises(make: Builders, cycle: Cycle, number: int, place: Place) -> list[Promise]:
    """Promises of one topic and party for one place, made in April."""
    topic, party = make.topic("health", cycle=cycle), make.party("Bridge Party")
    with clock.at(APRIL):
        return [
            make.promise(f"Word {at}", cycle=cycle, topic=topic, party=party, places=[place])
            for at in range(number)
        ]


def found(
    make: Builders, promise: Promise, rating: str, place: Place, on: str, **answers: object
) -> None:
    """A finding about a month, published on its tenth."""
    day = date.fromisoformat(f"{on}-10")
    content = public_content(kind="full", language="en", answers=answers, evidence=[])
    with clock.at(datetime(day.year, day.month, 10, tzinfo=UTC)):
        make.finding(promise, rating, place=place, month=day.replace(day=1), content=content)


@pytest.fixture
def pages(make: Builders, cycle: Cycle) -> dict[str, dict[str, str]]:
    """Five promises in Tetovo: one moved up this month, one down; Debar is not looked at."""
    tetovo = make.municipality("Tetovo")
    make.municipality("Debar")
    some = promises(make, cycle, 5, tetovo)
    for promise in some:
        found(make, promise, "in_progress", tetovo, "2026-09")
    found(make, some[0], "kept", tetovo, "2026-11")
    found(make, some[1], "stalled", tetovo, "2026-11", stagnation=["no_money"])
    return {
        "home": {},
        "topic": {"code": "health"},
        "party": {"code": some[0].party.code},
        "region": {"code": make.region("Polog").code},
        "municipality": {"code": tetovo.code},
    }


THINGS = ("home", "topic", "party", "region", "municipality")


@pytest.mark.parametrize("name", THINGS)
def test_a_page_tells_what_moved_since_last_month(
    page: Page, pages: dict[str, dict[str, str]], name: str
) -> None:
    shown = page.get(f"scorecards.{name}", lang="en", **pages[name])

    text = shown.text.replace("\u00a0", " ")
    assert "The score was 0 %, now it is 20 %" in text
    assert "Moved up: 1 promise" in text
    assert "Moved down: 1 promise" in text
    moved = shown.texts(".moves a")
    assert moved == ["Word 0", "Word 1"]


@pytest.mark.parametrize("name", THINGS)
def test_the_months_stand_in_a_table_behind_the_line(
    page: Page, pages: dict[str, dict[str, str]], name: str
) -> None:
    shown = page.get(f"scorecards.{name}", lang="en", **pages[name])

    rows = [row.split() for row in shown.texts("section details table tr")]
    assert ["October", "2026", "0", "%", "5", "5"] in rows
    assert ["August", "2026", "no", "score", "yet", "0", "5"] in rows
    assert len(shown.query("svg.line[role=img][aria-label]")) == 1
    assert not shown.query("svg.line [style]")


@pytest.mark.parametrize("name", ["home", "topic", "party", "region"])
def test_a_page_says_how_many_municipalities_are_monitored(
    page: Page, pages: dict[str, dict[str, str]], name: str
) -> None:
    shown = page.get(f"scorecards.{name}", lang="en", **pages[name])
    assert "1 of 2 municipalities is monitored; no conclusion about the others." in shown


def test_where_nobody_looked_there_is_no_conclusion(
    make: Builders, page: Page, pages: dict[str, dict[str, str]]
) -> None:
    debar = make.municipality("Debar")
    shown = page.get("scorecards.municipality", lang="en", code=debar.code)
    assert "Nothing was found in this municipality yet: no conclusion about it." in shown


def test_a_page_says_how_many_reports_of_last_month_came_in(
    make: Builders, page: Page, pages: dict[str, dict[str, str]], cycle: Cycle
) -> None:
    assert "About October 2026 there are checked reports on 0 of 5 promises." in page.get(
        "scorecards.home", lang="en"
    )
    with clock.at(datetime(2026, 12, 2, tzinfo=UTC)):
        assert "About November 2026 there are checked reports on 2 of 5 promises." in page.get(
            "scorecards.home", lang="en"
        )


@pytest.mark.parametrize("name", THINGS)
def test_reasons_of_the_latest_findings_are_counted(
    make: Builders, page: Page, pages: dict[str, dict[str, str]], name: str, cycle: Cycle
) -> None:
    tetovo = make.municipality("Tetovo")
    some = make.promise("Once", cycle=cycle, places=[tetovo])
    found(make, some, "stalled", tetovo, "2026-09", stagnation=["stopped"])
    found(make, some, "kept", tetovo, "2026-10")

    shown = page.get(f"scorecards.{name}", lang="en", **pages[name])

    assert [one.split() for one in shown.texts(".reasons li")] == [
        ["No", "money", "in", "the", "budget", "1"]
    ]


def test_before_and_after_its_months_a_cycle_says_so(make: Builders, page: Page) -> None:
    make.cycle(code="soon", is_public=True, first_month="2027-01", last_month="2027-06")
    make.cycle(code="over", is_public=True, first_month="2025-01", last_month="2025-06")

    assert "The monitoring begins with January 2027" in page.get(
        "scorecards.cycle", lang="en", code="soon"
    )
    assert "This cycle ended with June 2025" in page.get("scorecards.cycle", lang="en", code="over")


LISTS = (
    "topics", "parties", "regions", "all_municipalities", "method", "data", "corrections",
)  # fmt: skip


@pytest.mark.parametrize("name", [*THINGS, *LISTS])
def test_no_page_costs_more_than_twelve_looks_with_nothing_kept(
    app: Flask, make: Builders, page: Page, pages: dict[str, dict[str, str]], name: str,
    cycle: Cycle, queries: Queries,
) -> None:  # fmt: skip
    more = [make.municipality(f"Place {at}") for at in range(12)]
    for at, promise in enumerate(promises(make, cycle, 30, more[0])):
        found(make, promise, "in_progress", more[at % 12], "2026-11")
    address = page.address(f"scorecards.{name}", lang="en", **pages.get(name, {}))
    db.session.commit()
    app.extensions["front"].forget()
    client = app.test_client(use_cookies=False)

    with queries.at_most(12):
        assert apart(lambda: client.get(address)).status_code == 200


def test_every_municipality_is_found_under_its_letter_monitored_or_not(
    page: Page, pages: dict[str, dict[str, str]]
) -> None:
    shown = page.get("scorecards.all_municipalities", lang="en")

    listed = [" ".join(one.split()) for one in shown.texts(".by-letter li")]
    assert listed == ["Debar not monitored", "Tetovo 20 %"]
    letters = [link.attrs["href"] for link in shown.query(".letters a")]
    assert [len(shown.query(f"section{letter}")) for letter in letters] == [1, 1]


def test_a_municipality_stands_below_its_region(
    page: Page, pages: dict[str, dict[str, str]]
) -> None:
    shown = page.get("scorecards.municipality", lang="en", **pages["municipality"])
    assert shown.texts(".crumbs a") == ["Municipalities", "Polog"]


def test_where_nothing_is_monitored_nothing_is_counted(
    make: Builders, cycle: Cycle, page: Page
) -> None:
    empty = make.municipality("Debar", region="Polog")
    promises(make, cycle, 1, make.municipality("Tetovo", region="Polog"))
    shown = page.get("scorecards.municipality", lang="en", code=empty.code)
    assert "No promise is monitored here yet." in shown
    assert "0 of 0" not in shown
    region = page.get("scorecards.region", lang="en", code=make.region("Polog").code)
    assert [one.split()[0] for one in region.texts("main .scored")] == ["Debar", "Tetovo"]
    assert "not monitored" in region.texts("main .scored")[0]
    assert "no score yet" not in region.texts("main .scored")[0]


def test_a_region_that_counts_more_than_it_lists_says_how_many_promises_these_are(
    make: Builders, cycle: Cycle, page: Page
) -> None:
    tetovo, debar = (make.municipality(name, region="Polog") for name in ("Tetovo", "Debar"))
    promises(make, cycle, 2, tetovo)
    alone = page.get("scorecards.region", lang="en", code=make.region("Polog").code)
    with clock.at(APRIL):
        make.promise("Of both", cycle=cycle, places=[tetovo, debar])
    twice = page.get("scorecards.region", lang="en", code=make.region("Polog").code)

    assert "promises below count as" not in alone
    assert "So the 3 promises below count as 4." in twice


@pytest.mark.parametrize("view", ["regions", "all_municipalities"])
def test_where_places_stand_in_numbers_it_is_said_why_they_come_to_more_than_the_whole(
    make: Builders, cycle: Cycle, page: Page, view: str
) -> None:
    promises(make, cycle, 1, make.municipality("Tetovo", region="Polog"))
    shown = page.get(f"scorecards.{view}", lang="en")
    assert "together they can come to more than the whole" in shown
    assert "together they can" not in page.get("scorecards.parties", lang="en")


@pytest.mark.parametrize("view", ["topics", "parties", "regions"])
def test_a_list_of_bars_says_what_their_colours_mean(
    make: Builders, cycle: Cycle, page: Page, view: str
) -> None:
    promises(make, cycle, 1, make.municipality("Tetovo", region="Polog"))
    shown = page.get(f"scorecards.{view}", lang="en")
    meanings = shown.texts("main .legend:not(.map-scale) li")
    assert meanings[:2] == ["Kept", "Partly kept"]
    assert len(meanings) == 8


def test_the_first_page_names_the_topics_with_most_promises(
    make: Builders, page: Page, cycle: Cycle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(home, "TOPICS", 2)
    for code, many in (("health", 1), ("roads", 3), ("education", 2)):
        for _ in range(many):
            make.promise(cycle=cycle, topic=make.topic(code, cycle=cycle))
    make.topic("water", cycle=cycle)

    shown = page.get("scorecards.home", lang="en")

    assert shown.texts(".scored .name") == ["Roads", "Education"]
    assert "All 3 topics" in shown
