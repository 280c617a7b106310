"""The clock stopped on a day; and when days end that a body or a reader has, where cycles are."""

from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta

from mobilizer.core import clock
from mobilizer.core.clock import day_end
from tests.support.world import NOVEMBER

ZONE = "Europe/Skopje"


def over(days: float) -> datetime:
    """The end of the day that lies so many days after ``NOVEMBER``; of a part, so much later."""
    return day_end(NOVEMBER, 0, ZONE) + timedelta(days=days)


def on(
    year: int, month: int, day: int, hour: int = 12, minute: int = 0
) -> AbstractContextManager[None]:
    """Stop the clock at a moment of UTC; at noon if none is said."""
    return clock.at(datetime(year, month, day, hour, minute, tzinfo=UTC))
