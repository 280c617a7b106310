"""What is due soon: one message a person, month and round, and only while something is unfiled."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.jobs.models import Job
from mobilizer.monitoring.models import Entry
from mobilizer.reminders.rules import round_of
from mobilizer.reminders.tasks import planning
from tests.reminders.conftest import THREE_BEFORE

SOON = "2 reports are due by 28 November 2026"


def on(day, hour=9):
    return clock.at(datetime(2026, 11, day, hour, tzinfo=UTC))


@pytest.fixture
def mira(make):
    make.cycle("local", first_month="2026-10", last_month="2027-06")
    mira = make.mobilizer("Polog", email="mira@promises.example")
    for _ in range(2):
        done = make.assignment(mira)
        make.report(done, month="2026-10", state="approved")
    return mira


@pytest.mark.parametrize(
    ("left", "days"), [(9, None), (4, None), (3, 3), (2, 3), (1, 1), (0, 1), (-1, None)]
)
def test_the_rounds_are_three_days_and_one_day_before(left, days):
    today = date(2026, 11, 25)

    assert round_of(today + timedelta(days=left), today) == days


def test_one_message_for_all_her_reports_of_the_month(make, mira, out, work):
    make.browser(mira)
    work()

    assert out.subjects == [SOON]
    assert [told["title"] for _, told in out.messages] == [SOON]


def test_she_is_told_twice_a_month_and_not_each_day(mira, out, work):
    told = {}
    for day in range(20, 31):
        with on(day):
            work()
            work()
        told[day] = len(out.letters)
        out.clear()

    assert {day for day, count in told.items() if count} == {25, 27}
    assert set(told.values()) == {0, 1}


def test_a_round_that_was_missed_is_caught_up(mira, out, work):
    with on(26):
        work()

    assert out.subjects == [SOON]


def test_nobody_is_woken_before_eight(mira, out, work):
    with on(25, hour=6):
        work()
    assert out.letters == []
    with on(25, hour=7):
        work()
    assert out.subjects == [SOON]


def test_who_has_filed_everything_is_not_told(make, mira, out, work):
    for assignment in {one.assignment for one in entries()}:
        make.report(assignment, month="2026-11")
    work()

    assert out.letters == []


def entries():
    return db.session.scalars(select(Entry)).all()


def test_what_is_only_a_draft_is_still_due(make, mira, out, work):
    first, second = (one.assignment for one in entries()[:2])
    make.entry(first, month="2026-11")
    make.report(second, month="2026-11")
    work()

    assert out.subjects == ["1 report is due by 28 November 2026"]


def test_what_is_filed_between_planning_and_delivery_is_not_told(make, mira, out, work):
    class Planned:
        key = "reminder.day:2026-11-25"
        payload = {}

    planning.plan_day(Planned)
    job = db.session.scalars(select(Job)).one()
    planning.plan_month(job)
    for assignment in {one.assignment for one in entries()}:
        make.report(assignment, month="2026-11")
    work()

    assert out.letters == []
    assert [one for one in db.session.scalars(select(Job.key)) if one.startswith("email:due:")]


def test_who_may_file_later_is_told_before_her_own_day(make, mira, out, work):
    make.extension(mira, month="2026-11", until=date(2026, 12, 4))
    for day in (25, 27):
        with on(day):
            work()
    assert out.letters == []

    with clock.at(datetime(2026, 12, 3, 9, tzinfo=UTC)):
        work()
    assert out.subjects == ["2 reports are due by 4 December 2026"]


def test_a_withdrawn_assignment_and_an_ended_posting_are_told_nothing(make, mira, out, work):
    other = make.mobilizer("Polog", email="ana@promises.example")
    make.assignment(other).withdrawn_at = THREE_BEFORE
    mira.postings[0].ended_at = THREE_BEFORE
    work()

    assert out.letters == []


def test_many_people_are_planned_a_part_at_a_time(make, mira, out, work, monkeypatch):
    monkeypatch.setattr(planning, "PEOPLE", 2)
    for _ in range(4):
        make.assignment(make.mobilizer("Polog", email="other@promises.example"))
    work()

    assert len(out.letters) == 5
    assert len([key for key in db.session.scalars(select(Job.key)) if "reminder.month" in key]) == 3


@pytest.mark.parametrize(
    ("language", "day"),
    [
        ("en", "28 November 2026"),
        ("sq", "28 nëntor 2026"),
        ("mk", "28 ноември 2026"),
        ("sr", "28. novembra 2026"),
    ],
)
def test_the_text_is_made_in_her_language(mira, out, work, language, day):
    mira.language = language
    work()

    assert day in out.subjects[0]
    assert out.letters[0]["Content-Language"] == {"sr": "sr-Latn"}.get(language, language)
