"""Which findings are about what, as sets of their numbers.

The sets are kept in blocks, so that a finding changes a kilobyte however many were published, and
the newest about several things at once are found by going through the blocks from the last one.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import reduce
from operator import and_, xor
from typing import NamedTuple

from mobilizer.search.rules.numbers import numbers
from mobilizer.tallies.rules import Found, Kind, Period, Subject

#: So many numbers are in one block.
SIZE = 8192

#: Of a subject, and the how manyth block.
Spot = tuple[Subject, int]
#: Which places of a block are turned: those that were out come in, those that were in go out.
Turns = Mapping[Spot, Collection[int]]


class About:
    """The numbers that come into the sets of subjects, and those that leave them."""

    def __init__(self, region_of: Mapping[int, int]) -> None:
        """Begin with none; ``region_of`` as in ``spans``."""
        self._region_of = region_of
        self._turns: dict[Spot, set[int]] = defaultdict(set)

    def add(self, cycle_id: int, periods: Sequence[Period], found: Iterable[Found]) -> None:
        """Turn the findings of a promise, under what it counts for now; twice changes nothing.

        One that never counted has none.
        """
        if not periods:
            return
        now = periods[-1]
        whole = (Kind.CYCLE, cycle_id), (Kind.TOPIC, now.topic_id), (Kind.PARTY, now.party_id)
        for one in found:
            region = self._region_of.get(one.place_id)
            block, place = divmod(one.number, SIZE)
            for subject in (*whole, *([(Kind.REGION, region)] if region else [])):
                self._turns[subject, block] ^= {place}

    @property
    def turns(self) -> Turns:
        """What is turned, but for what was turned back."""
        return {spot: places for spot, places in self._turns.items() if places}


def turned(before: int, places: Iterable[int]) -> int:
    """A block in which some places are turned."""
    return reduce(xor, (1 << place for place in places), before)


def newest(blocks: Mapping[int, Sequence[int]], most: int, below: int | None) -> list[int]:
    """The greatest numbers that are in all of some sets, the greatest first.

    Args:
        blocks: for each block that all of the sets have, what each has in it.
        most: so many at most.
        below: only those below this number; all for None.
    """
    found: list[int] = []
    for block in sorted(blocks, reverse=True):
        here = [block * SIZE + place for place in numbers(reduce(and_, blocks[block]))]
        found += [number for number in reversed(here) if below is None or number < below]
        if len(found) >= most:
            break
    return found[:most]


def joined(blocks: Mapping[int, int]) -> int:
    """The set that is kept in blocks."""
    every = (blocks.get(at, 0) for at in range(max(blocks, default=-1) + 1))
    return int.from_bytes(b"".join(of.to_bytes(SIZE // 8, "little") for of in every), "little")


def upto(of: int, last: int) -> int:
    """Of a set the numbers up to one."""
    return of & (1 << last + 1) - 1


class Between(NamedTuple):
    """How many numbers of a set lie between two others, and the first and last of them."""

    many: int
    first: int | None
    last: int | None


def between(of: int, after: int, last: int) -> Between:
    """The numbers of a set after one and up to another."""
    here = upto(of, last) >> after + 1
    if not here:
        return Between(0, None, None)
    least = (here & -here).bit_length()
    return Between(here.bit_count(), after + least, after + here.bit_length())
