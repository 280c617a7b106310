"""What programs find by words and filters: the same as a visitor of the register does."""

import csv
import io
from datetime import UTC, date, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.promises.rules import PromiseState
from tests.builders import Builders
from tests.support.page import Page
from tests.support.queries import Queries
from tests.support.register import schools_and_roads

EVERYTHING = {
    "q": "ucilista",
    "topic": "roads",
    "party": "bridge-party",
    "region": "MK-POLOG",
    "rating": "broken",
}


@pytest.fixture
def cycle(make: Builders) -> Cycle:
    cycle = schools_and_roads(make)
    db.session.commit()
    return cycle


def found(page: Page, **asked: object) -> list[int]:
    return [row["number"] for row in page.get("api.promises", **asked).json]


@pytest.mark.parametrize("typed", ["ucilista", "učilišta", "УЧИЛИШТА"])
def test_words_find_promises_in_any_script_the_best_first(
    cycle: Cycle, page: Page, typed: str
) -> None:
    assert found(page, q=typed) == [3, 2, 1]


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({"topic": "education"}, [2, 3]),
        ({"party": "bridge-party"}, [1, 3]),
        ({"region": "MK-POLOG"}, [1, 2]),
        ({"rating": "broken"}, [1]),
        ({"rating": "kept"}, []),
        ({"q": "2"}, [2]),
        ({"q": ""}, [1, 2, 3]),
        ({"q": "ucilista", "party": "bridge-party"}, [3, 1]),
        (EVERYTHING, [1]),
    ],
)
def test_filters_leave_what_stands_under_each_of_them(
    cycle: Cycle, page: Page, asked: dict[str, str], numbers: list[int]
) -> None:
    assert found(page, **asked) == numbers
    rows = csv.DictReader(io.StringIO(page.get("api.promises", form="csv", **asked).source))
    assert [int(row["number"]) for row in rows] == numbers


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"topic": "moon"}, "“topic” takes one of: education, health, roads."),
        ({"topic": ""}, "“topic” takes one of: education, health, roads."),
        ({"party": "moon"}, "“party” takes one of: bridge-party, hill-party."),
        ({"region": "mk-polog"}, "“region” takes one of: MK-PELAGONIA, MK-POLOG."),
        ({"rating": "٣"}, "“rating” takes one of: kept, partly_kept,"),
        ({"q": "о" * 10_000}, "“q” takes at most 1000 characters."),
    ],
)
def test_what_no_filter_knows_is_refused_in_words(
    cycle: Cycle, page: Page, asked: dict[str, str], says: str
) -> None:
    assert says in page.get("api.promises", expect=400, **asked).json["detail"]


@pytest.mark.parametrize("typed", ["%", "'; --", "о" * 1_000, "٣", "«»", "\U0001f600"])
def test_no_words_are_too_odd_to_be_looked_for(cycle: Cycle, page: Page, typed: str) -> None:
    page.get("api.promises", q=typed)


def test_a_promise_that_is_not_published_is_not_found(
    cycle: Cycle, make: Builders, page: Page
) -> None:
    make.promise("Тајно училиште", cycle=cycle, state=PromiseState.CHECKED)
    db.session.commit()
    assert found(page, q="тајно") == []


def test_words_and_a_day_are_asked_together(make: Builders, page: Page) -> None:
    cycle = make.cycle("local", first_month="2026-09", last_month="2027-06")
    with clock.at(datetime(2026, 10, 5, 12, tzinfo=UTC)):
        promise = make.promise("A school", cycle=cycle)
        make.finding(promise, "kept", month=date(2026, 10, 1))
    with clock.at(datetime(2026, 11, 10, 12, tzinfo=UTC)):
        make.finding(promise, "broken", month=date(2026, 11, 1))
        make.promise("Another school", cycle=cycle)
        db.session.commit()
    with clock.at(datetime(2026, 11, 22, 12, tzinfo=UTC)):
        (then,) = page.get("api.promises", q="school", rating="kept", as_of="2026-10-31").json
        assert (then["number"], then["rating"]) == (1, "kept")
        assert found(page, q="school") == [1, 2]
        assert found(page, q="school", rating="kept") == []


def test_the_other_pages_are_of_the_same_question(make: Builders, page: Page) -> None:
    cycle = make.cycle("local", is_public=True)
    party, topic = make.party(code="hill"), make.topic(cycle=cycle, code="roads")
    source = make.source(cycle=cycle)
    for _ in range(101):
        make.promise("A road", cycle=cycle, party=party, topic=topic, source=source, indicators=0)
    db.session.commit()
    asked = {"cycle": "local", "q": "road", "topic": "roads", "party": "hill"}

    first = page.get("api.promises", **asked)
    beyond = page.get("api.promises", **asked, page="3")

    following = first.headers["Link"].partition('>; rel="next"')[0].rpartition("<")[2]
    assert parse_qs(urlsplit(following).query) == {
        name: [value] for name, value in {**asked, "page": "2"}.items()
    }
    assert len(page.get(following).json) == 1
    assert beyond.json == []
    assert 'page=2>; rel="prev"' in beyond.headers["Link"]


def test_every_filter_at_once_costs_a_bounded_number_of_queries(
    cycle: Cycle, page: Page, queries: Queries
) -> None:
    with queries.at_most(12):
        assert found(page, **EVERYTHING) == [1]
