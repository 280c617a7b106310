"""Sets of promise numbers as the bits of one integer.

Bit 7 is promise 7. Whether one of a hundred thousand promises is in a set, how many are in two of
them at once: each is a single step on a few kilobytes, so that every choice of every filter can be
counted anew for every visitor.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import compress, count, islice, repeat

#: filter -> choice -> the numbers under it
Under = Mapping[str, Mapping[str, int]]

#: So many bytes of a set are counted at once.
_PIECE = 1024
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


def joined(blocks: Mapping[int, bytes], size: int) -> int:
    """The set that was kept in blocks of so many bits each; a block that is missing is empty."""
    empty = bytes(size // 8)
    return int.from_bytes(
        b"".join(blocks.get(at, empty) for at in range(max(blocks, default=-1) + 1)), "little"
    )


def cut(of: int, size: int) -> dict[int, bytes]:
    """A set in blocks of so many bits each: the first one, and those that are not empty."""
    whole = of.to_bytes(-(-max(of.bit_length(), 1) // size) * size // 8, "little")
    step = size // 8
    blocks = {at // step: whole[at : at + step] for at in range(0, len(whole), step)}
    return {at: block for at, block in blocks.items() if at == 0 or any(block)}


def changed(block: bytes, those: Iterable[tuple[int, bool]]) -> bytes:
    """A block of bits in which some are set or taken out anew, each by its place."""
    bits_of = bytearray(block)
    for place, is_in in those:
        mask = 1 << (place & 7)
        bits_of[place >> 3] = bits_of[place >> 3] & ~mask | (mask if is_in else 0)
    return bytes(bits_of)


def numbers(of: int) -> Iterator[int]:
    """The numbers of a set, the least first."""
    return compress(count(), bin(of)[:1:-1].encode().translate(_TRUTH))


def first(of: int, many: int) -> Iterator[int]:
    """The least few numbers of a set: each costs a step on the set, however far apart they are."""
    while of and many:
        least = of & -of
        yield least.bit_length() - 1
        of, many = of ^ least, many - 1


def part(of: int, start: int, many: int) -> list[int]:
    """Some numbers of a set in their order, from the how manyth on, the first being 0.

    Those before are counted, a kilobyte at a time, and not gone through.
    """
    whole, found = of.to_bytes(of.bit_length() // 8 + 1, "little"), list[int]()
    for at in range(0, len(whole), _PIECE):
        piece = int.from_bytes(whole[at : at + _PIECE], "little")
        if start < piece.bit_count():
            here = islice(numbers(piece), start, start + many - len(found))
            found += [at * 8 + number for number in here]
        if len(found) == many:
            break
        start = max(0, start - piece.bit_count())
    return found


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
