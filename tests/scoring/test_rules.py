"""The published method of scoring, rule by rule."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilizer.scoring.rules import (
    METHODOLOGY,
    POINTS,
    Counts,
    Rating,
    Score,
    as_number,
    change,
    headline,
    percent,
    score,
)

R = Rating
RATED = list(POINTS)
NOUGHTS = [R.BROKEN, R.STALLED, R.NOT_STARTED, R.IN_PROGRESS]  # the graver first

ratings = st.lists(st.sampled_from(Rating))
counted = st.builds(Counts, **{rating.value: st.integers(0, 400) for rating in Rating})


# --- words


def test_codes_stand_in_the_order_that_is_the_same_everywhere():
    assert [rating.value for rating in Rating] == [
        "kept",
        "partly_kept",
        "in_progress",
        "stalled",
        "not_started",
        "broken",
        "cannot_be_rated",
        "not_yet_rated",
    ]


def test_each_rating_has_a_label_a_class_and_a_glyph_of_its_own():
    for tell in ("label", "css", "glyph"):
        assert len({getattr(rating, tell) for rating in Rating}) == len(Rating)
    assert all(len(rating.glyph) == 1 for rating in Rating)


def test_the_classes_are_those_of_the_stylesheet():
    assert [rating.css for rating in Rating] == [
        "kept",
        "partly",
        "progress",
        "stalled",
        "unstarted",
        "broken",
        "unratable",
        "unrated",
    ]


def test_kept_is_one_point_partly_kept_a_half_and_the_two_dashes_are_not_rated():
    assert {rating.value: worth for rating, worth in POINTS.items()} == {
        "kept": 1,
        "partly_kept": Fraction(1, 2),
        "in_progress": 0,
        "stalled": 0,
        "not_started": 0,
        "broken": 0,
    }
    assert [rating for rating in Rating if not rating.counts] == [
        R.CANNOT_BE_RATED,
        R.NOT_YET_RATED,
    ]


def test_the_version_of_the_method_is_told():
    assert METHODOLOGY == "1.0"


# --- rule 2, the headline


@pytest.mark.parametrize("rating", Rating)
@pytest.mark.parametrize("places", [1, 2, 5])
def test_readings_that_agree_are_the_headline(rating, places):
    assert headline([rating] * places) is rating


def test_a_promise_without_a_reading_is_not_yet_rated():
    assert headline([]) is R.NOT_YET_RATED


@pytest.mark.parametrize("good", [R.KEPT, R.PARTLY_KEPT])
@pytest.mark.parametrize("other", [*NOUGHTS, R.CANNOT_BE_RATED])
def test_kept_somewhere_is_partly_kept_however_often_it_is_not(good, other):
    assert headline([good, other]) is R.PARTLY_KEPT
    assert headline([other, good, other, other]) is R.PARTLY_KEPT


def test_kept_here_and_partly_kept_there_is_partly_kept():
    assert headline([R.KEPT, R.KEPT, R.PARTLY_KEPT]) is R.PARTLY_KEPT


@pytest.mark.parametrize("often", [*NOUGHTS, R.CANNOT_BE_RATED])
@pytest.mark.parametrize("seldom", [*NOUGHTS, R.CANNOT_BE_RATED])
def test_without_anything_kept_the_most_frequent_wins(often, seldom):
    assert headline([seldom, often, often]) is often


@pytest.mark.parametrize(
    ("graver", "lighter"), list(combinations([*NOUGHTS, R.CANNOT_BE_RATED], 2))
)
def test_a_tie_goes_to_the_graver_and_cannot_be_rated_loses_every_tie(graver, lighter):
    assert headline([lighter, graver]) is graver
    assert headline([graver, lighter, lighter, graver]) is graver


def test_a_tie_of_all_is_broken():
    assert headline([*reversed(NOUGHTS), R.CANNOT_BE_RATED]) is R.BROKEN


@given(ratings)
def test_a_place_without_a_finding_does_not_change_the_headline(readings):
    assert headline([*readings, R.NOT_YET_RATED]) is headline(readings)


@given(ratings, st.randoms())
def test_the_order_of_the_places_does_not_matter(readings, chance):
    shuffled = list(readings)
    chance.shuffle(shuffled)

    assert headline(shuffled) is headline(readings)


@given(ratings)
def test_a_headline_is_a_reading_or_partly_kept_or_not_yet_rated(readings):
    assert headline(readings) in {*readings, R.PARTLY_KEPT, R.NOT_YET_RATED}


@given(ratings)
def test_a_headline_is_kept_only_where_every_reading_is(readings):
    found = set(readings) - {R.NOT_YET_RATED}

    assert (headline(readings) is R.KEPT) == (found == {R.KEPT})


# --- counts


@given(ratings)
def test_every_promise_is_counted_once(readings):
    counts = Counts.of(readings)

    assert counts.promises == len(readings)
    assert counts.rated == sum(reading in RATED for reading in readings)
    assert all(counts[rating] == readings.count(rating) for rating in Rating)
    assert list(counts.by_code()) == [rating.value for rating in Rating]


@given(ratings, ratings)
def test_counts_add_up(here, there):
    assert Counts.of(here) + Counts.of(there) == Counts.of(here + there)
    assert sum([Counts.of(here), Counts.of(there)], Counts()) == Counts.of(here + there)


def test_a_negative_count_is_refused():
    with pytest.raises(ValueError, match="never negative"):
        Counts(kept=-1)


# --- rules 4 and 6, the score


@given(counted)
def test_a_score_lies_between_nought_and_one_hundred(counts):
    result = score(counts)

    assert result.denominator == counts.rated
    assert 0 <= result.numerator <= result.denominator
    assert result.percent is None or 0 <= result.percent <= 100


@given(counted, st.integers(0, 400), st.integers(0, 400))
def test_the_two_dashes_never_change_a_score(counts, unratable, unrated):
    more = counts + Counts(cannot_be_rated=unratable, not_yet_rated=unrated)

    assert score(more) == score(counts)


@given(counted, st.sampled_from(NOUGHTS), st.sampled_from(NOUGHTS))
def test_the_ratings_worth_nought_are_worth_the_same(counts, one, other):
    assert score(counts + Counts.of([one])) == score(counts + Counts.of([other]))


@given(counted)
def test_the_shown_percentage_is_within_half_a_point_and_halves_go_up(counts):
    result = score(counts, minimum=1)
    if result.percent is not None:
        off = result.percent - 100 * result.numerator / result.denominator
        assert Fraction(-1, 2) < off <= Fraction(1, 2)


@pytest.mark.parametrize(
    ("numerator", "denominator", "shown"),
    [
        (Fraction(1, 2), 100, 1),  # 0.5
        (Fraction(1, 2), 101, 0),
        (Fraction(5, 2), 100, 3),  # 2.5: not to even
        (Fraction(1), 8, 13),  # 12.5
        (Fraction(1), 200, 1),
        (Fraction(199), 200, 100),
        (Fraction(0), 7, 0),
        (Fraction(7), 7, 100),
    ],
)
def test_halves_are_rounded_up(numerator, denominator, shown):
    assert percent(numerator, denominator) == shown


def test_under_five_rated_promises_there_is_no_percentage_but_the_fraction_stands():
    assert score(Counts(kept=4, not_yet_rated=9)) == Score(Fraction(4), 4, None)
    assert score(Counts(kept=4, broken=1)) == Score(Fraction(4), 5, 80)


@pytest.mark.parametrize(("minimum", "shown"), [(0, 50), (1, 50), (2, 50), (3, None)])
def test_the_minimum_is_a_setting(minimum, shown):
    assert score(Counts(kept=1, broken=1), minimum=minimum).percent == shown


@pytest.mark.parametrize("minimum", [0, 5])
def test_an_empty_set_is_never_nought_percent(minimum):
    assert score(Counts(not_yet_rated=3), minimum=minimum) == Score(Fraction(0), 0, None)


# --- as shown


def a_score(shown):
    return Score(Fraction(1), 5, shown)


@pytest.mark.parametrize(
    ("now", "before", "points"), [(41, 38, 3), (38, 41, -3), (7, 7, 0), (7, None, None)]
)
def test_a_change_is_told_in_points_of_the_shown_percentages(now, before, points):
    assert change(a_score(now), a_score(before)) == points


def test_there_is_no_change_where_there_is_no_score_now():
    assert change(a_score(None), a_score(41)) is None


@pytest.mark.parametrize(
    ("points", "number", "kind"),
    [(Fraction(779, 2), 389.5, float), (Fraction(212), 212, int), (Fraction(0), 0, int)],
)
def test_data_gives_whole_numerators_whole_and_halves_as_halves(points, number, kind):
    assert as_number(points) == number
    assert type(as_number(points)) is kind
