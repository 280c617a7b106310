"""Sets of numbers, and how many each choice of a filter leaves."""

from hypothesis import given
from hypothesis import strategies as st

from mobilizer.search.rules.nearness import beside, nearest
from mobilizer.search.rules.numbers import bits, counts, narrowed, numbers

some_numbers = st.sets(st.integers(min_value=1, max_value=500))
codes = st.sampled_from(["", "a", "b", "unknown"])


@given(some_numbers)
def test_a_set_gives_back_its_numbers_in_order(these: set[int]) -> None:
    assert list(numbers(bits(list(these)))) == sorted(these)
    assert bits(list(these)).bit_count() == len(these)


@given(some_numbers, some_numbers, some_numbers, some_numbers, codes, codes)
def test_a_choice_counts_what_choosing_it_finds(
    every: set[int], a: set[int], b: set[int], c: set[int], topic: str, party: str
) -> None:
    under = {
        "topic": {"a": bits(list(a)), "b": bits(list(b))},
        "party": {"a": bits(list(c)), "b": bits(list(every - c))},
    }
    among, chosen = bits(list(every)), {"topic": topic, "party": party}
    told = counts(among, under, chosen)
    for name, choices in under.items():
        for code in choices:
            found = narrowed(among, under, {**chosen, name: code})
            assert told[name][code] == found.bit_count()


def test_under_an_unknown_choice_stands_nothing() -> None:
    under = {"topic": {"a": bits([1, 2])}}
    assert narrowed(bits([1, 2]), under, {"topic": "unknown"}) == 0
    assert narrowed(bits([1, 2]), under, {}) == bits([1, 2])


# --- what may be meant


def test_a_mistyped_name_is_near_to_its_own_in_any_script() -> None:
    towns = [("tetovo", ("MK-609", "Tetovo", "Тетово", "Tetovë")), ("ohrid", ("MK-501", "Ohrid"))]
    for typed in ("tetvo", "тетов", "Tetova", "MK-609"):
        assert nearest(typed, towns)[:1] == ["tetovo"], typed
    for typed in ("", "xyz", "!", "x" * 10_000):
        assert nearest(typed, towns) == [], typed


def test_at_most_five_are_near() -> None:
    assert nearest("school", [(n, (f"school {n}",)) for n in range(20)]) == [0, 1, 2, 3, 4]


def test_around_a_number_stand_two_on_each_side() -> None:
    every = bits([1, 3, 5, 8, 13, 21])
    assert beside(6, every) == [3, 5, 8, 13]
    assert beside(5, every) == [1, 3, 8, 13]
    assert beside(0, every) == [1, 3]
    assert beside(10**30, every) == [13, 21]
    assert beside(7, 0) == []
