"""Words as they stand in the index, and as they are asked for. Pure: both databases get the same.

Text is folded by ``core.text`` before it is kept and before it is asked for, so that the databases
have only to split at spaces: neither's idea of a letter plays a part. Each word bears the sign of
where it stands. Of inflected words the end is let go: *училиште* finds *училишта* and *училиштето*.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from mobilizer.core.text import normalise, words

#: The sign of a word that stands in the promise itself, and in a finding.
PROMISED, FOUND = "+", "-"
#: So many words of what is typed are looked for; more would only find less.
MOST_WORDS = 8
#: So much of what is typed is read at all.
LONGEST_ASKED = 1_000
#: Longer words are cut, and further words of one promise are left out: an index row has its bounds.
LONGEST_WORD, MOST_BYTES = 64, 400_000
#: A shorter word is looked for whole: as a beginning it would be in every other promise.
BEGINS_FROM = 3
#: Of a word from this length on the last vowels are let go, down to so many letters.
INFLECTED_FROM, STEM_LEAST = 5, 4
VOWELS = "aeiouy"
#: The longest number of a promise: what a database can hold.
NUMBER_DIGITS = 9


@dataclass(frozen=True)
class Asked:
    """What is looked for: words, all of which must be there, and perhaps a promise's number."""

    words: tuple[str, ...] = ()
    number: int | None = None
    #: Whether further words were typed, or words of one letter: they are not looked for.
    has_more: bool = False

    def __bool__(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.words) or self.number is not None


def asked(text: str) -> Asked:
    """What somebody looks for who typed this, in whatever script."""
    typed = tuple(dict.fromkeys(normalise(text[:LONGEST_ASKED]).split()))
    kept = tuple(word[:LONGEST_WORD] for word in typed if len(word) > 1)[:MOST_WORDS]
    if len(typed) == 1 and typed[0].isdecimal() and len(typed[0]) <= NUMBER_DIGITS:
        return Asked(kept, number=int(typed[0]))
    return Asked(kept, has_more=len(text) > LONGEST_ASKED or len(kept) < len(typed))


@lru_cache(maxsize=1_024)
def beginning(word: str) -> str | None:
    """How words begin that are taken for this one; None where it is looked for whole."""
    if len(word) < BEGINS_FROM or word.isdecimal():
        return None
    if len(word) < INFLECTED_FROM:
        return word
    stem = word.rstrip(VOWELS)
    return stem if len(stem) >= STEM_LEAST else word[:STEM_LEAST]


def is_meant(word: str, sought: Iterable[str]) -> bool:
    """Whether a folded word of a text is one of those that are looked for."""
    for one in sought:
        begins = beginning(one)
        if word == one or (begins is not None and word.startswith(begins)):
            return True
    return False


def signed(texts: Iterable[str], sign: str) -> frozenset[str]:
    """The words of some texts, with the sign of where they stand."""
    return frozenset(sign + word[:LONGEST_WORD] for text in texts for word in words(text))


def with_sign(kept: str, sign: str) -> frozenset[str]:
    """Those words of an index row that bear a sign."""
    return frozenset(word for word in kept.split() if word.startswith(sign))


def spelled(*signed_words: Iterable[str]) -> str:
    """Words as one row of the index: those of the promise first, as far as they have room."""
    kept: list[str] = []
    room = MOST_BYTES
    for word in sorted({word for words_ in signed_words for word in words_}):
        room -= len(word.encode()) + 1
        if room < 0:
            break
        kept.append(word)
    return " ".join(kept)
