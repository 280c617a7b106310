"""What somebody may have meant who mistyped a name or an address."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from mobilizer.core.text import overlap, trigrams
from mobilizer.search.rules.marking import written_words

Thing = TypeVar("Thing")

#: So much of what was typed is compared, so alike something must be, and so many are offered.
LONGEST, LEAST, MOST = 100, 0.3, 5


def nearest(typed: str, things: Iterable[tuple[Thing, Sequence[str]]]) -> list[Thing]:
    """The things whose code or one of whose names is most like what was typed, in any script.

    Args:
        typed: the code of an address, or words.
        things: each with its code and names; of two that are as like the earlier one is first.
    """
    wanted = trigrams(typed[:LONGEST])
    alike = [
        (max((overlap(wanted, trigrams(name)) for name in names), default=0.0), thing)
        for thing, names in things
    ]
    alike.sort(key=lambda pair: -pair[0])
    return [thing for likeness, thing in alike[:MOST] if likeness >= LEAST]


def most_alike(word: str, texts: Iterable[str]) -> str | None:
    """The word of some texts, as it is written, that is most like a folded one; None if none is."""
    written = dict.fromkeys(one for text in texts for one in written_words(text))
    wanted = trigrams(word)
    alike = [(overlap(wanted, trigrams(one)), one) for one in written]
    likeness, best = max(alike, key=lambda pair: pair[0], default=(0.0, None))
    return best if likeness >= LEAST else None


def beside(number: int, every: int) -> list[int]:
    """The numbers of a set around one that is not in it: two before and two after at most.

    Args:
        number: what was asked for, however large.
        every: the set, as ``search.rules.numbers`` has it.
    """
    number = min(number, every.bit_length())
    before: list[int] = []
    below = every & ((1 << number) - 1)
    while below and len(before) < 2:
        before.insert(0, below.bit_length() - 1)
        below ^= 1 << before[0]
    after: list[int] = []
    above = every >> (number + 1) << (number + 1)
    while above and len(after) < 2:
        least = above & -above
        after.append(least.bit_length() - 1)
        above ^= least
    return before + after
