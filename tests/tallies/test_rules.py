"""What stands where on which days, by hand: a promise that moves, findings old and new."""

from datetime import date, timedelta

from mobilizer.scoring.rules import Rating
from mobilizer.tallies.rules import COLUMNS, Found, Kind, Period, Span, Sum, listed, spans, tallied
from mobilizer.tallies.rules.beside import Sums, counted, label
from mobilizer.tallies.rules.found import About, between, newest, upto

DAY = date(2026, 11, 1)
CYCLE, TOPIC, OTHER, PARTY, TOWN, REGION = 1, 2, 3, 4, 5, 6
REGIONS = {TOWN: REGION, REGION: REGION}


def on(days: int) -> date:
    return DAY + timedelta(days=days)


def period(days: int, topic: int = TOPIC) -> Period:
    return Period(on(days), topic, PARTY, (TOWN,), Rating.NOT_YET_RATED)


def found(days: int, number: int, rating: Rating, months: int = 0, *why: str) -> Found:
    return Found(on(days), TOWN, date(2026, 10 + months, 1), number, rating, why)


def stands(periods: list[Period], *some: Found) -> list[Span]:
    return spans(CYCLE, periods, some, REGIONS)


def whole(periods: list[Period], *some: Found) -> list[tuple[date, date | None, Rating | None]]:
    """The headline of a promise, from day to day."""
    return [one[2:] for one in stands(periods, *some) if one.kind is Kind.CYCLE]


def topics(periods: list[Period], *some: Found) -> dict[int, list[tuple[date, str, int]]]:
    """What each topic has of each rating, from which day on, but for nothing."""
    sums = Sum(REGIONS)
    sums.add(stands(periods, *some))
    return {
        key: [
            (row.since, name, number)
            for row in tallied((), days)
            for name, number in zip(COLUMNS, row.numbers, strict=True)
            if number
        ]
        for (kind, key), days in sums.changes.items()
        if kind is Kind.TOPIC
    }


def test_no_day_has_two_listings_and_none_says_what_the_one_before_says() -> None:
    assert listed([], period(0)) == [period(0)]
    assert listed([period(0)], period(0, OTHER)) == [period(0, OTHER)]
    assert listed([period(0)], period(3)) == [period(0)]
    assert listed([period(0), period(3, OTHER)], period(3)) == [period(0)]
    assert listed([period(0)], period(3, OTHER)) == [period(0), period(3, OTHER)]


def test_what_was_found_before_a_promise_counted_holds_from_its_first_day() -> None:
    assert whole([period(5)], found(0, 1, Rating.KEPT)) == [(on(5), None, Rating.KEPT)]
    sums = Sums(REGIONS)
    sums.add(CYCLE, [period(5)], [found(0, 1, Rating.STALLED, 0, "no_money")])
    rows = counted((), sums.added[Kind.CYCLE, CYCLE, "no_money"])
    assert [(row.since, row.number) for row in rows] == [(on(5), 1)]


def test_a_later_month_outranks_a_later_finding() -> None:
    some = (
        found(1, 1, Rating.KEPT, 1),
        found(2, 2, Rating.BROKEN, 0),
        found(3, 3, Rating.STALLED, 1),
    )
    assert whole([period(0)], *some) == [
        (on(0), on(1), Rating.NOT_YET_RATED),
        (on(1), on(3), Rating.KEPT),
        (on(3), None, Rating.STALLED),
    ]


def test_a_promise_that_moves_counts_under_each_topic_while_it_stands_there() -> None:
    moved = [period(0), period(4, OTHER)]
    assert topics(moved, found(2, 1, Rating.KEPT)) == {
        TOPIC: [
            (on(0), "not_yet_rated", 1),
            (on(0), "listed", 1),
            (on(2), "kept", 1),
            (on(2), "listed", 1),
        ],
        OTHER: [(on(4), "kept", 1), (on(4), "listed", 1)],
    }


def test_a_reason_that_ended_before_the_promise_moved_is_none_of_the_other_topic() -> None:
    stalled, kept = found(1, 1, Rating.STALLED, 0, "no_money"), found(2, 2, Rating.KEPT)
    sums = Sums(REGIONS)
    sums.add(CYCLE, [period(0), period(4, OTHER)], [stalled, kept])
    assert (Kind.TOPIC, OTHER, "no_money") not in sums.added
    assert sums.added[Kind.TOPIC, TOPIC, "no_money"] == {on(1): 1, on(2): -1}


def test_the_reasons_are_those_of_the_latest_month_not_of_the_latest_finding() -> None:
    later, earlier = (
        found(1, 1, Rating.STALLED, 1, "stopped"),
        found(2, 2, Rating.STALLED, 0, "no_money"),
    )
    sums = Sums(REGIONS)
    sums.add(CYCLE, [period(0)], [later, earlier])
    assert (Kind.CYCLE, CYCLE, "no_money") not in sums.added
    rows = counted((), sums.added[Kind.REGION, REGION, "stopped"])
    assert {(row.since, row.until): row.number for row in rows}[rows[-1].since, None] == 1


def test_a_month_is_reported_since_the_first_finding_about_it() -> None:
    first, again = found(1, 1, Rating.KEPT), found(3, 2, Rating.KEPT)
    sums = Sums(REGIONS)
    sums.add(CYCLE, [period(0)], [again, first])
    for kind, key in ((Kind.CYCLE, CYCLE), (Kind.PLACE, TOWN), (Kind.REGION, REGION)):
        assert sums.added[kind, key, label(first.month)] == {on(1): 1}


def test_findings_are_about_what_a_promise_counts_for_now() -> None:
    about = About(REGIONS)
    about.add(CYCLE, [period(0), period(4, OTHER)], [found(1, 7, Rating.KEPT)])
    assert set(about.turns) == {
        ((kind, key), 0)
        for kind, key in (
            (Kind.CYCLE, CYCLE),
            (Kind.TOPIC, OTHER),
            (Kind.PARTY, PARTY),
            (Kind.REGION, REGION),
        )
    }


def test_below_a_number_stand_those_before_it_alone() -> None:
    assert newest({0: [0b1110]}, 9, 3) == [2, 1]


def test_up_to_a_number_and_between_two_the_last_is_one_of_them_and_the_first_is_not() -> None:
    assert upto(0b11110, 3) == 0b1110
    assert between(0b11110, 1, 3) == (2, 2, 3)


def test_of_a_whole_promise_a_month_is_reported_since_the_first_finding_in_any_place() -> None:
    late, early = found(3, 2, Rating.KEPT), found(1, 1, Rating.KEPT)._replace(place_id=REGION)
    sums = Sums(REGIONS)
    sums.add(CYCLE, [period(0)], [late, early])
    assert sums.added[Kind.CYCLE, CYCLE, label(late.month)] == {on(1): 1}
    assert sums.added[Kind.REGION, REGION, label(late.month)] == {on(1): 1, on(3): 1}
