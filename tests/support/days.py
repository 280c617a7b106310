"""When days end that a body or a reader has: at midnight where the cycles of tests are."""

from datetime import datetime, timedelta

from mobilizer.core.clock import day_end
from tests.support.world import NOVEMBER

ZONE = "Europe/Skopje"


def over(days: float) -> datetime:
    """The end of the day that lies so many days after ``NOVEMBER``; of a part, so much later."""
    return day_end(NOVEMBER, 0, ZONE) + timedelta(days=days)
