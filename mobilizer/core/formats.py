"""Dates, months, numbers and percentages, as the page's language writes them."""

from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_skeleton
from babel.numbers import format_decimal
from flask import Flask
from flask_babel import (
    format_date,
    format_datetime,
    get_locale,
    gettext,
    ngettext,
    to_user_timezone,
)

from mobilizer.core.words import Sentence

#: The months as they follow a day, where CLDR has only what a month alone is called.
MONTHS_OF_DAYS = {
    "sr": (
        "januara", "februara", "marta", "aprila", "maja", "juna",
        "jula", "avgusta", "septembra", "oktobra", "novembra", "decembra",
    )
}  # fmt: skip


def day(value: date | datetime | None, zone: str = "") -> str:
    """A day: "21 November 2026". A moment is told in a time zone, else the installation's."""
    return _day(_there(value, zone)) if value else ""


def _day(value: date | datetime, rebase: bool = True) -> str:
    there = to_user_timezone(value) if rebase and isinstance(value, datetime) else value
    locale = get_locale()
    if locale is None or locale.language not in MONTHS_OF_DAYS:
        return format_date(there, "long", rebase=False)
    month = MONTHS_OF_DAYS[locale.language][there.month - 1]
    pattern = locale.date_formats["long"].pattern.replace("MMMM", f"'{month}'")
    return format_date(there, pattern, rebase=False)


def iso_day(value: date | datetime, zone: str = "") -> str:
    """The same day as ``day`` tells, for machines: "2026-11-21"."""
    there = _there(value, zone)
    return f"{to_user_timezone(there) if isinstance(there, datetime) else there:%Y-%m-%d}"


def _there(value: date | datetime, zone: str) -> date | datetime:
    if zone and isinstance(value, datetime):
        return value.astimezone(ZoneInfo(zone)).date()
    return value


def last_day(value: datetime | None, zone: str) -> str:
    """The last day of what ends at a moment: at midnight it ends with the day before."""
    return day(value - timedelta(microseconds=1), zone) if value else ""


def month(value: date | None) -> str:
    """A month: "November 2026"."""
    if not value:
        return ""
    return str(format_skeleton("yMMMM", datetime(value.year, value.month, 1), locale=get_locale()))  # noqa: DTZ001  # a month has no zone


def moment(value: datetime | None, zone: str = "") -> str:
    """A day and a time of day, in a time zone, else the installation's. Never on a public page.

    Hours run to 24 in every language: so the region writes them, whatever CLDR has for it.
    """
    if not value:
        return ""
    there = value.astimezone(ZoneInfo(zone)) if zone else value
    return f"{_day(there, not zone)}, {format_datetime(there, 'HH:mm', not zone)}"


def list_sign() -> str:
    """What stands between the parts of a spreadsheet's formula in the language of the request.

    It is the comma, unless numbers have one already: "3,5" would be two parts.
    """
    return "," if number(0.5) == "0.5" else ";"


def number(value: float | Fraction | None, digits: int | None = None) -> str:
    """A number with the separators of the language; halves are shown as such.

    Args:
        value: the number.
        digits: so many stand behind the point, also where they are zeros.
    """
    if value is None:
        return ""
    exact = float(value) if isinstance(value, Fraction) else value
    # Nought with a minus is equal to nought, and would be remembered as the same.
    return _written(exact or 0, digits, get_locale())


@lru_cache(4096)  # A page says hundreds, most of them again and again.
def _written(value: float, digits: int | None, locale: Locale | None) -> str:
    form = None if digits is None else f"#,##0.{'0' * digits}"
    return str(format_decimal(value, form, locale=locale))


def sentence(told: Sentence | None) -> str:
    """A sentence with its numbers, in the language of the page; nothing where none is told."""
    if told is None:
        return ""
    if not told.many:
        return gettext(told.one)
    return ngettext(told.one, told.many, told.num, of=number(told.of))


def install(app: Flask) -> None:
    """Give templates the filters ``day iso_day last_day month moment number sentence``."""
    some = (day, iso_day, last_day, month, moment, number, sentence)
    app.jinja_env.filters.update({one.__name__: one for one in some})
