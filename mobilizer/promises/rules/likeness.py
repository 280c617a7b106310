"""How likely two promises are one and the same, logged twice.

Many are logged in a workshop, from one programme, in two scripts, in other words. So what is
compared is normalised, and the shorter text is looked for in the longer one: half a sentence
typed is enough to find the whole. A hit too many costs a glance.
"""

from collections.abc import Iterable

from mobilizer.core.text import trigrams, words

#: From here on somebody should look.
LIKELY = 0.55
#: A text with fewer trigrams is in everything a little.
LEAST_TRIGRAMS = 12
#: What is looked up of a text: beginnings of so many of its longest words.
WORDS, STEM, SHORTEST = 12, 5, 4
LONGEST_WORD = 64


def likeness(one: str, other: str) -> float:
    """From 0 to 1, how much of the shorter text is in the longer one."""
    return shared(trigrams(one), trigrams(other))


def shared(these: frozenset[str], those: frozenset[str]) -> float:
    """The same of texts already taken apart."""
    shorter = min(len(these), len(those))
    return len(these & those) / shorter if shorter >= LEAST_TRIGRAMS else 0.0


def stems(text: str) -> tuple[str, ...]:
    """Beginnings of the longest words: what promises must share with a text to be compared.

    Long words are the rare ones, and their beginning stands through most of their forms:
    *škola* and *školi* begin alike.
    """
    long_ones = sorted((word for word in words(text) if len(word) >= SHORTEST), key=len)[::-1]
    return tuple(dict.fromkeys(word[:STEM] for word in long_ones[:WORDS]))


def index_words(texts: Iterable[str]) -> frozenset[str]:
    """The words under which a promise is found."""
    return frozenset(word[:LONGEST_WORD] for text in texts for word in words(text))
