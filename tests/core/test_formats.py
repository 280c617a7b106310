"""Numbers and days as a page's language writes them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask_babel import force_locale, ngettext

from mobilizer.core.clock import day_end
from mobilizer.core.formats import day, iso_day, last_day, moment, month, number

SKOPJE = "Europe/Skopje"


@pytest.mark.parametrize(
    ("value", "written"), [(0.9, "0,90"), (1.0, "1,00"), (0.745, "0,74"), (-0.1, "-0,10")]
)
def test_so_many_digits_stand_behind_the_point_also_zeros(app, value, written):
    with force_locale("mk"):
        assert number(value, 2) == written


def test_a_number_that_was_said_in_one_language_is_said_anew_in_another(app):
    said = {}
    for lang in ("en", "mk", "en"):
        with force_locale(lang):
            said[lang] = number(1234.5)
    assert said == {"en": "1,234.5", "mk": "1.234,5"}


@pytest.mark.parametrize("many", [1, 21, 61, 101])
def test_macedonian_counts_in_the_singular_after_a_one_at_the_end(app, many):
    with force_locale("mk"):
        assert ngettext("%(num)s promise", "%(num)s promises", many) == f"{many} ветување"


@pytest.mark.parametrize("many", [0, 2, 11, 111, 57])
def test_macedonian_counts_in_the_plural_after_all_else_eleven_too(app, many):
    with force_locale("mk"):
        assert ngettext("%(num)s promise", "%(num)s promises", many) == f"{many} ветувања"


def test_nought_never_bears_a_minus(app):
    with force_locale("en"):
        assert [number(-0.0), number(0.0), number(0)] == ["0", "0", "0"]


def test_what_ends_at_midnight_ends_with_the_day_before(app):
    ends = day_end(datetime(2026, 11, 22, 10, tzinfo=UTC), 10, SKOPJE)

    assert ends == datetime(2026, 12, 2, 23, tzinfo=UTC)
    with force_locale("en_GB"):
        assert last_day(ends, SKOPJE) == "2 December 2026"
        assert day(ends, SKOPJE) == day(ends) == "3 December 2026"
        assert iso_day(ends) == iso_day(ends.date() + timedelta(days=1)) == "2026-12-03"
        assert last_day(None, SKOPJE) == ""


@pytest.mark.parametrize("hour", [0, 21, 22, 23])
def test_a_day_is_that_of_the_zone_also_where_its_clocks_change(hour):
    """On 25 October clocks went back in Skopje: its day has 25 hours."""
    told = datetime(2026, 10, 24, hour, tzinfo=UTC)
    days = 1 if hour < 22 else 0

    assert day_end(told, days, SKOPJE) == datetime(2026, 10, 25, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("of", "with_its_day"),
    [
        (1, "januara"),
        (2, "februara"),
        (3, "marta"),
        (4, "aprila"),
        (5, "maja"),
        (6, "juna"),
        (7, "jula"),
        (8, "avgusta"),
        (9, "septembra"),
        (10, "oktobra"),
        (11, "novembra"),
        (12, "decembra"),
    ],
)
def test_serbian_has_a_month_in_the_genitive_after_its_day(app, of, with_its_day):
    with force_locale("sr_Latn"):
        assert day(date(2026, of, 12)) == f"12. {with_its_day} 2026."


def test_serbian_has_a_month_in_the_nominative_where_it_stands_alone(app):
    with force_locale("sr_Latn"):
        assert month(date(2026, 11, 12)) == "novembar 2026."


def test_a_day_in_the_genitive_is_that_of_the_zone_too(app):
    """Here the month ended an hour before it did by UTC."""
    late = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)

    with force_locale("sr_Latn"):
        assert day(late, SKOPJE) == day(late) == "1. decembra 2026."
        assert moment(late, SKOPJE) == moment(late) == "1. decembra 2026., 00:30"
        assert moment(late, "UTC") == "30. novembra 2026., 23:30"
