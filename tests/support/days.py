"""Days: which one it is, and when those end that a body or a reader has, where tests are."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from mobilizer.core import clock
from mobilizer.core.clock import day_end
from tests.support.world import NOVEMBER

ZONE = "Europe/Skopje"


def over(days: float) -> datetime:
    """The end of the day that lies so many days after ``NOVEMBER``; of a part, so much later."""
    return day_end(NOVEMBER, 0, ZONE) + timedelta(days=days)


@contextmanager
def on(year: int, month: int, day: int) -> Iterator[None]:
    """Let it be noon of a day, by UTC."""
    with clock.at(datetime(year, month, day, 12, tzinfo=UTC)):
        yield
