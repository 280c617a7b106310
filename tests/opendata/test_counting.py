"""Scores counted again, from listings and findings alone."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mobilizer.opendata.rules.counting import Ground, Listing, Reading, counted, days_of
from mobilizer.scoring.rules import Counts, Rating
from tests.opendata import small
from tests.support.board import Board, Listed

FIRST = date(2026, 1, 1)
PLACES = {"MK-1": "R1", "MK-2": "R1", "MK-3": "R2", "R1": "R1", "R2": "R2"}
GROUND = Ground("c", 5, ("a", "b"), ("R1", "R2"), frozenset({"MK-1", "MK-2", "MK-3"}), PLACES)
days = st.integers(0, 20).map(lambda number: FIRST + timedelta(number))
found = st.sampled_from([rating for rating in Rating if rating is not Rating.NOT_YET_RATED])


@st.composite
def cycles(draw: st.DrawFn) -> tuple[list[Listing], list[Reading]]:
    """Some promises, and findings about them in the order of their days."""
    numbers = range(1, draw(st.integers(1, 6)) + 1)
    listings = [
        Listing(
            number, draw(days), draw(st.sampled_from("ab")), draw(st.sampled_from("xy")),
            frozenset(draw(st.sets(st.sampled_from(["MK", *PLACES]), min_size=1))),
            draw(st.sampled_from([Rating.NOT_YET_RATED, Rating.CANNOT_BE_RATED])),
        )
        for number in numbers
    ]  # fmt: skip
    told = draw(st.lists(st.tuples(
        st.sampled_from(listings), st.sampled_from(["MK", *PLACES]), days, found,
        st.sampled_from([date(2026, 1, 1), date(2026, 2, 1)])), max_size=12))  # fmt: skip
    dated = sorted(told, key=lambda one: max(one[0].since, one[2]))
    readings = [
        Reading(at, one.promise, place, month, rating, max(one.since, day))
        for at, (one, place, day, rating, month) in enumerate(dated, start=1)
    ]
    return listings, readings


@given(cycles(), days)
def test_it_comes_to_what_the_site_counts(
    cycle: tuple[list[Listing], list[Reading]], day: date
) -> None:
    listings, readings = cycle
    told = {key[1:]: row for key, row in counted(GROUND, listings, readings, [day])}

    ids = {code: at for at, code in enumerate(["MK", *PLACES, "a", "b", "x", "y"])}
    latest: dict[tuple[int, int], Reading] = {}
    for one in readings:
        key = (one.promise, ids[one.place])
        known = latest.get(key)
        if one.published_on <= day and (not known or one.month >= known.month):
            latest[key] = one
    board = Board(
        tuple(
            Listed(one.promise, ids[one.topic], ids[one.party],
                   frozenset(ids[place] for place in one.places), one.unread)
            for one in listings if one.since <= day
        ),
        {key: one.rating for key, one in latest.items()},
    )  # fmt: skip
    assert _counts(told["cycle", "c"]) == board.overall
    for topic in "ab":
        assert _counts(told["topic", topic]) == board.by_topic.get(ids[topic], Counts())
    assert {key for by, key in told if by == "party"} == {
        code for code in "xy" if ids[code] in board.by_party
    }
    for region in ("R1", "R2"):
        inside = [ids[place] for place, lies_in in PLACES.items() if lies_in == region]
        assert _counts(told["region", region]) == board.within(inside)
    for place in GROUND.municipalities:
        here = told.get(("municipality", place))
        assert (_counts(here) if here else None) == board.by_place.get(ids[place])


def _counts(row: dict[str, int]) -> Counts:
    return Counts(**{rating.value: row[rating.value] for rating in Rating})


def test_a_score_is_what_it_was_on_its_day() -> None:
    told = {
        (row["as_of"].isoformat(), row["by"], row["key"]): row for row in small.scores(small.rows())
    }

    january, february, today = (
        told[day, "cycle", "spring"] for day in ("2026-01-31", "2026-02-28", "2026-03-15")
    )
    assert (january["numerator"], january["denominator"], january["percent"]) == (1, 1, 100)
    assert (february["numerator"], february["denominator"], february["percent"]) == (1.5, 2, 75)
    assert (today["numerator"], today["percent"], today["broken"]) == (0.5, 25, 1)
    assert told["2026-01-31", "region", "MK005"]["kept"] == 1
    assert told["2026-03-15", "municipality", "MK-101"]["broken"] == 1


def test_a_promise_counts_where_it_was_listed_on_that_day() -> None:
    there = [
        Listing(1, FIRST, "a", "x", frozenset({"MK-1"}), Rating.NOT_YET_RATED),
        Listing(1, FIRST + timedelta(5), "b", "x", frozenset({"MK-3"}), Rating.NOT_YET_RATED),
    ]
    on = [FIRST, FIRST + timedelta(5)]
    told = {key: row["promises"] for key, row in counted(GROUND, there, [], on)}

    assert (told[on[0], "topic", "a"], told[on[0], "topic", "b"]) == (1, 0)
    assert (told[on[1], "topic", "a"], told[on[1], "topic", "b"]) == (0, 1)
    assert (told[on[0], "region", "R1"], told[on[1], "region", "R1"]) == (1, 0)


def test_the_days_are_the_ends_of_the_months_that_are_over_and_today() -> None:
    assert days_of(date(2026, 1, 9), date(2026, 12, 1), date(2026, 3, 15)) == (
        date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 15),
    )  # fmt: skip
    assert days_of(date(2026, 1, 9), date(2026, 1, 1), date(2026, 3, 15)) == (
        date(2026, 1, 31), date(2026, 3, 15),
    )  # fmt: skip
    assert days_of(date(2026, 1, 9), date(2026, 2, 1), date(2026, 1, 31)) == (date(2026, 1, 31),)
    assert days_of(None, date(2026, 2, 1), date(2026, 1, 31)) == (date(2026, 1, 31),)
