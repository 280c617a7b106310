"""A mentor is away: another one sees and decides on her reports, from day to day."""

from datetime import UTC, date, datetime

import pytest

from mobilizer.accounts.models import StandIn
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.monitoring.queries import visible_to
from mobilizer.people.actions import end_stand_in, name_stand_in
from mobilizer.people.rules import LONGEST_ABSENCE
from mobilizer.review.queries import queue
from tests.review.stored import NOW

FIRST, LAST = date(2026, 11, 22), date(2026, 11, 30)


@pytest.fixture(autouse=True)
def november():
    with clock.at(NOW):
        yield


@pytest.fixture
def absent(make):
    return make.mentor("Polog")


@pytest.fixture
def other(make):
    return make.mentor("Vardar")


def name(absent, other, make, first=FIRST, last=LAST, **given):
    by = given.pop("by", None) or make.coordinator()
    return name_stand_in(absent.postings[0], other, first, last, make.the_cycle(), by=by)


def entries(listing):
    return db.session.scalars(listing).all()


@pytest.mark.parametrize(
    ("moment", "sees"),
    [
        (datetime(2026, 11, 21, 22, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 21, 23, 0, tzinfo=UTC), True),  # Midnight in Skopje.
        (datetime(2026, 11, 30, 22, 59, tzinfo=UTC), True),
        (datetime(2026, 11, 30, 23, 0, tzinfo=UTC), False),
    ],
)
def test_she_sees_them_on_those_days_and_no_others(make, absent, other, moment, sees):
    entry = make.report(make.assignment(make.mobilizer("Polog", mentor=absent)))
    with clock.at(datetime(2026, 11, 21, 12, tzinfo=UTC)):
        name(absent, other, make)

    with clock.at(moment):
        assert (entry in entries(visible_to(other))) == sees
        assert (entry in entries(queue(other))) == sees


def test_she_decides_as_the_absent_mentor_would(make, absent, other):
    entry = make.report(make.assignment(make.mobilizer("Polog", mentor=absent)))
    name(absent, other, make)

    assert make.decision(entry, "approve", by=other).decision.by is other


def test_the_log_tells_who_stands_in_for_whom_from_day_to_day(make, page, absent, other):
    cora = make.coordinator()
    end_stand_in(name(absent, other, make, by=cora), by=cora)
    page.sign_in(cora)

    ended, named = page.get("desk.audit").texts("ol.log li")[:2]

    assert f"named who stands in for an absent mentor: {absent.shown_name}" in named
    days = "From: 22 November 2026 · Until: 30 November 2026"
    assert f"Who stands in: {other.shown_name} · {days}" in named
    assert f"Who stands in: {other.shown_name} · From: 22 November 2026" in ended
    file = page.post("desk.export", about="posting", expect=200).source
    assert f"absent mentor: {absent.alias} · Mentor" in file
    assert f"Who stands in: {other.alias}" in file


def test_whoever_decides_in_anothers_place_is_told_as_such(make, page, absent, other):
    entry = make.report(make.assignment(make.mobilizer("Polog", mentor=absent)))
    name(absent, other, make)
    decision = make.decision(entry, "return", by=other).decision
    decided = "section[aria-labelledby=decided]"

    assert decision.stands_in_for is absent
    page.sign_in(absent)
    shown = page.get("review.show", entry_id=entry.id)
    assert f"in place of {absent.shown_name}" in "".join(shown.texts(decided))
    assert f"In place of: {absent.shown_name}" in "".join(shown.texts(".log"))
    page.sign_in(entry.assignment.mobilizer)
    at = {"assignment_id": entry.assignment_id, "month": f"{entry.month:%Y-%m}"}
    log = "".join(page.get("monitoring.show", **at).texts(".log"))
    assert "In place of: Your mentor" in log
    assert other.shown_name not in log


@pytest.mark.parametrize("role", ["coordinator", "mentor"])
def test_who_decides_in_her_own_right_stands_in_for_nobody(make, absent, other, role):
    """Also where she is named as who stands in: she need not have been."""
    entry = make.report(make.assignment(make.mobilizer("Polog", mentor=absent)))
    make.posting(other, role, "Polog" if role == "mentor" else None)
    name(absent, other, make)

    assert make.decision(entry, "approve", by=other).decision.stands_in_for_id is None


def test_ended_early_it_is_over_at_once(make, absent, other):
    entry = make.report(make.assignment(make.mobilizer("Polog", mentor=absent)))
    named = name(absent, other, make)

    end_stand_in(named, by=make.coordinator())

    assert entry not in entries(visible_to(other))


def test_who_is_no_mentor_any_more_stands_in_for_nobody(make, absent, other):
    entry = make.report(make.assignment(make.mobilizer("Polog", mentor=absent)))
    name(absent, other, make)
    other.postings[0].ended_at = NOW
    db.session.flush()

    assert entry not in entries(visible_to(other))


def test_named_twice_it_is_done_once(make, absent, other):
    assert name(absent, other, make) is name(absent, other, make)


def test_on_one_day_one_person_stands_in(make, absent, other):
    name(absent, other, make)
    with pytest.raises(RuleBroken, match="already"):
        name(absent, make.mentor("Skopje"), make, first=LAST)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (LAST, FIRST),
        (date(2026, 10, 1), date(2026, 11, 21)),
        (FIRST, date.fromordinal(FIRST.toordinal() + LONGEST_ABSENCE)),
    ],
)
def test_days_that_are_none_are_refused(make, absent, other, first, last):
    with pytest.raises(RuleBroken) as refused:
        name(absent, other, make, first, last)
    assert refused.value.field == "last_day"


def test_nobody_stands_in_for_herself_nor_who_is_no_mentor_of_the_cycle(make, absent):
    elsewhere = make.mentor("Vardar", cycle=make.cycle())
    for person in (absent, make.mobilizer("Polog"), elsewhere):
        with pytest.raises(RuleBroken) as refused:
            name(absent, person, make)
        assert refused.value.field == "mentor"


def test_the_coordinator_names_her_on_a_page(make, page, absent, other):
    page.sign_in(make.coordinator())
    posting = absent.postings[0].id
    typed = {"mentor": str(other.id), "first_day": "2026-11-22", "last_day": "2026-11-30"}

    page.post("people.absence", posting_id=posting, data=typed)
    [named] = db.session.scalars(db.select(StandIn))
    assert other.shown_name in page.get("people.absence", posting_id=posting)

    page.post("people.end_stand_in", stand_in_id=named.id)
    assert "End this" not in page.get("people.absence", posting_id=posting)


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"mentor": "x", "first_day": "2026-11-22", "last_day": "2026-11-30"},
        {"mentor": "", "first_day": "yesterday", "last_day": "2026-11-30"},
    ],
)
def test_nonsense_is_told_beside_its_field(make, page, absent, typed):
    page.sign_in(make.coordinator())
    page.post("people.absence", posting_id=absent.postings[0].id, data=typed, expect=200)
    assert db.session.scalars(db.select(StandIn)).all() == []


def test_a_stand_in_is_told_on_her_desk(make, page, absent, other):
    name(absent, other, make)
    page.sign_in(other)
    assert f"You stand in for {absent.shown_name}" in page.get("desk.home")
