"""What the API says as of an earlier day, and of each month that is over."""

from collections.abc import Iterator
from datetime import date

import pytest

from mobilizer.cycles.models import Cycle
from tests.builders import Builders
from tests.support.days import on
from tests.support.page import Page


@pytest.fixture
def cycle(make: Builders) -> Iterator[Cycle]:
    """A promise that was kept in October and broken in November, and one that came then."""
    cycle: Cycle = make.cycle("local", first_month="2026-09", last_month="2027-06")
    with on(2026, 10, 5):
        promise = make.promise(cycle=cycle)
        make.finding(promise, "kept", month=date(2026, 10, 1))
    with on(2026, 11, 10):
        make.finding(promise, "broken", month=date(2026, 11, 1))
        make.promise(cycle=cycle)
    with on(2026, 11, 22):
        yield cycle


def test_lists_tell_what_was_published_by_the_end_of_a_day(cycle: Cycle, page: Page) -> None:
    (promise,) = page.get("/api/v1/promises?as_of=2026-10-31").json
    (finding,) = page.get("/api/v1/findings?as_of=2026-10-31").json
    whole = page.get("/api/v1/promises/1?as_of=2026-10-31").json

    assert promise["rating"] == finding["rating"] == whole["rating"] == "kept"
    assert [one["number"] for one in whole["findings"]] == [1]
    assert len(page.get("/api/v1/promises").json) == len(page.get("/api/v1/findings").json) == 2
    assert page.get("/api/v1/promises/1").json["rating"] == "broken"


def test_the_other_pages_of_a_list_are_of_the_same_day(cycle: Cycle, page: Page) -> None:
    link = page.get("/api/v1/findings?as_of=2026-10-31").headers["Link"]
    assert "as_of=2026-10-31" in link


@pytest.mark.parametrize("address", ["scores", "promises", "findings", "promises/1"])
def test_an_empty_day_is_today_as_on_the_pages(cycle: Cycle, page: Page, address: str) -> None:
    today = page.get(f"/api/v1/{address}")
    asked = page.get(f"/api/v1/{address}?as_of=")
    assert asked.json == today.json
    assert asked.headers.get("Link") == today.headers.get("Link")


@pytest.mark.parametrize("name", ["promises", "findings"])
def test_beside_an_empty_field_the_day_stays_in_the_links(
    cycle: Cycle, page: Page, name: str
) -> None:
    one, other = (page.get(f"/api/v1/{name}?{asked}as_of=2026-10-31") for asked in ("", "as_of=&"))
    assert one.headers["Link"] == other.headers["Link"]
    assert "as_of=2026-10-31" in one.headers["Link"]


@pytest.mark.parametrize("address", ["scores", "promises", "findings", "promises/1"])
@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("as_of=2026-11-23", "This day has not come yet. Today is 22 November 2026."),
        ("as_of=2026-08-31", "Choose that day or a later one."),
        ("as_of=2026-02-31", "There is no such day in the calendar."),
        ("as_of=soon", "Write the day as year, month and day, such as 2026-10-31."),
        ("as_of=+", "Write the day as year, month and day, such as 2026-10-31."),
        ("as_of=2026-10-31&as_of=2026-10-31", "There are two days here. Choose one."),
    ],
)
def test_what_is_no_such_day_is_a_problem_told_in_words(
    cycle: Cycle, page: Page, address: str, asked: str, says: str
) -> None:
    answer = page.get(f"/api/v1/{address}?{asked}", expect=400)

    assert says in answer.json["detail"]


def test_each_month_that_is_over_has_its_release(cycle: Cycle, page: Page) -> None:
    (first,) = page.get("/api/v1/findings?as_of=2026-10-31").json
    (october,) = page.get("/api/v1/releases?cycle=local").json
    (score,) = page.get("/api/v1/scores?cycle=local&as_of=2026-10-31").json

    assert (october["month"], october["as_of"]) == ("2026-10-01", "2026-10-31")
    assert (october["last_finding"], october["hash"]) == (1, first["hash"])
    same = ("score", "counts", "promises", "rated", "as_of", "methodology")
    assert {name: october[name] for name in same} == {name: score[name] for name in same}
    assert "score.numerator" in page.get("/api/v1/releases.csv?cycle=local").source
