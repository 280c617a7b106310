"""Where a day ends that a page is of: in the time zone of its cycle."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from mobilizer.core import clock
from mobilizer.cycles.models import Cycle
from mobilizer.scorecards import queries
from tests.builders import Builders
from tests.support.days import on
from tests.support.page import Page


@pytest.fixture
def cycle(make: Builders) -> Iterator[Cycle]:
    """A cycle in Skopje that began in September; the clock stands on the 22nd of November."""
    with on(2026, 11, 22):
        yield make.cycle("local", first_month="2026-09", last_month="2027-06")


def test_a_day_is_over_where_the_cycle_is(cycle: Cycle, make: Builders, page: Page) -> None:
    with clock.at(datetime(2026, 10, 31, 22, 59, tzinfo=UTC)):  # 23:59 in Skopje
        last = make.promise("The last of October.", cycle=cycle)
    with clock.at(datetime(2026, 10, 31, 23, 1, tzinfo=UTC)):  # November in Skopje
        first = make.promise("The first of November.", cycle=cycle)

    shown = page.get("/en/promises/?as_of=2026-10-31").source
    assert f"/promises/{last.number}?" in shown
    assert f"/promises/{first.number}?" not in shown


def test_a_promise_is_there_from_its_day_on_where_the_cycle_is(
    cycle: Cycle, make: Builders, page: Page
) -> None:
    with clock.at(datetime(2026, 10, 31, 23, 1, tzinfo=UTC)):  # November in Skopje
        number = make.promise(cycle=cycle).number
    page.get(f"/en/promises/{number}?as_of=2026-10-31", expect=400)
    page.get(f"/en/promises/{number}?as_of=2026-11-01")


def test_a_finding_of_a_later_day_is_not_told_where_its_words_are_looked_for(
    cycle: Cycle, make: Builders, page: Page
) -> None:
    """Words are looked for in all that is there by now; the page says so."""
    with on(2026, 10, 5):
        promise = make.promise("A park", cycle=cycle)
    make.finding(promise, content={"language": "en", "reason": "Lindens were planted."})

    assert "Lindens were planted" in page.get("/en/promises/?q=lindens")
    shown = page.get("/en/promises/?q=lindens&as_of=2026-10-31")
    assert "1 promise found" in shown
    assert "were planted" not in shown
    assert "In an earlier finding" not in shown


def test_scores_as_data_are_of_the_day_where_the_cycle_is(cycle: Cycle) -> None:
    with clock.at(datetime(2026, 11, 22, 23, 1, tzinfo=UTC)):
        assert queries.scores(cycle)[0]["as_of"] == "2026-11-23"


def test_a_finding_is_of_the_day_where_the_cycle_is(
    cycle: Cycle, make: Builders, page: Page
) -> None:
    with clock.at(datetime(2026, 10, 31, 22, 59, tzinfo=UTC)):  # 23:59 in Skopje
        last = make.finding(make.promise(cycle=cycle), "kept")
    with clock.at(datetime(2026, 10, 31, 23, 1, tzinfo=UTC)):  # November in Skopje
        first = make.finding(last.promise, "broken")

    for address in ("/en/findings", f"/en/promises/{last.promise.number}", "/en/"):
        shown = page.get(f"{address}?as_of=2026-10-31").source
        assert f"finding-{last.number}" in shown, address
        assert f"finding-{first.number}" not in shown, address


def test_before_a_cycle_begins_today_is_the_one_day_it_tells_of(
    cycle: Cycle, make: Builders, page: Page
) -> None:
    make.cycle("soon", first_month="2027-01", last_month="2027-06")
    page.get("/en/cycles/soon?as_of=2026-11-22")
    page.get("/en/cycles/soon?as_of=2026-11-21", expect=400)
    page.get("/en/cycles/soon?as_of=2026-11-23", expect=400)
