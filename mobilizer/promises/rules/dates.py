"""Dates as sources give them: a day, a month or only a year."""

import re
from calendar import monthrange
from datetime import date

from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_
from mobilizer.promises.rules import Precision

UNREADABLE = N_("Write a day, a month or a year, such as 21.11.2026, 11.2026 or 2026.")
#: The years in which promises can have been made or fall due.
FIRST_YEAR, LAST_YEAR = 1990, 2100

_YEAR_FIRST = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?")
_YEAR_LAST = re.compile(
    r"(?:(?:(?P<day>\d{1,2})[./ -]+)?(?P<month>\d{1,2})[./ -]+)?(?P<year>\d{4})\.?"
)


def read_date(typed: str, *, ends: bool = False) -> tuple[date, Precision]:
    """What a typed date says, and how exactly: the day comes before the month, as here.

    A month or a year is given by its first day, or where it ``ends`` by its last: a promise
    for 2026 is not late in 2026.

    Raises:
        RuleBroken: it is no date, or one of another age.
    """
    text = " ".join(typed.split())
    found = _YEAR_FIRST.fullmatch(text) or _YEAR_LAST.fullmatch(text)
    if found is None:
        raise RuleBroken(UNREADABLE)
    year = int(found["year"])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise RuleBroken(
            N_("The year must lie between %(first)s and %(last)s."),
            first=FIRST_YEAR,
            last=LAST_YEAR,
        )
    try:
        first = date(year, int(found["month"] or 1), int(found["day"] or 1))
    except ValueError as error:
        raise RuleBroken(UNREADABLE) from error
    if found["day"]:
        return first, Precision.DAY
    precision = Precision.MONTH if found["month"] else Precision.YEAR
    return last_day(first, precision) if ends else first, precision


def last_day(first: date, precision: Precision) -> date:
    """The last day of the month or year that a date stands for; a day is its own."""
    if precision not in (Precision.MONTH, Precision.YEAR):
        return first
    month = first.month if precision is Precision.MONTH else 12
    return date(first.year, month, monthrange(first.year, month)[1])


def written(on: date | None, precision: Precision | None) -> str:
    """A date as ``read_date`` reads it back; nothing where there is none."""
    if on is None:
        return ""
    forms = {Precision.MONTH: "%m.%Y", Precision.YEAR: "%Y"}
    return on.strftime(forms.get(precision or Precision.DAY, "%d.%m.%Y"))
