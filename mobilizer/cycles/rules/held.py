"""What has been filed stays within its cycle."""

from collections.abc import Sequence
from datetime import date

from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_


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
