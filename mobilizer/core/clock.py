"""The server's clock, the only one that is believed."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_stopped: ContextVar[datetime | None] = ContextVar("stopped clock", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _stopped.get() or datetime.now(UTC)


def today(zone: str) -> date:
    """Today's date in a time zone such as ``Europe/Skopje``."""
    return now().astimezone(ZoneInfo(zone)).date()


def day_of(moment: datetime, zone: str) -> date:
    """The day in which a moment lies, in a time zone."""
    return moment.astimezone(ZoneInfo(zone)).date()


def day_end(moment: datetime, days: int, zone: str) -> datetime:
    """The midnight that ends the day so many days after a moment, in a time zone."""
    following = day_of(moment, zone) + timedelta(days=days + 1)
    return datetime.combine(following, time(), ZoneInfo(zone)).astimezone(UTC)


def month_of(moment: datetime, zone: str) -> date:
    """The first day of the month in which a moment lies, in a time zone."""
    return day_of(moment, zone).replace(day=1)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Stop the clock at an aware moment: for tests, and for telling the demonstration's story."""
    token = _stopped.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _stopped.reset(token)
