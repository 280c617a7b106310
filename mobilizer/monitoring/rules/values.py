"""Values of indicators: as people type them, as they are kept, and how they stand to a target."""

import re
from collections.abc import Callable
from fractions import Fraction

from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_
from mobilizer.promises.rules import Unit

#: What stands for a value where there is none.
NO_DATA = "no_data"
LONGEST = 60

#: How many there are of each unit cannot be less than nothing.
NEVER_NEGATIVE = frozenset({Unit.DENARS, Unit.EUROS, Unit.KILOMETRES})

_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_STEPS = re.compile(r"(\d{1,4})\D{1,12}(\d{1,4})", re.ASCII)


def normal(unit: Unit, typed: str) -> str:
    """A typed value as it is kept: a decimal point, no separators, "3/7" for steps.

    Raises:
        RuleBroken: it is not a value of this unit, or cannot be understood in one way only.
    """
    return _READERS.get(unit, _number)(unit, typed.strip())


def _yes_no(_: Unit, typed: str) -> str:
    if typed not in ("yes", "no"):
        raise RuleBroken(N_("Answer yes or no."))
    return typed


def _steps(_: Unit, typed: str) -> str:
    found = _STEPS.fullmatch(typed)
    if found is None:
        raise RuleBroken(N_("Write how many steps are done of how many, such as 3/7."))
    done, total = int(found[1]), int(found[2])
    if not 0 < total >= done:
        raise RuleBroken(N_("There cannot be more steps done than there are."))
    return f"{done}/{total}"


def _text(_: Unit, typed: str) -> str:
    if len(typed) > LONGEST:
        raise RuleBroken(
            N_("At most %(most)s characters; this has %(n)s."), most=LONGEST, n=len(typed)
        )
    return typed


def _number(unit: Unit, typed: str) -> str:
    plain = re.sub(r"[\s\u00a0\u202f'’]", "", typed).replace("−", "-").removesuffix("%")
    marks = re.findall(r"[.,]", plain)
    if len(set(marks)) == 2:
        thousands = marks[0]
        plain = plain.replace(thousands, "").replace(",", ".")
    elif len(marks) > 1:
        plain = re.sub(r"[.,]", "", plain)
    elif re.fullmatch(r"-?[1-9]\d{0,2}[.,]\d{3}", plain):
        raise RuleBroken(
            N_("Is the sign in %(typed)s for thousands? Write the number without it."), typed=typed
        )
    else:
        plain = plain.replace(",", ".")
    if not _NUMBER.fullmatch(plain) or len(plain) > LONGEST:
        raise RuleBroken(N_("This is not a number."))
    if plain.startswith("-") and unit in NEVER_NEGATIVE:
        raise RuleBroken(N_("This cannot be less than nothing."))
    return _shortest(plain)


def _shortest(plain: str) -> str:
    """Without zeros that say nothing: "007.50" is "7.5".

    One zero stays behind three decimals, so that it cannot be read as thousands next month.
    """
    sign = "-" if plain.startswith("-") else ""
    whole, _, part = plain.removeprefix("-").partition(".")
    whole, part = whole.lstrip("0") or "0", part.rstrip("0")
    part += "0" if len(part) == 3 and whole != "0" else ""
    shortest = f"{whole}.{part}" if part else whole
    return shortest if shortest == "0" else sign + shortest


_READERS: dict[Unit, Callable[[Unit, str], str]] = {
    Unit.YES_NO: _yes_no,
    Unit.STEPS: _steps,
    Unit.OTHER: _text,
}


def reached(unit: Unit, value: str, target: str, baseline: str = "") -> bool | None:
    """Whether a value is at its target or beyond; None when they cannot be compared.

    A target below the baseline is reached from above: fewer days of waiting, for one.
    """
    if unit == Unit.YES_NO:
        return value == target if {value, target} <= {"yes", "no"} else None
    amount, wanted, began = _amount(value), _amount(target), _amount(baseline)
    if amount is None or wanted is None:
        return None
    if began is not None and wanted < began:
        return amount <= wanted
    return amount >= wanted


def _amount(kept: str) -> Fraction | None:
    over, slash, under = kept.partition("/")
    try:
        return Fraction(over) / Fraction(under) if slash else Fraction(kept)
    except (ValueError, ZeroDivisionError):
        return None
