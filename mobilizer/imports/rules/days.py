"""When what a package tells by its day is said to have been."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


def beginning(day: date, zone: str) -> datetime:
    """The first moment of a day in a time zone: a package tells no time of day."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
