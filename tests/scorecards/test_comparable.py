"""What can be compared, and what speaks against it: the rules alone."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilizer.core.errors import RuleBroken
from mobilizer.cycles.rules import Level
from mobilizer.scorecards.rules.compare import Caveat, Compared, Rules, Side, caveats, check_pair
from mobilizer.scoring.rules import Counts

SAME = Rules("1", 5, 3, Level.LOCAL, "MK")


def but(**facts: Any) -> Rules:
    """The same rules, but for these."""
    return replace(SAME, **facts)


def side(rules: Rules = SAME, **counts: int) -> Side:
    return Side(Counts(**counts), {}, rules)


def test_scores_go_by_the_least_of_their_own_cycle() -> None:
    one = Side(Counts(kept=1), {"health": Counts(kept=1)}, but(least_rated=1))
    assert one.score.percent == one.of_topic("health").percent == 100
    assert one.of_topic("roads").percent is None


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (side(kept=5), side(broken=9), set()),
        (side(kept=5), side(kept=4), {Caveat.TOO_FEW}),
        (side(kept=1), side(broken=4), {Caveat.BOTH_TOO_FEW}),
        (side(kept=1), side(), {Caveat.BOTH_TOO_FEW}),
        (side(), side(), {Caveat.BOTH_TOO_FEW}),
        (side(kept=5), side(kept=5, not_yet_rated=5), {Caveat.COVERAGE}),
        (side(kept=15), side(kept=15, not_yet_rated=5), {Caveat.COVERAGE}),
        (side(kept=19), side(kept=19, not_yet_rated=6), set()),
        (side(kept=5), side(kept=5, cannot_be_rated=50), set()),
        (side(kept=5), side(but(matrix="2"), kept=5), {Caveat.MATRIX}),
        (side(kept=5), side(but(least_rated=3), kept=5), {Caveat.LEAST}),
        (side(kept=5), side(but(months=9), kept=5), {Caveat.MONTHS}),
        (side(kept=5), side(but(months=0), kept=5), {Caveat.NOT_BEGUN}),
        (side(kept=5), side(but(is_invented=True), kept=5), {Caveat.INVENTED}),
        (side(kept=5), side(but(level=Level.CENTRAL), kept=5), {Caveat.LEVEL}),
        (side(kept=5), side(but(country="XK"), kept=5), {Caveat.COUNTRY}),
    ],
)
def test_what_speaks_against_a_comparison(one: Side, other: Side, found: set[Caveat]) -> None:
    assert set(caveats(one, other)) == set(caveats(other, one)) == found


@given(st.lists(st.text(max_size=3), max_size=2), st.lists(st.text(max_size=3), max_size=2))
def test_two_pass_only_if_they_are_offered_of_one_kind_and_not_the_same(
    one: list[str], other: list[str]
) -> None:
    offered = {"a": Compared.PARTY, "b": Compared.PARTY, "c": Compared.REGION}
    try:
        check_pair(one, other, offered)
    except RuleBroken:
        return
    assert {*one, *other} == {"a", "b"}
