"""What is told of a year ago: the very day, else its week, else its month."""

from datetime import date, timedelta

from mobilizer.core.words import N_, Word
from mobilizer.scorecards.rules.releases import last_day


class Span(Word):
    """How near to the day a year ago something was, the nearest first."""

    DAY = "day", N_("On this day a year ago")
    WEEK = "week", N_("In this week a year ago")
    MONTH = "month", N_("In this month a year ago")


def year_before(day: date) -> date:
    """The same day a year earlier; of a leap day the one before it."""
    last = last_day(date(day.year - 1, day.month, 1)).day
    return day.replace(year=day.year - 1, day=min(day.day, last))


def span(day: date, of: Span) -> tuple[date, date]:
    """The first and the last day of what is told of a day: weeks begin on Monday."""
    if of is Span.WEEK:
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    return (day, day) if of is Span.DAY else (day.replace(day=1), last_day(day.replace(day=1)))
