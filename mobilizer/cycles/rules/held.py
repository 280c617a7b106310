"""What has been filed stays within its cycle, and what was published stays as it was."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_
from mobilizer.cycles.rules import month_after

FIXED = N_("The public sees this cycle and it has begun: this stays as it is.")


class Bearing(Protocol):
    """What of a cycle's settings bears on days that are over."""

    @property
    def first_month(self) -> date:
        """The first day of its first month."""

    @property
    def last_month(self) -> date:
        """The first day of its last month."""

    @property
    def time_zone(self) -> str:
        """Where its days begin and end."""

    @property
    def least_rated(self) -> int:
        """Rated promises it takes for a percentage."""


def bears_on_past(was: Bearing, becomes: Bearing, today: date) -> str | None:
    """Which change would make other numbers of past days, or take their addresses away.

    Another least number shows or hides percentages that were published; another time zone ends
    months at another finding; a first month that is put off takes releases away, and so does a
    last month before one that is over.
    """
    if becomes.least_rated != was.least_rated:
        return "least_rated"
    if becomes.time_zone != was.time_zone:
        return "time_zone"
    if becomes.first_month > was.first_month:
        return "first_month"
    last_over = min(was.last_month, month_after(today.replace(day=1), -1))
    return "last_month" if becomes.last_month < last_over else None


def check_held(first: date, last: date, held: Sequence[date]) -> None:
    """A cycle keeps the months in which there is something.

    Args:
        first: the first month it is to have.
        last: the last one.
        held: the months in which there is something, the first one first.

    Raises:
        RuleBroken: one of them would no longer be the cycle's.
    """
    if held and first > held[0]:
        raise RuleBroken(
            N_("There are reports on %(month)s: the cycle cannot begin after it."),
            field="first_month",
            month=f"{held[0]:%Y-%m}",
        )
    if held and last < held[-1]:
        raise RuleBroken(
            N_("There are reports on %(month)s: the cycle cannot end before it."),
            field="last_month",
            month=f"{held[-1]:%Y-%m}",
        )
