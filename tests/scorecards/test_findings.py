"""The latest findings, day by day: filtered, paged, and what a wrong address gets."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from flask import Flask

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.scorecards.views import feeds, findings
from mobilizer.scorecards.views.findings import PER_PAGE
from tests.builders import Builders
from tests.support.page import Page, apart
from tests.support.queries import Queries


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    with clock.at(datetime(2026, 11, 22, 12, tzinfo=UTC)):
        yield


@pytest.fixture
def cycle(make: Builders) -> Cycle:
    """Two topics, parties and regions, with a finding of each on a day of its own."""
    cycle: Cycle = make.cycle(is_public=True)
    made = []
    for topic, party, place in (
        ("health", "Bridge", make.municipality("Tetovo", region="Polog")),
        ("roads", "Ladder", make.municipality("Kocani", region="East")),
    ):
        promise = make.promise(
            f"About {topic}", cycle=cycle, topic=make.topic(topic, cycle=cycle),
            party=make.party(party, code=f"MK-{party.upper()}"), places=[place],
        )  # fmt: skip
        made.append((promise, place))
    for month, rating in ((9, "not_started"), (10, "kept")):
        for day, (promise, place) in enumerate(made, start=10):
            with clock.at(datetime(2026, month, day, tzinfo=UTC)):
                make.finding(promise, rating, place=place, month=date(2026, month, 1))
    return cycle


def titles(page: Page, **asked: object) -> list[str]:
    return page.get("scorecards.findings", lang="en", **asked).texts(".news a")


def test_findings_stand_day_by_day_the_newest_first(page: Page, cycle: Cycle) -> None:
    shown = page.get("scorecards.findings", lang="en")

    assert shown.texts("main h2")[:4] == [
        "11 October 2026", "10 October 2026", "11 September 2026", "10 September 2026",
    ]  # fmt: skip
    assert shown.texts(".news a") == ["About roads", "About health"] * 2
    assert "Not started → now Kept" in " ".join(shown.texts(".news li")[0].split())


@pytest.mark.parametrize(
    "asked", [{"topic": "health"}, {"party": "MK-BRIDGE"}, {"region": "MK-POLOG"}]
)
def test_they_are_filtered(page: Page, cycle: Cycle, asked: dict[str, str]) -> None:
    assert titles(page, **asked) == ["About health"] * 2


def test_every_filter_at_once_may_find_nothing_and_says_so(page: Page, cycle: Cycle) -> None:
    asked = {"topic": "health", "party": "MK-LADDER", "region": "MK-EAST"}
    assert "No finding fits" in page.get("scorecards.findings", lang="en", **asked)


@pytest.mark.parametrize("odd", ["nothing", "x" * 10_000, "٣", "<script>"])
def test_what_makes_no_sense_filters_nothing_and_is_told(
    page: Page, cycle: Cycle, odd: str
) -> None:
    asked = {"topic": odd, "party": odd, "region": odd}
    shown = page.get("scorecards.findings", lang="en", expect=400, **asked)

    assert len(shown.texts(".news a")) == 4
    for name in asked:
        (told,) = shown.texts(f"#{name}-error")
        assert "not on the list" in told
        (typed,) = (one.attrs["value"] for one in shown.query(f"select#{name} option[selected]"))
        assert odd.startswith(typed)


@pytest.mark.parametrize("odd", ["0", "-1", "soon", "١٢", "9" * 30, "\x00", ""])
def test_a_page_that_is_none_is_not_there(page: Page, cycle: Cycle, odd: str) -> None:
    page.get("scorecards.findings", lang="en", before=odd, expect=404)


def test_older_ones_stand_on_the_next_page_with_the_same_filter(
    make: Builders, page: Page, cycle: Cycle
) -> None:
    promise = make.promise("Often", cycle=cycle, topic=make.topic("health", cycle=cycle))
    for _ in range(PER_PAGE):
        make.finding(promise)

    first = page.get("scorecards.findings", lang="en", topic="health")
    (older,) = (link.attrs["href"] for link in first.query("a[rel=next]"))
    second = page.get(older)

    assert first.texts(".news a") == ["Often"] * PER_PAGE
    assert second.texts(".news a") == ["About health"] * 2
    assert [link.attrs["href"] for link in second.query("a[rel=prev]")] == [
        "/en/findings?topic=health"
    ]


def test_where_all_stand_on_one_page_nothing_leads_to_older_ones(
    page: Page, cycle: Cycle, monkeypatch: pytest.MonkeyPatch
) -> None:
    for many, leads in ((4, 0), (3, 1)):
        monkeypatch.setattr(findings, "PER_PAGE", many)
        monkeypatch.setattr(feeds, "LONGEST", many)
        page.app.extensions["front"].forget()
        shown = page.get("scorecards.findings", lang="en")
        assert len(shown.query("a[rel=next]")) == leads
        assert len(shown.texts(".news a")) == many
        assert page.get("/en/feed.atom").source.count('rel="next"') == leads


@pytest.mark.parametrize(
    ("as_of", "before", "many"),
    [("2026-09-30", 999, 2), ("2026-09-30", 3, 2), ("2026-10-31", 999, 4), ("2026-10-31", 2, 1)],
)
def test_the_pages_of_an_earlier_day_hold_what_was_published_by_it(
    page: Page, cycle: Cycle, as_of: str, before: int, many: int
) -> None:
    assert len(titles(page, as_of=as_of, before=before)) == many


def test_before_anything_was_found_the_page_says_what_will_stand_there(
    make: Builders, page: Page
) -> None:
    make.cycle(is_public=True)
    assert "No finding has been published yet" in page.get("scorecards.findings", lang="en")


def test_another_cycle_or_one_that_is_not_public_is_not_told(
    make: Builders, page: Page, cycle: Cycle
) -> None:
    hidden = make.cycle(code="hidden", is_public=False)
    make.finding(make.promise("Unseen", cycle=hidden))

    assert "Unseen" not in titles(page)
    page.get("scorecards.findings", lang="en", cycle="hidden", expect=404)


def test_the_first_page_and_the_pages_of_things_lead_there(page: Page, cycle: Cycle) -> None:
    for view, values, address in (
        ("home", {}, "/en/findings"),
        ("topic", {"code": "health"}, "/en/findings?topic=health"),
        ("party", {"code": "MK-BRIDGE"}, "/en/findings?party=MK-BRIDGE"),
        ("region", {"code": "MK-POLOG"}, "/en/findings?region=MK-POLOG"),
    ):
        shown = page.get(f"scorecards.{view}", lang="en", **values)
        assert shown.query(f'a[href="{address}"]'), view


def test_a_page_costs_no_more_than_twelve_looks(
    app: Flask, make: Builders, cycle: Cycle, queries: Queries
) -> None:
    promise = make.promise(cycle=cycle)
    for _ in range(3 * PER_PAGE):
        make.finding(promise)
    db.session.commit()
    app.extensions["front"].forget()
    client = app.test_client(use_cookies=False)

    with queries.at_most(12):
        address = "/en/findings?topic=health&party=MK-BRIDGE&region=MK-POLOG"
        assert apart(lambda: client.get(address)).status_code == 200
