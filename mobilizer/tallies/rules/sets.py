"""Which promises stand under each choice of the register's filters at the end of each day.

A day's set of numbers is the one of the day before with some numbers turned: those that were out
come in, those that were in go out. Turning twice changes nothing, so what a promise did before is
taken back by turning it once more.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import reduce
from operator import xor
from typing import NamedTuple

from mobilizer.search.rules.numbers import bits
from mobilizer.tallies.rules import Kind, Span

#: A choice of the register's filters: a rating under the cycle, else the key of a subject.
Choice = tuple[Kind, str]
#: Which numbers are turned under each choice from a day on.
Turns = Mapping[Choice, Mapping[date, Collection[int]]]

#: Of more numbers at once the set is made in one go.
FEW = 8


class Held(NamedTuple):
    """The numbers under a choice from a day to another, as a set."""

    since: date
    until: date | None
    numbers: int


class Turned:
    """Which numbers are turned under which choice, day by day."""

    def __init__(self) -> None:
        """Begin with none."""
        self._turns: dict[Choice, dict[date, set[int]]] = defaultdict(lambda: defaultdict(set))

    def add(self, number: int, of_promise: Iterable[Span]) -> None:
        """Let a promise stand where its spans say; once more, and it does not."""
        for span in of_promise:
            if span.kind is not Kind.PLACE:
                for day in (span.since, span.until):
                    if day is not None:
                        self._turns[_choice(span)][day] ^= {number}

    @property
    def turns(self) -> Turns:
        """The numbers that are turned, but for those that were turned back."""
        told = {
            choice: {day: numbers for day, numbers in days.items() if numbers}
            for choice, days in self._turns.items()
        }
        return {choice: days for choice, days in told.items() if days}


def _choice(span: Span) -> Choice:
    return span.kind, span.rating.value if span.rating else str(span.subject_id)


def held(before: Iterable[Held], turns: Mapping[date, Collection[int]]) -> list[Held]:
    """The sets of a choice after some numbers were turned.

    Args:
        before: its last sets, from the first day on which one is turned; none if there were none.
        turns: the numbers that are turned from a day on.
    """
    known = {one.since: one.numbers for one in before}
    days = sorted(known.keys() | turns.keys())
    rows, there, turned = [], 0, 0
    for day, until in zip(days, [*days, None][1:], strict=True):
        there = known.get(day, there)
        turned ^= _set(turns.get(day, ()))
        rows.append(Held(day, until, there ^ turned))
    return rows


def _set(some: Collection[int]) -> int:
    if len(some) > FEW:
        return bits(list(some))
    return reduce(xor, (1 << number for number in some), 0)


def as_set(stored: bytes) -> int:
    """A stored set of numbers."""
    return int.from_bytes(stored, "little")


def as_bits(of: int) -> bytes:
    """A set of numbers as it is stored."""
    return of.to_bytes(of.bit_length() // 8 + 1, "little")
