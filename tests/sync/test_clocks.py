"""Fair lateness: saved on the phone in time, sent later, by a clock that can be believed."""

from datetime import UTC, date, datetime, timedelta

import pytest

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.monitoring.models import Entry
from mobilizer.sync.rules.clocks import believed
from tests.sync.phone import report

#: After the due day of November (the 28th), before its close (5 December).
LATE = datetime(2026, 12, 2, 10, tzinfo=UTC)
IN_TIME = "2026-11-27T10:00:00+01:00"
OPENS = date(2026, 11, 20)
ZONE = "Europe/Skopje"


def sent(make, phone, saved_at, **headers):
    assignment = make.assignment()
    with clock.at(LATE):
        phone.sign_in(assignment.mobilizer)
        receipt = phone.put(report(assignment, saved_at=saved_at), **headers).json
    return receipt["entry"]["timeliness"]


def test_saved_in_time_and_sent_late_is_on_time(make, phone):
    assert sent(make, phone, IN_TIME) == "on_time_sent_late"


def test_saved_too_late_is_late(make, phone):
    assert sent(make, phone, "2026-11-29T10:00:00+01:00") == "late"


@pytest.mark.parametrize("said", ["", "now", "2026-12-02T10:00:00", "9" * 300])
def test_a_phone_that_does_not_say_when_it_sent_is_not_believed(make, phone, said):
    assert sent(make, phone, IN_TIME, X_Sent_At=said) == "late"


@pytest.mark.parametrize("off", [timedelta(hours=25), timedelta(hours=-25)])
def test_a_clock_that_is_off_by_more_than_a_day_is_not_believed(make, phone, off):
    assert sent(make, phone, IN_TIME, X_Sent_At=(LATE + off).isoformat()) == "late"


def test_a_clock_that_is_off_by_less_than_a_day_is_believed(make, phone):
    off = (LATE - timedelta(hours=23)).isoformat()
    assert sent(make, phone, IN_TIME, X_Sent_At=off) == "on_time_sent_late"


@pytest.mark.parametrize("year", [2025, 2027])
def test_a_phones_clock_a_year_off_makes_it_late_and_refuses_nothing(make, phone, year):
    saved, said = f"{year}-11-27T10:00:00+01:00", f"{year}-12-02T10:00:00+01:00"
    assert sent(make, phone, saved, X_Sent_At=said) == "late"
    (entry,) = db.session.scalars(db.select(Entry))
    assert not entry.is_quarantined
    assert entry.revisions[0].saved_at <= LATE


def test_on_time_by_the_servers_clock_needs_no_phones(make, phone):
    assignment = make.assignment()
    phone.sign_in(assignment.mobilizer)
    receipt = phone.put(report(assignment, saved_at="2020-01-01T00:00:00Z"), X_Sent_At="").json
    assert receipt["entry"]["timeliness"] == "on_time"


def moment(day, hour=10):
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def test_nothing_was_saved_after_it_came_in():
    assert believed(moment(30), None, moment(22), OPENS, ZONE) == (moment(22), None)


def test_the_clocks_error_is_what_it_was_off_when_it_sent():
    off = timedelta(hours=2)
    assert believed(moment(21), moment(22) - off, moment(22), OPENS, ZONE) == (moment(21), off)


def test_saved_before_the_month_opened_by_a_clock_set_right_is_not_believed():
    assert believed(moment(18), moment(22), moment(22), OPENS, ZONE) == (moment(18), None)


def test_saved_before_the_month_opened_by_a_clock_that_is_behind_is():
    behind = timedelta(hours=20)
    saved, said = moment(20, 12) - behind, moment(22) - behind
    assert believed(saved, said, moment(22), OPENS, ZONE) == (saved, behind)


@pytest.mark.parametrize("year", [1902, 2499])
def test_any_year_that_is_read_can_be_reckoned_with(year):
    saved = datetime(year, 1, 1, tzinfo=UTC)
    for said in (datetime(1902, 1, 1, tzinfo=UTC), datetime(2499, 12, 31, tzinfo=UTC)):
        believed(saved, said, moment(22), OPENS, ZONE)
