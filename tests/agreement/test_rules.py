"""The drawing and the figure, without a database."""

import json
from dataclasses import replace
from random import Random
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilizer.agreement.rules import (
    CANNOT_TELL,
    Answer,
    Asked,
    Candidate,
    choose,
    commitment,
    is_drawn,
    may_look,
    read_answer,
)
from mobilizer.agreement.rules.alpha import (
    LEAST_PAIRS,
    SCALE,
    agreement,
    alphas_of,
    as_told,
    ordinal_alpha,
)
from mobilizer.monitoring.rules.answers import Incomplete
from mobilizer.scoring.rules import Rating

seeds = st.text("0123456789abcdef", min_size=64, max_size=64)
names = st.uuids().map(str)
shares = st.integers(0, 100)

# --- what came from elsewhere


@pytest.mark.parametrize("often", [1, 12])
def test_figures_that_were_told_are_the_same_again(often: int) -> None:
    """But for how many were the same: where too few pairs make a figure, that is not told."""
    pairs = {(Rating.KEPT, Rating.KEPT): often, (Rating.KEPT, Rating.BROKEN): often}
    beside = {(Rating.KEPT, None): 2, (Rating.KEPT, Rating.CANNOT_BE_RATED): 3}
    found = agreement({**pairs, **beside}, corrected=4)
    told = json.loads(json.dumps({**vars(found), "cannot_tell": found.untold}))

    again = as_told(told)

    assert again == (found if found.is_enough else replace(found, same=0))
    assert (found.same, found.untold, found.unratable, found.corrected) == (often, 2, 3, 4)


# --- the drawing


@given(seed=seeds)
def test_about_a_tenth_is_drawn_whatever_the_seed(seed: str) -> None:
    drawn = sum(is_drawn(seed, str(UUID(int=n)), 10) for n in range(1000))

    assert 50 <= drawn <= 150, "five standard deviations off"


@given(seed=seeds, name=names, share=shares, more=shares)
def test_a_greater_share_keeps_all_that_a_smaller_one_draws(
    seed: str, name: str, share: int, more: int
) -> None:
    if is_drawn(seed, name, share):
        assert is_drawn(seed, name, max(share, more))


@given(seed=seeds, name=names)
def test_none_and_all_are_shares_too(seed: str, name: str) -> None:
    assert not is_drawn(seed, name, 0)
    assert is_drawn(seed, name, 100)


def test_another_seed_draws_other_reports() -> None:
    ids = [str(UUID(int=n)) for n in range(500)]

    assert [one for one in ids if is_drawn("a", one, 10)] != [
        one for one in ids if is_drawn("b", one, 10)
    ]
    assert commitment("a") != commitment("b")


ASKED = Asked("e", region=1, involved=frozenset({7}))
FAR = Candidate(1, frozenset({2}))


@pytest.mark.parametrize(
    "near",
    [
        Candidate(1, frozenset({1})),
        Candidate(1, frozenset({2, 1})),
        Candidate(7, frozenset({2})),
        Candidate(1, frozenset({2}), is_coordinator=True),
        Candidate(1, frozenset()),
    ],
    ids=["its region", "its region too", "involved", "coordinates", "mentors nowhere"],
)
def test_nobody_near_looks_again(near: Candidate) -> None:
    assert may_look(FAR, ASKED)
    assert not may_look(near, ASKED)
    assert choose("seed", ASKED, [near]) is None


@given(seed=seeds, loads=st.lists(st.integers(0, 3), min_size=1, max_size=8), order=st.randoms())
def test_the_least_loaded_is_asked_in_whatever_order_they_come(
    seed: str, loads: list[int], order: Random
) -> None:
    far = [Candidate(at, frozenset({2}), load) for at, load in enumerate(loads, 100)]
    shuffled = far[:]
    order.shuffle(shuffled)

    chosen = choose(seed, ASKED, shuffled)

    assert chosen == choose(seed, ASKED, far)
    assert chosen is not None
    assert chosen.load == min(loads)


def test_between_equals_the_lot_decides_not_who_came_first() -> None:
    far = [Candidate(at, frozenset({2})) for at in range(4)]
    chosen = {choose("seed", Asked(str(n), 1, frozenset()), far) for n in range(60)}

    assert chosen == set(far)


# --- the answer


def test_an_answer_needs_a_rating_and_a_reason() -> None:
    with pytest.raises(Incomplete) as refused:
        read_answer("not_yet_rated", " short ")

    assert [fault.field for fault in refused.value.faults] == ["rating", "reason"]
    with pytest.raises(Incomplete):
        read_answer("kept", "x" * 601)
    assert read_answer("kept", " The photo shows it. ") == Answer(
        Rating.KEPT, "The photo shows it."
    )
    assert read_answer(CANNOT_TELL, "Nothing shows it.").rating is None


# --- the figure

#: Krippendorff, K. (2011). Computing Krippendorff's Alpha-Reliability, section C:
#: four observers (a row each), twelve units, "." for no value. Ordinal alpha there: 0.815.
PUBLISHED = ("1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .",
             "1 2 3 3 2 4 4 1 2 5 1 .")  # fmt: skip


def test_alpha_is_krippendorffs_own() -> None:
    observers = [line.split() for line in PUBLISHED]
    units = [[given.count(value) for value in "12345"] for given in zip(*observers, strict=True)]

    found = ordinal_alpha(units)

    assert found == pytest.approx(0.815, abs=0.0005)


def pairs(*told: tuple[str, str | None, int]) -> dict[tuple[Rating, Rating | None], int]:
    return {(Rating(one), Rating(two) if two else None): n for one, two, n in told}


@given(st.lists(st.integers(0, 3), min_size=36, max_size=36).filter(lambda n: sum(n) > 1))
def test_many_alphas_at_once_are_those_of_the_package(cells: list[int]) -> None:
    table = np.array(cells).reshape(6, 6)
    units = [
        [(at == one) + (at == two) for at in range(6)]
        for one in range(6)
        for two in range(6)
        for _ in range(table[one, two])
    ]
    one, many = ordinal_alpha(units), float(alphas_of(table[None].astype(float))[0])

    assert np.isnan(many) if one is None else many == pytest.approx(one)


def test_under_ten_pairs_there_is_no_figure() -> None:
    few = agreement(pairs(("kept", "kept", 5), ("broken", "broken", LEAST_PAIRS - 6)))

    assert (few.pairs, few.same, few.alpha, few.interval, few.table) == (9, 9, None, None, ())


def test_ten_pairs_that_agree_make_one_and_chance_makes_nought() -> None:
    agreed = agreement(pairs(("kept", "kept", 5), ("broken", "broken", 5)))
    chance = agreement(
        pairs(*((one, two, 25) for one in ("kept", "broken") for two in ("kept", "broken")))
    )

    assert agreed.alpha == 1
    assert agreed.interval == (1, 1)
    assert chance.alpha == pytest.approx(0, abs=0.02)
    assert chance.interval is not None
    assert chance.interval[0] < chance.alpha < chance.interval[1]


def test_a_far_disagreement_weighs_more_than_a_near_one() -> None:
    of_old = (("kept", "kept", 10), ("partly_kept", "partly_kept", 10), ("broken", "broken", 10))
    near = agreement(pairs(*of_old, ("kept", "partly_kept", 3)))
    far = agreement(pairs(*of_old, ("kept", "broken", 3)))

    assert near.alpha > far.alpha


def test_what_cannot_be_rated_or_told_is_left_out_and_counted() -> None:
    found = agreement(
        pairs(
            ("kept", "kept", 10),
            ("broken", "kept", 1),
            ("cannot_be_rated", "kept", 2),
            ("kept", "cannot_be_rated", 1),
            ("kept", None, 4),
        )
    )

    assert (found.pairs, found.same, found.unratable, found.untold) == (11, 10, 3, 4)
    assert found.table[SCALE.index(Rating.BROKEN)][SCALE.index(Rating.KEPT)] == 1
    assert sum(map(sum, found.table)) == 11


def test_one_rating_throughout_leaves_nothing_to_agree_on() -> None:
    found = agreement(pairs(("kept", "kept", 12)))

    assert (found.pairs, found.alpha, found.interval) == (12, None, None)


def test_the_interval_is_the_same_every_time() -> None:
    told = pairs(("kept", "kept", 9), ("kept", "stalled", 2), ("broken", "broken", 4))
    found = agreement(told)

    assert found == agreement(dict(reversed(told.items())))
    assert found.interval is not None
    assert found.interval[0] < found.alpha <= found.interval[1]
