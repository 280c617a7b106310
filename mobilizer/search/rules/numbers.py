"""Sets of promise numbers as the bits of one integer.

Bit 7 is promise 7. Whether one of a hundred thousand promises is in a set, how many are in two of
them at once: each is a single step on a few kilobytes, so that every choice of every filter can be
counted anew for every visitor.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from itertools import compress, count, repeat

#: filter -> choice -> the numbers under it
Under = Mapping[str, Mapping[str, int]]

_ONE = ord("1")
_TRUTH = bytes.maketrans(b"01", b"\x00\x01")


def bits(numbers: Sequence[int]) -> int:
    """The set of some numbers."""
    if not numbers:
        return 0
    signs = bytearray(b"0") * (max(numbers) + 1)
    # Faster than a loop by half, and the longest step of a search for a common word.
    deque(map(signs.__setitem__, numbers, repeat(_ONE)), maxlen=0)
    signs.reverse()
    return int(signs, 2)


def numbers(of: int) -> Iterator[int]:
    """The numbers of a set, the least first."""
    return compress(count(), bin(of)[:1:-1].encode().translate(_TRUTH))


def narrowed(among: int, under: Under, chosen: Mapping[str, str]) -> int:
    """Those of a set that stand under each of some choices; under an unknown one nothing does.

    An empty choice leaves all.
    """
    for name, code in chosen.items():
        among &= under[name].get(code, 0) if code else among
    return among


def counts(among: int, under: Under, chosen: Mapping[str, str]) -> dict[str, dict[str, int]]:
    """How many of a set each choice of each filter would leave, beside what else is chosen."""
    beside = {name: narrowed(among, under, {**chosen, name: ""}) for name in under}
    return {
        name: {code: (beside[name] & numbers).bit_count() for code, numbers in choices.items()}
        for name, choices in under.items()
    }
