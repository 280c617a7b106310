"""Naming the one row of a table that is not what it was, by a few sums over all rows.

For each binary digit of the rows' numbers there are two sums: over the rows whose number has a 0
there, and over those with a 1. Of one changed row exactly one of each two differs, which spells its
number. So forty short sums locate a row among a million. Against whoever changes the sums as well
stand the chain, the scores, and the hash of the description, where that is kept elsewhere.
"""

import csv
import hashlib
from collections.abc import Iterable
from typing import Any

#: How many bytes of a row's hash are summed.
SHORT = 8
Sums = list[list[str]]


class Summing:
    """Sums over the rows that come one after the other; the line of columns is row 1."""

    def __init__(self) -> None:
        """Nothing came yet."""
        self._number = 0
        self._whole = 0
        self._pairs: list[list[int]] = []

    def add(self, line: bytes) -> None:
        """The next row, as it stands in the file."""
        self._number += 1
        if self._number >> len(self._pairs):
            self._pairs.append([self._whole, 0])  # All rows before have a 0 there.
        digest = int.from_bytes(hashlib.sha256(line).digest()[:SHORT])
        self._whole ^= digest
        for bit, pair in enumerate(self._pairs):
            pair[self._number >> bit & 1] ^= digest

    def told(self) -> Sums:
        """The sums, as the description tells them."""
        return [[f"{one:0{2 * SHORT}x}" for one in pair] for pair in self._pairs]


class _Lines:
    """What ``csv`` writes to."""

    def __init__(self, summing: Summing) -> None:
        self._summing = summing

    def write(self, text: str) -> int:
        """A line."""
        self._summing.add(text.encode())
        return len(text)


def sums_of(records: Iterable[list[str]]) -> Sums:
    """The sums over records that were read again."""
    summing = Summing()
    csv.writer(_Lines(summing)).writerows(records)
    return summing.told()


def changed_row(told: Any, found: Sums) -> int | None:
    """The number of the one row that differs; None where it is not just one, or nothing is told."""
    try:
        pairs = [[int(one, 16) for one in pair] for pair in told]
    except (TypeError, ValueError):
        return None
    if [len(pair) for pair in pairs] != [2] * len(found):
        return None
    number, differences = 0, set()
    for bit, (was, now) in enumerate(zip(pairs, found, strict=True)):
        one, two = (a ^ int(b, 16) for a, b in zip(was, now, strict=True))
        if bool(one) == bool(two):
            return None
        differences.add(one or two)
        number |= bool(two) << bit
    return number if number and len(differences) == 1 else None
