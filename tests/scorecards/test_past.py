"""What a score was before, and what moved since: pure, and the same as the board says."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilizer.core import clock
from mobilizer.scorecards import queries as scorecards
from mobilizer.scorecards.queries.news import Subject
from mobilizer.scorecards.rules import About
from mobilizer.scorecards.rules.coverage import Coverage
from mobilizer.scorecards.rules.line import LEFT, RIGHT, height_of, line
from mobilizer.scorecards.rules.past import (
    LONGEST,
    Direction,
    Move,
    last_month_end,
    told_days,
)
from mobilizer.scorecards.rules.places import within
from mobilizer.scoring.rules import LADDER, Counts, Rating, headline
from tests.builders import Builders
from tests.support.queries import Queries

MARCH, NOVEMBER = date(2026, 3, 1), date(2026, 11, 1)
AS_OF = date(2026, 11, 20)


# --- which days are told


def test_a_history_tells_month_ends_and_then_the_day_it_is_told_as_of() -> None:
    assert told_days(date(2026, 9, 1), NOVEMBER, AS_OF) == (
        date(2026, 9, 30),
        date(2026, 10, 31),
        AS_OF,
    )


def test_before_the_cycle_there_is_only_the_day_itself() -> None:
    assert told_days(date(2027, 1, 1), date(2027, 6, 1), AS_OF) == (AS_OF,)


def test_after_the_cycle_its_months_are_told_and_the_day() -> None:
    assert told_days(MARCH, date(2026, 4, 1), AS_OF)[:2] == (date(2026, 3, 31), date(2026, 4, 30))
    assert len(told_days(MARCH, date(2026, 4, 1), AS_OF)) == 3


@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.dates(date(2000, 1, 1), date(2060, 1, 1)))
def test_days_are_told_in_order_once_each_and_no_more_than_a_year(first: date, as_of: date) -> None:
    days = told_days(first.replace(day=1), date(2059, 12, 1), as_of)

    assert days[-1] == as_of
    assert list(days) == sorted(set(days))
    assert len(days) <= LONGEST
    assert all((day + timedelta(days=1)).day == 1 for day in days[:-1])


# --- what moved


@pytest.mark.parametrize(
    ("before", "now", "way"),
    [
        ("partly_kept", "kept", Direction.UP),
        ("not_started", "in_progress", Direction.UP),
        ("stalled", "not_started", Direction.UP),
        ("not_started", "stalled", Direction.DOWN),
        ("in_progress", "stalled", Direction.DOWN),
        ("kept", "broken", Direction.DOWN),
        ("not_yet_rated", "broken", Direction.FIRST),
        ("not_yet_rated", "cannot_be_rated", Direction.FIRST),
        ("kept", "cannot_be_rated", Direction.OTHER),
        ("cannot_be_rated", "kept", Direction.OTHER),
    ],
)
def test_up_is_towards_kept_and_what_is_not_rated_stands_on_no_rung(
    before: str, now: str, way: Direction
) -> None:
    assert Move((1, None), Rating(before), Rating(now)).direction is way


@pytest.mark.parametrize(("one", "other"), list(combinations(LADDER[:4], 2)))
def test_of_two_ratings_down_is_the_one_that_wins_a_tie(one: Rating, other: Rating) -> None:
    graver = headline([one, other])
    (lighter,) = {one, other} - {graver}

    assert Move((1, None), lighter, graver).direction is Direction.DOWN
    assert Move((1, None), graver, lighter).direction is Direction.UP


def test_what_moved_is_what_is_rated_otherwise_and_nothing_else(make: Builders) -> None:
    with clock.at(datetime(2026, 10, 20, tzinfo=UTC)):
        cycle = make.cycle()
        up, same = make.promise(cycle=cycle), make.promise(cycle=cycle)
        make.finding(up, "broken")
        make.finding(same, "stalled")
    with clock.at(datetime(2026, 11, 10, tzinfo=UTC)):
        make.finding(up, "kept")
        make.finding(same, "stalled")
        first = make.promise(cycle=cycle)
        make.finding(first, "kept")
        make.promise(cycle=cycle)  # Of which nothing was found: it did not move.

    moved = scorecards.moved(Subject(About.ALL, cycle), date(2026, 10, 31), AS_OF, most=5)

    assert {way: [promise for _, promise in one.named] for way, one in moved.items()} == {
        Direction.UP: [up],
        Direction.FIRST: [first],
    }


def test_those_that_moved_furthest_are_named_and_all_are_counted(make: Builders) -> None:
    far, near = ("broken", "kept"), ("stalled", "in_progress")
    stories = (near, far, far, far, ("in_progress", "partly_kept"), ("kept", "broken"))
    with clock.at(datetime(2026, 10, 20, tzinfo=UTC)):
        cycle = make.cycle()
        promises = [make.promise(cycle=cycle) for _ in stories]
        for promise, (before, _) in zip(promises, stories, strict=True):
            make.finding(promise, before)
    with clock.at(datetime(2026, 11, 10, tzinfo=UTC)):
        for promise, (_, now) in zip(promises, stories, strict=True):
            make.finding(promise, now)

    moved = scorecards.moved(Subject(About.ALL, cycle), date(2026, 10, 31), AS_OF, most=2)

    assert list(moved) == [Direction.UP, Direction.DOWN]
    up = moved[Direction.UP]
    assert ([promise for _, promise in up.named], up.number) == (promises[1:3], 5)


# --- the line


def test_a_month_without_a_score_is_a_gap_and_not_nought() -> None:
    drawn = line([None, 10, None, 20, 30])

    assert [point.percent for point in drawn.points] == [10, 20, 30]
    assert [(one.percent, other.percent) for one, other in drawn.joined] == [(20, 30)]
    assert [point.percent for point in drawn.alone] == [10]
    assert len(drawn.gaps) == 3


def test_a_line_goes_from_the_left_to_the_right() -> None:
    assert [point.x for point in line([10, 20, 30]).points] == [LEFT, 51.0, 100 - RIGHT]
    assert [point.x for point in line([10]).points] == [LEFT]


@given(st.lists(st.one_of(st.none(), st.integers(0, 100)), min_size=1, max_size=12))
def test_a_line_stays_in_its_frame_and_higher_is_more(values: list[int | None]) -> None:
    drawn = line(values)

    assert all(0 <= point.x <= 100 and 0 <= point.y <= 100 for point in drawn.points)
    assert all(height_of(p.percent) == p.y for p in drawn.points)
    assert [point.x for point in drawn.points] == sorted({point.x for point in drawn.points})
    assert height_of(100) < height_of(50) < height_of(0)


# --- what is beside it


def test_a_promise_in_several_places_of_a_region_gets_one_rating_there(make: Builders) -> None:
    tetovo, gostivar = make.municipality("Tetovo"), make.municipality("Gostivar")
    promise = make.promise(places=[tetovo, gostivar])
    make.finding(promise, "kept", place=tetovo)
    make.finding(promise, "broken", place=gostivar)
    region = Subject(About.REGION, promise.cycle, make.region("Polog"))

    found = scorecards.ratings_under(region, [promise], None)

    assert found == {promise.id: Rating.PARTLY_KEPT}


@pytest.mark.parametrize(
    ("found", "told", "told_for_good"),
    [
        (Coverage(0, 0, is_wider=False), "", ""),
        (Coverage(0, 0, is_wider=True), "What was found is about a", "What was found is about a"),
        (Coverage(0, 3, is_wider=False), "Nothing was found in any", "Nothing was found in any"),
        (Coverage(0, 3, is_wider=True), "What was found is about a", "What was found is about a"),
        (Coverage(2, 3, is_wider=True), "%(num)s of %(of)s", "%(num)s municipality was"),
        (Coverage(3, 3, is_wider=True), "The one municipality here", "%(num)s municipality was"),
        (Coverage(0, 1, is_wider=False, is_one=True), "Nothing was found in this", None),
        (Coverage(1, 1, is_wider=False, is_one=True), "This municipality is", None),
        # A city that is made of others, and was looked at as a whole.
        (Coverage(0, 3, is_wider=True, is_one=True), "This municipality is", None),
    ],
)
def test_beside_a_score_stands_where_somebody_looked(
    found: Coverage, told: str, told_for_good: str | None
) -> None:
    assert (found.told.one if found.told else "").startswith(told)
    assert bool(found.told) is bool(told)
    if told_for_good is not None:
        says = found.told_for_good
        assert (says.one if says else "").startswith(told_for_good)
        assert bool(says) is bool(told_for_good)


def test_coverage_counts_municipalities_in_which_something_was_found(make: Builders) -> None:
    tetovo, gostivar = make.municipality("Tetovo"), make.municipality("Gostivar")
    promise = make.promise(places=[tetovo, gostivar])
    make.finding(promise, "kept", place=tetovo)
    make.finding(promise, "kept", place=make.municipality("Debar", region="Southwest"))
    everything, today = Subject(About.ALL, promise.cycle), clock.today(promise.cycle.time_zone)

    found = scorecards.coverage(everything, [tetovo, gostivar], today)

    assert found == Coverage(monitored=1, of=2, is_wider=True)


def test_what_lies_in_a_place_lies_in_it_however_deep() -> None:
    places = [(1, None, "country"), (2, 1, "region"), (3, 2, "municipality")]
    tree = [*places, (4, 3, "municipality"), (5, 1, "region")]
    assert within(2, tree) == {2, 3, 4}


# --- the same as the board


def history(subject: Subject, days: Sequence[date]) -> tuple[Counts, ...]:
    return tuple(one.counts for one in scorecards.history(subject, days))


def test_history_is_what_the_board_said_on_each_of_its_days(make: Builders) -> None:
    with clock.at(datetime(2026, 5, 2, tzinfo=UTC)):
        cycle = make.cycle(first_month="2026-05", last_month="2026-12", code="past")
        tetovo, debar = make.municipality("Tetovo"), make.municipality("Debar")
        topic, party = make.topic("health", cycle=cycle), make.party()
        promises = [
            make.promise(cycle=cycle, topic=topic, party=party, places=[tetovo, debar])
            for _ in range(3)
        ]
    other = None
    for at, (month, rating, place) in enumerate(
        [
            (5, "kept", tetovo), (6, "broken", debar), (5, "stalled", tetovo), (7, "kept", debar),
            (8, "partly_kept", tetovo), (6, "in_progress", tetovo), (9, "kept", tetovo),
        ]
    ):  # fmt: skip
        with clock.at(datetime(2026, 6 + at // 2, 3 + at, tzinfo=UTC)):
            make.finding(promises[at % 3], rating, place=place, month=date(2026, month, 1))
            other = other or make.promise(cycle=cycle, topic=make.topic("roads", cycle=cycle))
    days = told_days(cycle.first_month, cycle.last_month, date(2026, 10, 15))
    region = make.region("Polog")

    def on(day: date) -> scorecards.Board:
        return scorecards.board(cycle, day)

    everything = history(Subject(About.ALL, cycle), days)
    assert everything == tuple(on(day).overall for day in days)
    assert len(set(everything)) > 3, "too little happens for this to tell anything"
    assert history(Subject(About.TOPIC, cycle, topic), days) == tuple(
        on(day).by_topic.get(topic.id, Counts()) for day in days
    )
    assert history(Subject(About.PARTY, cycle, party), days) == tuple(
        on(day).by_party.get(party.id, Counts()) for day in days
    )
    assert history(Subject(About.REGION, cycle, region), days) == tuple(
        on(day).by_region.get(region.id, Counts()) for day in days
    )
    assert history(Subject(About.MUNICIPALITY, cycle, tetovo), days) == tuple(
        on(day).by_place.get(tetovo.id, Counts()) for day in days
    )


def test_a_history_of_a_year_costs_one_look(make: Builders, queries: Queries) -> None:
    cycle = make.cycle()
    for _ in range(3):
        make.finding(make.promise(cycle=cycle))
    days = [last_month_end(date(2026, month, 1)) for month in range(1, 13)]
    subject = Subject(About.ALL, cycle)
    history(subject, days)  # The tallies have followed what was made.

    with queries.at_most(1):
        history(subject, days)
