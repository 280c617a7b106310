"""Which months of a cycle hold something: these stay in it, whatever its settings become."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import Select

from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle

Months = Callable[[Cycle], Select[date]]

_HOLDING: list[Months] = []


def holds_months(months: Months) -> Months:
    """Declare that a feature, which no cycle knows of, keeps something by the month.

    Args:
        months: of a cycle, those in which there is something.
    """
    _HOLDING.append(months)
    return months


def held(cycle: Cycle) -> tuple[date, ...]:
    """The months of a cycle in which there is something, the first one first."""
    found = {month for months in _HOLDING for month in db.session.scalars(months(cycle))}
    return tuple(sorted(found))
