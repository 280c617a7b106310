"""The release of a month: the scores of a cycle as they stood when the month was over."""

import re
from datetime import date, timedelta

from mobilizer.cycles.rules import month_after, months_between

_MONTH = re.compile(r"[1-9][0-9]{3}-(?:0[1-9]|1[0-2])")


def month_named(text: str) -> date | None:
    """The month of a release's address, such as 2026-10, as its first day; None for all else."""
    return date.fromisoformat(f"{text}-01") if _MONTH.fullmatch(text) else None


def last_day(month: date) -> date:
    """The last day of a month: at its end the release is as it stays."""
    return month_after(month) - timedelta(days=1)


def released(first: date, last: date, today: date) -> tuple[date, ...]:
    """The months that have a release, the newest first: those that are over.

    Args:
        first: the first month of which there is something to tell.
        last: the last one.
        today: where the cycle is.
    """
    over = month_after(today.replace(day=1), -1)
    return months_between(first, min(last, over))[::-1]
