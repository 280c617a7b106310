"""The day as of which numbers are asked for: one rule for pages, the API and the command line."""

import re
from collections.abc import Sequence
from datetime import date

from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

THIS_CYCLE = N_("This cycle began on %(day)s. Choose that day or a later one.")


def as_of_day(
    asked: Sequence[str], since: date, today: date, too_early: str = THIS_CYCLE
) -> date | None:
    """The day that is asked for; None where none is. An empty field of a form asks for none.

    Args:
        asked: all that was given for it, as it was typed.
        since: the first day of which there is something to tell.
        today: the last one, where the cycle is.
        too_early: what is said of a day before the first, which it may name by ``%(day)s``.

    Raises:
        RuleBroken: it is no day as ISO 8601 writes it, there are two, or nothing can be told of
            it: it has not come yet, or lies too far back.
    """
    typed = [one for one in asked if one]
    if not typed:
        return None
    if len(typed) > 1:
        raise _refused(N_("There are two days here. Choose one."))
    day = _read(typed[0])
    if day > today:
        raise _refused(N_("This day has not come yet. Today is %(day)s."), day=today)
    if day < since:
        raise _refused(too_early, day=since)
    return day


def _read(typed: str) -> date:
    if not _DAY.fullmatch(typed):  # Python also reads 20261031 and 2026-W44-6.
        raise _refused(N_("Write the day as year, month and day, such as 2026-10-31."))
    try:
        return date.fromisoformat(typed)
    except ValueError as fault:
        raise _refused(N_("There is no such day in the calendar.")) from fault


def _refused(message: str, **params: object) -> RuleBroken:
    return RuleBroken(message, field="as_of", **params)
