"""A list by letters, in the order of a language: pure, whatever a server collates."""

from collections.abc import Iterable
from typing import TypeVar

from mobilizer.core.text import normalise

Item = TypeVar("Item")

#: The letters of each language of the interface, in their order.
ALPHABETS = {
    "en": "a b c d e f g h i j k l m n o p q r s t u v w x y z",
    "sq": "a b c ç d dh e ë f g gj h i j k l ll m n nj o p q r rr s sh t th u v x xh y z zh",
    "mk": "а б в г д ѓ е ж з ѕ и ј к л љ м н њ о п р с т ќ у ф х ц ч џ ш",
    "sr": "a b c č ć d dž đ e f g h i j k l lj m n nj o p r s š t u v z ž",
}
_ORDER = {
    language: {letter: at for at, letter in enumerate(letters.split())}
    for language, letters in ALPHABETS.items()
}


def _letters(text: str, language: str) -> list[str]:
    """The letters of a word: two signs that are one letter stay together."""
    order, typed, found = _ORDER[language], text.casefold(), []
    while typed:
        size = 2 if typed[:2] in order else 1
        found.append(typed[:size])
        typed = typed[size:]
    return found


def _place(letter: str, language: str) -> int:
    """Where a letter stands: one that the language lacks beside the one it is written from."""
    order = _ORDER[language]
    plain = letter if letter in order else normalise(letter)[:1]
    return order.get(plain, len(order) if letter.isalpha() else -1)


def in_order(name: str, language: str) -> tuple[list[int], str]:
    """By what names are put in order in a language."""
    return [_place(letter, language) for letter in _letters(name, language)], name


def by_letter(named: Iterable[tuple[str, Item]], language: str) -> list[tuple[str, list[Item]]]:
    """Named things in order, under the letters their names begin with: "Gj" for "Gjorče"."""
    order = list(_ORDER[language])
    groups: dict[str, list[Item]] = {}
    for name, item in sorted(named, key=lambda one: in_order(one[0], language)):
        first = next(iter(_letters(name, language)), "")
        at = _place(first, language)
        letter = order[at] if 0 <= at < len(order) else first
        groups.setdefault(letter.capitalize(), []).append(item)
    return list(groups.items())
