"""What may be asked of the API, and how it is read. Whatever is none of that is refused."""

import re
from collections.abc import Iterable

from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_
from mobilizer.scorecards.rules import By
from mobilizer.search.rules.words import LONGEST_ASKED

#: So many rows a page of a list has; further in than the last page nothing is counted.
PER_PAGE, LAST_PAGE = 100, 10_000
#: The code of a cycle is no longer.
LONGEST_CODE = 64
#: filter of the promises -> the list that tells its codes
FILTERS = {"topic": "topics", "party": "parties", "region": "regions"}
_WHOLE = re.compile(r"[1-9][0-9]{0,5}")


def said_once(asked: Iterable[str]) -> None:
    """What is asked for by name comes once: of two it would be a guess which one is meant.

    Raises:
        RuleBroken: a name comes twice.
    """
    met = set[str]()
    for name in asked:
        if name in met:
            raise RuleBroken(N_("“%(name)s” stands there twice. Say it once."), name=name)
        met.add(name)


def by_word(asked: str | None) -> By | None:
    """What scores are to be told apart by.

    Raises:
        RuleBroken: there is no such word.
    """
    return None if asked is None else By(one_of("by", asked, By))


def one_of(name: str, asked: str, words: Iterable[str]) -> str:
    """What was asked under a name, which takes only some words.

    Raises:
        RuleBroken: it is none of them.
    """
    taken = list(words)
    if asked not in taken:
        told = N_("“%(name)s” takes one of: %(words)s.")
        raise RuleBroken(told, name=name, words=", ".join(taken))
    return asked


def sought_words(asked: str | None) -> str:
    """The words or the number by which promises are looked for; empty where nothing is said.

    Raises:
        RuleBroken: it is longer than what is read of it.
    """
    if asked is not None and len(asked) > LONGEST_ASKED:
        raise RuleBroken(N_("“q” takes at most %(most)s characters."), most=LONGEST_ASKED)
    return asked or ""


def page_number(asked: str | None) -> int:
    """Which page of a list is asked for; the first one where nothing is said.

    Raises:
        RuleBroken: this is not a number, or no list has so many pages.
    """
    if asked is None:
        return 1
    if not _WHOLE.fullmatch(asked) or int(asked) > LAST_PAGE:
        raise RuleBroken(N_("“page” takes a number from 1 to %(last)s."), last=LAST_PAGE)
    return int(asked)


def language_code(asked: str | None, offered: tuple[str, ...]) -> str | None:
    """The language in which names are asked.

    Raises:
        RuleBroken: it is not offered.
    """
    return None if asked is None else one_of("lang", asked, offered)
