"""How far a phone's clock is believed."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo


def believed(
    saved_at: datetime, sent_at: datetime | None, now: datetime, opens: date, zone: str
) -> tuple[datetime, timedelta | None]:
    """When a report was saved, and by how much the phone's clock is off, as ``standing`` asks it.

    Nothing was saved later than it came in; and what would have been saved before the month
    opened, by a clock set right, was saved by a clock that nobody can believe.

    Args:
        saved_at: by the phone's clock.
        sent_at: by the same clock, when it was sent; None where that is not said.
        now: by the server's.
        opens: the day the month opened.
        zone: the cycle's time zone.
    """
    clock_off = None if sent_at is None else now - sent_at
    if clock_off is not None:
        saved = (saved_at + clock_off).astimezone(ZoneInfo(zone)).date()
        clock_off = clock_off if saved >= opens else None
    return min(saved_at, now), clock_off
