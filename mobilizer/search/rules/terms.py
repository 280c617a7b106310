"""Terms: what one word asks of the index, and which rows answer to it. Pure.

``+word`` stands just so in a promise's own text, ``+beginn*`` begins a word of it, and ``~beginn*``
(or ``~word``) stands there or in what was found. Terms that very many promises answer to are kept
as sets beside the full text, because reading a set costs the same however many are in it.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from mobilizer.search.rules.words import (
    BEGINS_FROM,
    FOUND,
    INFLECTED_FROM,
    PROMISED,
    VOWELS,
    beginning,
)

#: The sign of a term that looks in both texts, and of one that a word only begins with.
ANYWHERE, BEGINS = "~", "*"
#: Of so many promises at least, one in so many: such a term is kept as a set.
LEAST_PROMISES, ONE_IN = 2_000, 32
#: So many numbers stand in one row of a kept set: changing one of them writes a kilobyte.
BLOCK = 8_192


def just_so(word: str) -> str:
    """The term of a word as it is, in the promise's own text."""
    return PROMISED + word


def begun(word: str) -> str:
    """The term of a word or one of its forms, in the promise's own text."""
    return PROMISED + _begun(word)


def anywhere(word: str) -> str:
    """The term of a word or one of its forms, in the promise's own text or in a finding."""
    return ANYWHERE + _begun(word)


def beginning_like(word: str) -> str:
    """The term of all words that begin with the same few letters, for one that was mistyped."""
    return anywhere(word[:BEGINS_FROM])


def _begun(word: str) -> str:
    begins = beginning(word)
    return word if begins is None else begins + BEGINS


def taken_apart(term: str) -> tuple[tuple[str, ...], bool]:
    """The signed words that answer to a term, and whether they only begin so."""
    sign, word = term[0], term[1:].removesuffix(BEGINS)
    signs = (PROMISED, FOUND) if sign == ANYWHERE else (sign,)
    return tuple(one + word for one in signs), term.endswith(BEGINS)


def answers(row: Sequence[str], term: str) -> bool:
    """Whether a row of the index, as its words in order, answers to a term."""
    signed, is_beginning = taken_apart(term)
    for one in signed:
        at = bisect_left(row, one)
        if at < len(row) and (row[at].startswith(one) if is_beginning else row[at] == one):
            return True
    return False


def terms_of(row: Iterable[str]) -> frozenset[str]:
    """All terms that somebody may ask for and that a row of the index answers to."""
    found: set[str] = set()
    for signed in row:
        sign, word = signed[0], signed[1:]
        signs = (ANYWHERE,) if sign == FOUND else (PROMISED, ANYWHERE)
        found.update(one + word for one in signs)
        found.update(one + begins + BEGINS for begins in _beginnings(word) for one in signs)
    return frozenset(found)


def _beginnings(word: str) -> Iterator[str]:
    """What may be asked for that this word begins with, as ``beginning`` makes it."""
    for length in range(BEGINS_FROM, len(word) + 1):
        begins = word[:length]
        if length < INFLECTED_FROM or begins[-1] not in VOWELS:
            yield begins


def common_among(rows: Sequence[str], *, one_in: int = ONE_IN) -> frozenset[str]:
    """The terms that at least one in so many of some rows answers to."""
    counted = Counter(term for row in rows for term in terms_of(row.split()))
    return frozenset(term for term, many in counted.items() if many * one_in >= len(rows))
