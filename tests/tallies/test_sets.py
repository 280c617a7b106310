"""Sets of numbers, by day and in blocks, say what plain sets of numbers say."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mobilizer.search.rules.numbers import bits, first, part
from mobilizer.search.rules.numbers import numbers as in_order
from mobilizer.tallies.rules import Kind, Span
from mobilizer.tallies.rules.found import SIZE, between, joined, newest, turned
from mobilizer.tallies.rules.sets import Held, Turned, held

#: Few, and in more than one block.
NUMBERS = st.sets(st.sampled_from([1, 2, 3, SIZE - 1, SIZE, SIZE + 1, 5 * SIZE, 5 * SIZE + 7]))
DAY = date(2026, 11, 1)
DAYS = st.lists(st.integers(0, 6), min_size=1, max_size=4, unique=True).map(sorted)


def in_blocks(some: set[int]) -> dict[int, int]:
    return {
        block: turned(0, [number % SIZE for number in some if number // SIZE == block])
        for block in {number // SIZE for number in some}
    }


@given(one=NUMBERS, other=NUMBERS, most=st.integers(1, 9), below=st.none() | st.integers(0, 9))
def test_the_newest_about_two_things_are_the_greatest_numbers_in_both(
    one: set[int], other: set[int], most: int, below: int | None
) -> None:
    both = [in_blocks(one), in_blocks(other)]
    shared = {block: [of[block] for of in both] for block in both[0].keys() & both[1].keys()}
    limit = None if below is None else below * SIZE

    assert (
        newest(shared, most, limit)
        == sorted(
            (number for number in one & other if limit is None or number < limit), reverse=True
        )[:most]
    )


@given(some=NUMBERS, start=st.integers(0, 9), many=st.integers(1, 4))
def test_a_page_of_a_set_is_a_part_of_its_numbers_in_order(
    some: set[int], start: int, many: int
) -> None:
    assert part(joined(in_blocks(some)), start, many) == sorted(some)[start : start + many]


@given(some=NUMBERS, ends=st.tuples(st.integers(0, 6 * SIZE), st.integers(0, 6 * SIZE)))
def test_between_two_numbers_lie_those_after_the_one_and_up_to_the_other(
    some: set[int], ends: tuple[int, int]
) -> None:
    after, last = sorted(ends)
    here = [number for number in some if after < number <= last]

    assert between(joined(in_blocks(some)), after, last) == (
        len(here),
        min(here, default=None),
        max(here, default=None),
    )


@given(some=NUMBERS, many=st.integers(0, 9))
def test_the_first_few_of_a_set_are_its_least(some: set[int], many: int) -> None:
    assert list(first(bits(list(some)), many)) == sorted(some)[:many]


def span(number_of_days: int, until: int | None, topic: int) -> Span:
    ends = None if until is None else DAY + timedelta(days=until)
    return Span(Kind.TOPIC, topic, DAY + timedelta(days=number_of_days), ends, None)


def standing(rows: list[Held], day: date) -> list[int]:
    """The numbers that stand at the end of a day."""
    here = [row for row in rows if row.since <= day and (row.until is None or day < row.until)]
    return list(in_order(here[0].numbers)) if here else []


@given(st.lists(DAYS, min_size=1, max_size=12))
def test_the_sets_of_each_day_hold_what_stands_on_it(changes: list[list[int]]) -> None:
    turns, stands = Turned(), {}
    for number, days in enumerate(changes, start=1):
        ends = [*days[1:], None]
        spans = [span(*pair, at % 2) for at, pair in enumerate(zip(days, ends, strict=True))]
        turns.add(number, spans)
        stands[number] = spans

    rows = held((), turns.turns[Kind.TOPIC, "0"])
    for day in (DAY + timedelta(days=at) for at in range(-1, 8)):
        assert standing(rows, day) == [
            number
            for number, spans in stands.items()
            if any(
                one.subject_id == 0 and one.since <= day and (one.until is None or day < one.until)
                for one in spans
            )
        ]


@given(st.lists(DAYS, min_size=2, max_size=6), st.data())
def test_what_turns_later_is_added_to_the_sets_there_are(
    changes: list[list[int]], data: st.DataObject
) -> None:
    at_once, earlier, later = Turned(), Turned(), Turned()
    for number, days in enumerate(changes, start=1):
        spans = [span(days[0], None, 0)]
        at_once.add(number, spans)
        data.draw(st.sampled_from([earlier, later])).add(number, spans)
    choice = Kind.TOPIC, "0"

    rows = held((), earlier.turns.get(choice, {}))
    rows = held(rows, later.turns.get(choice, {}))

    whole = held((), at_once.turns[choice])
    for day in (DAY + timedelta(days=at) for at in range(8)):
        assert standing(rows, day) == standing(whole, day)


def test_what_is_turned_twice_is_as_if_nothing_was() -> None:
    turns = Turned()
    for _ in range(2):
        turns.add(7, [span(1, 3, 0)])
    assert turns.turns == {}
