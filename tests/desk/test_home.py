"""The first page of the desk: for each role its own, with numbers that add up."""

from datetime import UTC, datetime, timedelta

import pytest

from mobilizer.accounts.rules import Role
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.cycles.rules import Timeliness
from mobilizer.desk import queries
from mobilizer.desk.queries.overview import Tally
from mobilizer.monitoring.rules.workflow import EntryState
from tests.support.days import on

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
LATE, LATE_BUT_NOTED = Timeliness.LATE, Timeliness.ON_TIME_SENT_LATE


@pytest.fixture(autouse=True)
def november():
    with clock.at(NOW):
        yield


@pytest.fixture
def month(make):
    """Polog in November: eight expected, and one of everything that can become of a report."""
    mobilizer = make.mobilizer("Polog", mentor=make.mentor("Polog"), full_name="Zana")

    def one(**given):
        return make.assignment(mobilizer, **given)

    make.report(one(), month="2026-11")
    make.report(one(), month="2026-11", state=EntryState.APPROVED).timeliness = LATE_BUT_NOTED
    make.report(one(), month="2026-11", state=EntryState.RETURNED).timeliness = LATE
    make.report(one(), month="2026-11", state=EntryState.WITHDRAWN)
    make.report(one(), month="2026-11").is_quarantined = True
    make.entry(one(), month="2026-11")
    with clock.at(NOW - timedelta(days=20)):
        make.report(one(), month="2026-10")
    one()
    one(first_month="2027-01")
    one(withdrawn_at=NOW - timedelta(days=60))
    db.session.flush()
    return mobilizer


EXPECTED = Tally(expected=8, received=3, on_time=2, returned=1, approved=1, waiting=2, overdue=1)


def board(make):
    cora = make.coordinator()
    [running] = queries.running(cora, Role.COORDINATOR)
    return queries.board(cora, running)


def test_a_region_is_counted_report_by_report(make, month):
    make.region("Skopje")

    found = board(make)

    assert {region.names["en"]: tally for region, tally in found.regions} == {
        "Polog": EXPECTED,
        "Skopje": Tally(),
    }
    assert found.total == EXPECTED


def test_a_mentor_finds_her_mobilizers_month(make, month):
    mira = next(one.mentor for one in month.postings)
    make.report(make.assignment(make.mobilizer("Skopje", mentor=make.mentor("Skopje"))))

    found = queries.mentoring(mira)

    [(running, mobilizers)] = found.months
    assert running.month.isoformat() == "2026-11-01"
    assert mobilizers == [(month, EXPECTED)]


def test_her_own_reports_are_not_her_mobilizers(make):
    mira = make.mentor("Polog")
    make.posting(mira, "mobilizer", "Polog", mentor=make.mentor("Polog"))
    make.report(make.assignment(mira), month="2026-11")

    [(_, mobilizers)] = queries.mentoring(mira).months
    assert mobilizers == []


@pytest.mark.parametrize(
    ("day", "month"),
    [
        ((2026, 5, 20), "2026-06-01"),
        ((2026, 6, 21), "2026-06-01"),
        ((2026, 11, 22), "2026-11-01"),
        ((2026, 12, 10), "2026-11-01"),
        ((2026, 12, 20), "2026-12-01"),
        ((2027, 9, 1), "2027-05-01"),
    ],
)
def test_the_month_shown_is_the_open_one_else_the_last_that_was(make, day, month):
    make.cycle(first_month="2026-06", last_month="2027-05")
    cora = make.coordinator()

    with on(*day, hour=10):
        [running] = queries.running(cora, Role.COORDINATOR)

    assert running.month.isoformat() == month


def test_a_cycle_that_is_long_over_makes_room_for_the_one_that_is_on(make):
    old = make.cycle("old", first_month="2024-01", last_month="2024-12")
    new = make.cycle("new", first_month="2026-06", last_month="2027-05")
    cora = make.coordinator(cycle=old)
    assert [one.cycle.code for one in queries.running(cora, Role.COORDINATOR)] == ["old"]

    make.posting(cora, Role.COORDINATOR, cycle=new)
    db.session.refresh(cora)
    assert [one.cycle.code for one in queries.running(cora, Role.COORDINATOR)] == ["new"]


def test_each_role_finds_its_own_work(make, month, page):
    make.promise(state="checked")
    make.promise(state="draft", logged_by_id=month.id)
    cycle = make.the_cycle()
    cycle.quotas = {"mobilizers": 3, "mentors": 1, "mobilizers_in": {}}

    page.sign_in(next(one.mentor for one in month.postings))
    shown = page.get("desk.home")
    assert "2 reports to review" in shown
    assert "1 promise to check" in shown
    assert month.shown_name in shown
    assert "to publish" not in shown
    assert "open accounts" not in shown

    page.sign_in(make.coordinator())
    shown = page.get("desk.home")
    assert "1 promise to publish" in shown
    assert "Polog: 1 mobilizers, 3 planned" in shown
    assert month.shown_name not in shown

    page.sign_in(make.administrator())
    shown = page.get("desk.home")
    assert "open accounts" in shown
    assert "to review" not in shown

    page.sign_in(month)
    page.get("desk.home", expect=403)
    page.sign_out()
    page.get("desk.home", expect=302)


def test_before_anything_is_assigned_the_page_says_what_will_stand_here(make, page):
    page.sign_in(make.mentor())

    assert "Nobody has anything to report on" in page.get("desk.home")


@pytest.mark.parametrize("role", ["mentor", "coordinator", "administrator"])
def test_it_costs_the_same_however_much_is_counted(make, page, queries, role):
    mira = make.mentor("Polog")
    user = {"mentor": mira}.get(role) or make.user(role)
    make.report(make.assignment(mentor=mira), month="2026-11")
    page.sign_in(user)

    def cost():
        page.get("desk.home")
        with queries.counted() as statements:
            page.get("desk.home")
        return len(statements)

    few = cost()
    for _ in range(12):
        make.report(make.assignment(mentor=mira), month="2026-11")
    assert cost() == few
    assert few <= 21
