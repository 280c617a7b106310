"""What may be asked of the API, and how it is read. Whatever is none of that is refused."""

import re

from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_
from mobilizer.scorecards.rules import By

#: So many rows a page of a list has; further in than the last page nothing is counted.
PER_PAGE, LAST_PAGE = 100, 10_000
#: The code of a cycle is no longer.
LONGEST_CODE = 64
_WHOLE = re.compile(r"[1-9][0-9]{0,5}")


def by_word(asked: str | None) -> By | None:
    """What scores are to be told apart by.

    Raises:
        RuleBroken: there is no such word.
    """
    if asked is None:
        return None
    if asked not in set(By):
        raise RuleBroken(N_("“by” takes one of: %(words)s."), words=", ".join(By))
    return By(asked)


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
    if asked is not None and asked not in offered:
        raise RuleBroken(N_("“lang” takes one of: %(words)s."), words=", ".join(offered))
    return asked
