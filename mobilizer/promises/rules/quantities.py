"""Values of indicators: typed as people write them here, kept in one form."""

import re
from decimal import Decimal

from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_
from mobilizer.promises.rules import Unit

LONGEST = 60
#: There cannot be less than nothing of these.
NEVER_NEGATIVE = frozenset({Unit.DENARS, Unit.EUROS, Unit.KILOMETRES})
#: What may stand behind a number, and says no more than its unit does.
SUFFIXES = {
    Unit.PERCENT: "%",
    Unit.KILOMETRES: "km км",
    Unit.EUROS: "€ eur euro euros evra евра",
    Unit.DENARS: "mkd den ден denars denarë денари denara",
}
YES = frozenset("yes po да da".split())
NO = frozenset("no jo не ne".split())

#: "3 of 7" in four languages, and "3/7".
_STEPS = re.compile(r"([0-9]{1,4})\s*(?:/|of|nga|од|od)\s*([0-9]{1,4})")
_SIGN = re.compile(r"^[+\-−–]\s*")
_DIGITS = re.compile(r"[0-9]{1,15}")
_SPACES = re.compile(r"[\s'’]+")


def check_value(unit: Unit, typed: str) -> str:
    """A value as it is kept: ``yes`` or ``no``, ``3/7``, a number with a decimal point, or words.

    What is kept is read as itself again.

    Raises:
        RuleBroken: it says nothing in this unit, or can be read in two ways.
    """
    text = " ".join(typed.split())
    if not text:
        raise RuleBroken(N_("This is needed."))
    if len(text) > LONGEST:
        raise RuleBroken(N_("A value has at most %(longest)s characters."), longest=LONGEST)
    if unit is Unit.OTHER:
        return text
    if unit is Unit.YES_NO:
        return _yes_or_no(text)
    if unit is Unit.STEPS:
        return _steps(text)
    number = read_number(_without_suffix(unit, text))
    if unit in NEVER_NEGATIVE and number.startswith("-"):
        raise RuleBroken(N_("This cannot be less than nothing."))
    return number


def read_number(typed: str) -> str:
    """A number with a decimal point and nothing else, from one with commas, points or spaces.

    Where both comma and point stand, the last one begins the decimals. One alone, with three
    digits behind it, may mean either, and is asked about rather than guessed at.

    Raises:
        RuleBroken: it is not a number, or can be read in two ways.
    """
    sign = "-" if typed[:1] in ("-", "−", "–") else ""
    body = _SIGN.sub("", typed)
    spaced = _SPACES.split(body)
    if len(spaced) > 1 and not _are_thousands([*spaced[:-1], re.split("[.,]", spaced[-1])[0]]):
        raise _no_number(typed)
    whole, decimals = _parted(typed, "".join(spaced))
    if not _DIGITS.fullmatch(whole) or not (decimals == "" or _DIGITS.fullmatch(decimals)):
        raise _no_number(typed)
    return _plain(Decimal(f"{sign}{whole}.{decimals or 0}"))


def _parted(typed: str, body: str) -> tuple[str, str]:
    """The whole part and the decimals."""
    marks = [mark for mark in body if mark in ".,"]
    if not marks:
        return body, ""
    if len(marks) == 1:
        whole, _, decimals = body.replace(",", ".").partition(".")
        if len(decimals) == 3 and _are_thousands([whole, decimals]) and whole != "0":
            raise RuleBroken(
                N_("“%(typed)s” can be read in two ways. Write %(thousands)s or %(decimals)s0."),
                typed=typed,
                thousands=whole + decimals,
                decimals=f"{whole}.{decimals}",
            )
        return whole, decimals or "-"
    last = marks[-1]
    if marks.count(last) == len(marks):
        groups, decimals = body.split(last), ""
    else:
        front, _, decimals = body.rpartition(last)
        groups, decimals = re.split("[.,]", front), decimals or "-"
        if last in front:
            raise _no_number(typed)
    if not _are_thousands(groups):
        raise _no_number(typed)
    return "".join(groups), decimals


def _are_thousands(groups: list[str]) -> bool:
    first, *others = groups
    return (
        first.isdecimal()
        and 1 <= len(first) <= 3
        and all(group.isdecimal() and len(group) == 3 for group in others)
    )


def _plain(number: Decimal) -> str:
    """Without zeros that say nothing.

    One stays behind three decimals, so that what is kept cannot be read as thousands.
    """
    if not number:
        return "0"
    whole, point, decimals = f"{number:f}".partition(".")
    decimals = decimals.rstrip("0")
    if len(decimals) == 3 and abs(number) >= 1:
        decimals += "0"
    return whole + point + decimals if decimals else whole


def _without_suffix(unit: Unit, text: str) -> str:
    for suffix in sorted(SUFFIXES.get(unit, "").split(), key=len, reverse=True):
        if text.casefold().endswith(suffix):
            return text[: -len(suffix)].rstrip()
    return text


def _yes_or_no(text: str) -> str:
    word = text.casefold()
    if word in YES:
        return "yes"
    if word in NO:
        return "no"
    raise RuleBroken(N_("Write yes or no."))


def _steps(text: str) -> str:
    found = _STEPS.fullmatch(text.casefold())
    done, total = (int(number) for number in found.groups()) if found else (1, 0)
    if done > total or not total:
        raise RuleBroken(N_("Write steps done of all steps, such as 3/7."))
    return f"{done}/{total}"


def _no_number(typed: str) -> RuleBroken:
    return RuleBroken(N_("“%(typed)s” is not a number."), typed=typed)
