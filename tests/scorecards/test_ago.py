"""What was found a year ago, on the first page."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilizer.scorecards.rules.ago import Span, span, year_before
from mobilizer.scorecards.views.home import LATEST
from tests.builders import Builders
from tests.support.days import on
from tests.support.page import Page
from tests.support.queries import Queries


def told(page: Page) -> list[str]:
    """The heading and the links of what is told of a year ago, on the 22nd of November 2026."""
    with on(2026, 11, 22):
        shown = page.get("/en/")
    links = shown.query("section[aria-labelledby=year-ago] a")
    return [*shown.texts("#year-ago"), *(link.attrs["href"] for link in links)]


@pytest.mark.parametrize(
    ("found_on", "heading", "told_of"),
    [
        ([2, 18, 22, 22, *3 * [23], *3 * [24]], "On this day a year ago", [(4, 22), (3, 22)]),
        ([2, 16, 17, 23, *3 * [24]], "In this week a year ago", [(4, 23), (3, 17)]),
        ([1, 16, 24, 30], "In this month a year ago", [(4, 30), (3, 24), (2, 16)]),
        ([1, 30], "In this month a year ago", [(2, 30), (1, 1)]),
    ],
)
def test_the_day_is_told_else_its_week_else_its_month_as_it_stood_then(
    make: Builders, page: Page, found_on: list[int], heading: str, told_of: list[tuple[int, int]]
) -> None:
    cycle = make.cycle("local", first_month="2025-09", last_month="2027-06", is_current=True)
    with on(2025, 10, 2):
        promise = make.promise(cycle=cycle)
    for day in found_on:
        with on(2025, 11, day):
            make.finding(promise, "kept")
    with on(2026, 10, 2):
        for _ in range(LATEST):
            make.finding(promise, "kept")

    links = [f"/en/promises/1?as_of=2025-11-{day:02}#finding-{number}" for number, day in told_of]
    assert told(page) == [heading, *links]
    with on(2026, 11, 22):
        for link in links:
            page.get(link)


def test_where_nothing_was_found_nothing_is_told(make: Builders, page: Page) -> None:
    cycle = make.cycle("local", first_month="2025-09", last_month="2027-06", is_current=True)
    with on(2025, 10, 30):
        make.finding(make.promise(cycle=cycle), "kept")
    assert told(page) == []


def test_a_younger_cycle_tells_nothing_of_a_year_ago(make: Builders, page: Page) -> None:
    cycle = make.cycle("local", first_month="2025-12", last_month="2027-06", is_current=True)
    with on(2025, 11, 22):
        make.finding(make.promise(cycle=cycle), "kept")
    assert told(page) == []


def test_what_was_found_before_the_cycle_is_not_told_with_its_first_week(
    make: Builders, page: Page
) -> None:
    cycle = make.cycle("local", first_month="2025-11", last_month="2027-06", is_current=True)
    with on(2025, 10, 30):
        make.finding(make.promise(cycle=cycle), "kept")
    with on(2026, 11, 2):  # The first Sunday of November 2025 is in a week with October.
        assert not page.get("/en/").query("#year-ago")


def test_it_is_told_of_this_cycle_alone_and_on_the_page_of_today(
    make: Builders, page: Page
) -> None:
    cycle = make.cycle("local", first_month="2025-09", last_month="2027-06", is_current=True)
    with on(2025, 11, 22):
        other = make.promise(cycle=make.cycle("other", first_month="2025-09"))
        make.finding(other, "kept")
    assert told(page) == []
    promise = make.promise(cycle=cycle)
    for when in ((2025, 11, 23), (2026, 10, 2)):
        with on(*when):
            make.finding(promise, "kept")
            for _ in range(LATEST):
                make.finding(other, "kept")
    assert told(page) == ["In this week a year ago", "/en/promises/2?as_of=2025-11-23#finding-2"]
    with on(2026, 11, 22):
        assert len(page.get("/en/").query("main article .chip")) == 3
    with on(2026, 11, 22):
        assert not page.get("/en/?as_of=2026-11-21").query("#year-ago")


def test_the_first_page_still_asks_no_more_than_twelve_questions(
    make: Builders, page: Page, queries: Queries
) -> None:
    cycle = make.cycle("local", first_month="2025-09", last_month="2027-06", is_current=True)
    town = make.municipality("Tetovo", region="Polog")
    with on(2025, 11, 22):
        make.finding(make.promise(cycle=cycle, places=[town]), "stalled", place=town)
    with on(2026, 11, 22):
        page.get("/en/")
        page.app.extensions["front"].forget()
        with queries.at_most(12):
            assert page.get("/en/").query("#year-ago")


@given(st.dates(date(2001, 1, 1), date(2099, 12, 31)))
def test_every_day_has_one_a_year_before_and_lies_in_its_week_and_month(day: date) -> None:
    before = year_before(day)

    assert (before.year, before.month) == (day.year - 1, day.month)
    assert before.day == day.day or (day.month, day.day, before.day) == (2, 29, 28)
    for of in Span:
        first, last = span(before, of)
        assert first <= before <= last
