"""The public page of a promise: its deadline in days, its steps, its months, its places."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.findings.rules import public_content
from mobilizer.monitoring.rules.words import Answer, Stagnation, Step
from mobilizer.promises.models import PromiseChange
from mobilizer.promises.rules import Precision
from mobilizer.scorecards.rules.promise import (
    Due,
    When,
    due,
    kept_since,
    ladder,
    latest_by_place,
    monthly,
    reasons,
)
from mobilizer.scoring.rules import Rating
from tests.builders import Builders
from tests.support.page import Page, apart
from tests.support.queries import Queries

TODAY = date(2026, 11, 22)
KEPT, BROKEN = Rating.KEPT, Rating.BROKEN


@dataclass(frozen=True)
class Found:
    number: int
    month: date
    rating: Rating
    place_id: int = 1
    content: dict[str, Any] = field(default_factory=dict)
    imported_from: str = ""


def found(*ratings: str) -> list[Found]:
    """A finding a month from January on, the newest first."""
    months = [
        Found(at, date(2026, at, 1), Rating(rating)) for at, rating in enumerate(ratings, start=1)
    ]
    return months[::-1]


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    with clock.at(datetime(2026, 11, 22, 12, tzinfo=UTC)):
        yield


# --- days


@pytest.mark.parametrize(
    ("due_on", "rating", "stands"),
    [
        (date(2026, 10, 11), BROKEN, Due(When.LATE, 42)),
        (date(2026, 11, 21), Rating.PARTLY_KEPT, Due(When.LATE, 1)),
        (date(2026, 11, 22), Rating.IN_PROGRESS, Due(When.AHEAD, 0)),
        (date(2026, 12, 4), Rating.NOT_YET_RATED, Due(When.AHEAD, 12)),
        (date(2026, 11, 20), Rating.NOT_YET_RATED, Due(When.PASSED, 2)),
        (date(2026, 11, 20), Rating.CANNOT_BE_RATED, Due(When.PASSED, 2)),
        (date(2026, 11, 20), KEPT, None),
        (None, BROKEN, None),
    ],
)
def test_a_promise_is_so_many_days_from_its_deadline(
    due_on: date | None, rating: Rating, stands: Due | None
) -> None:
    assert due(due_on, rating, TODAY) == stands


def test_what_was_kept_late_was_so_for_at_least_the_days_to_the_month_of_keeping() -> None:
    assert due(date(2026, 9, 20), KEPT, TODAY, date(2026, 10, 1)) == Due(When.KEPT_LATE, 11)
    assert due(date(2026, 10, 1), KEPT, TODAY, date(2026, 10, 1)) is None


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.sampled_from(list(Rating)))
def test_days_are_never_negative_and_lead_back_to_the_deadline(day: date, rating: Rating) -> None:
    stands = due(day, rating, TODAY)
    if rating is KEPT:
        assert stands is None
    else:
        assert stands
        assert stands.days >= 0
        way = 1 if stands.when is When.AHEAD else -1
        assert TODAY + way * timedelta(days=stands.days) == day


@pytest.mark.parametrize(
    ("ratings", "since"),
    [
        (("in_progress", "kept", "kept"), date(2026, 2, 1)),
        (("kept", "kept"), None),
        (("kept", "broken", "kept"), date(2026, 3, 1)),
        (("in_progress", "kept", "stalled"), None),
        (("broken", "kept", "stalled", "kept"), date(2026, 4, 1)),
        (("cannot_be_rated", "kept"), None),
        (("in_progress", "cannot_be_rated", "kept"), date(2026, 2, 1)),
        ((), None),
    ],
)
def test_a_promise_is_kept_since_the_month_it_was_first_found_so(
    ratings: tuple[str, ...], since: date | None
) -> None:
    assert kept_since(found(*ratings)) == since


def test_a_promise_is_kept_as_a_whole_once_it_is_kept_everywhere() -> None:
    here, there = (
        [Found(1, date(2026, 1, 1), KEPT, 1), Found(4, date(2026, 4, 1), KEPT, 1)],
        [Found(2, date(2026, 2, 1), BROKEN, 2), Found(3, date(2026, 3, 1), KEPT, 2)],
    )
    assert kept_since([*here, *there]) == date(2026, 3, 1)


def test_where_nobody_looked_for_some_months_it_may_have_been_kept_in_the_first_of_them() -> None:
    """Of a party it is never said that it was later than it can be shown to have been."""
    before, after = Found(1, date(2026, 3, 1), BROKEN), Found(2, date(2026, 9, 1), KEPT)
    assert kept_since([after, before]) == date(2026, 4, 1)


def test_a_month_that_was_corrected_counts_as_it_stands() -> None:
    wrong, mended = Found(1, date(2026, 3, 1), BROKEN), Found(2, date(2026, 3, 1), KEPT)
    assert kept_since([Found(3, date(2026, 4, 1), KEPT), mended, wrong]) is None


def test_another_trackers_verdict_does_not_say_when_it_was_not_kept() -> None:
    taken_over = Found(1, date(2026, 8, 1), Rating.IN_PROGRESS, imported_from="Tracker")
    assert kept_since([Found(2, date(2026, 9, 1), KEPT), taken_over]) is None


# --- months and steps


def test_of_two_findings_about_a_month_the_later_stands() -> None:
    first, mended = Found(1, date(2026, 5, 1), KEPT), Found(2, date(2026, 5, 1), BROKEN)
    assert monthly([mended, first]) == {1: [mended]}
    assert latest_by_place([mended, first]) == [mended]


def test_months_stand_in_their_order_also_where_one_was_told_late() -> None:
    june, may = Found(1, date(2026, 6, 1), KEPT), Found(2, date(2026, 5, 1), BROKEN)
    assert monthly([june, may]) == {1: [may, june]}


def test_the_furthest_step_that_was_taken_is_the_current_one() -> None:
    told = Found(
        1, date(2026, 5, 1), KEPT,
        content={"answers": {"step_decision": "yes", "step_meetings": "yes", "step_plan": "no"}},
    )  # fmt: skip
    rungs = ladder(told)

    assert [rung.step for rung in rungs] == list(Step)
    assert [rung.step for rung in rungs if rung.is_current] == [Step.MEETINGS]
    assert [rung.answer for rung in rungs][:4] == [Answer.YES, None, Answer.YES, Answer.NO]


def test_a_finding_that_tells_of_no_steps_has_no_ladder() -> None:
    assert ladder(Found(1, date(2026, 5, 1), KEPT)) == []


def test_reasons_are_those_we_know_in_their_order() -> None:
    told = Found(
        1, date(2026, 5, 1), BROKEN, content={"answers": {"stagnation": ["stopped", "no_money"]}}
    )
    assert reasons(told) == [Stagnation.NO_MONEY, Stagnation.STOPPED]
    assert reasons(Found(1, date(2026, 5, 1), KEPT)) == []


# --- the page


def test_the_page_tells_days_late_steps_reasons_and_months(make: Builders, page: Page) -> None:
    tetovo, debar = make.municipality("Tetovo"), make.municipality("Debar")
    promise = make.promise(
        cycle=make.cycle(is_public=True), places=[tetovo, debar],
        due_on=date(2026, 10, 11), due_precision=Precision.DAY,
    )  # fmt: skip
    for month, rating, answers in (
        (9, "in_progress", {"step_decision": "yes"}),
        (10, "stalled", {"step_decision": "yes", "step_plan": "yes", "stagnation": ["no_money"]}),
    ):
        content = public_content(kind="full", language="en", answers=answers, evidence=[])
        make.finding(promise, rating, place=tetovo, month=date(2026, month, 1), content=content)

    shown = page.get("scorecards.promise", lang="en", number=promise.number)

    assert "42 days late" in shown
    assert "Why it stands still: No money in the budget" in shown
    assert [one.split() for one in shown.texts("[aria-current=step]")] == [["Plan", "Yes"]]
    assert [link.attrs["href"] for link in shown.query(".strip a")] == ["#finding-1", "#finding-2"]
    assert len(shown.query("#finding-1")) == 1
    assert "Debar Not yet rated" in " ".join(shown.texts(".places")[0].split())


def test_a_promise_without_a_deadline_is_neither_late_nor_due(make: Builders, page: Page) -> None:
    promise = make.promise(cycle=make.cycle(is_public=True))
    make.finding(promise, "broken")

    shown = page.get("scorecards.promise", lang="en", number=promise.number)

    assert "late" not in shown.text.split("What")[0]
    assert "due in" not in shown


def test_what_was_changed_is_told_by_the_day_where_the_cycle_is(make: Builders, page: Page) -> None:
    """As the day is by which the page leaves out what came later."""
    promise = make.promise(cycle=make.cycle(time_zone="Asia/Tokyo"))
    promise.published_at = datetime(2026, 10, 1, tzinfo=UTC)
    db.session.add(
        PromiseChange(
            promise=promise, by_id=make.coordinator().id, field="institution", after="A ministry",
            changed_at=datetime(2026, 10, 31, 16, tzinfo=UTC),  # November in Tokyo
        )
    )  # fmt: skip
    db.session.flush()

    shown = page.get("scorecards.promise", lang="en", number=promise.number)

    (told,) = [one for one in shown.query("main li time") if "2026-1" in one.attrs["datetime"]]
    assert (told.attrs["datetime"], told.to_text()) == ("2026-11-01", "1 November 2026")


def test_a_promise_costs_no_more_than_twelve_looks_however_much_was_found(
    app: Flask, make: Builders, queries: Queries
) -> None:
    cycle = make.cycle(is_public=True)
    places = [make.municipality(f"Place {at}") for at in range(6)]
    promise = make.promise(cycle=cycle, places=places, indicators=3)
    for at in range(24):
        make.finding(promise, place=places[at % 6], month=date(2026, at % 11 + 1, 1))
    number = promise.number
    db.session.commit()
    app.extensions["front"].forget()
    client = app.test_client(use_cookies=False)

    with queries.at_most(12):
        assert apart(lambda: client.get(f"/en/promises/{number}")).status_code == 200


def test_a_finding_in_another_language_says_in_which(make: Builders, page: Page) -> None:
    cycle = make.cycle(is_public=True)
    promise = make.promise(cycle=cycle)
    content = {"language": "sq", "kind": "full", "reason": "Puna ka filluar."}
    make.finding(promise, "in_progress", month=date(2026, 10, 1), content=content)
    for lang, told in (("en", ["(in Albanian)"]), ("mk", ["(на албански)"]), ("sq", [])):
        shown = page.get("scorecards.promise", lang=lang, number=promise.number)
        assert shown.texts("article p.foreign") == told
        assert shown.texts("article [lang=sq]") == ["Puna ka filluar."]
