"""A mentor's log of meetings: whose it is, what it must say, who else reads it."""

import csv
import io
from datetime import date, timedelta

import pytest

from mobilizer.audit.models import AuditEvent
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.mentoring.models import Meeting
from mobilizer.mentoring.rules import ADVICE_LONGEST, check_met, read_noted
from mobilizer.monitoring.rules.answers import Incomplete
from tests.support.november import NOW

RIGHT = {
    "met_on": "2026-11-20",
    "minutes": "30",
    "subject": "Photos",
    "advice": "Take the sign into the picture.",
    "next_step": "Visit it together.",
    "next_step_on": "2026-11-27",
}


@pytest.fixture(autouse=True)
def november(in_november):
    """All of it happens then."""


@pytest.fixture
def mentor(make, second_month):
    return make.mentor()


@pytest.fixture
def her(make, mentor):
    return make.mobilizer(mentor=mentor)


def notes(page, her, expect=302, **other):
    data = {"mobilizer": str(her.postings[0].id), **RIGHT, **other}
    return page.post("mentoring.new", data=data, expect=expect)


def kept():
    db.session.expire_all()
    return db.session.scalars(db.select(Meeting).order_by(Meeting.created_at)).all()


def test_a_mentor_notes_a_meeting_once_however_often_she_presses(page, mentor, her):
    page.sign_in(mentor)
    for _ in range(2):
        notes(page, her)
    (one,) = kept()
    assert (one.mentor_id, one.mobilizer_id, one.minutes) == (mentor.id, her.id, 30)
    assert one.next_step_on == date(2026, 11, 27)
    assert not one.is_shared
    shown = page.get("mentoring.index")
    assert "Take the sign into the picture." in shown
    assert "Visit it together." in page.get("desk.home")


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({"met_on": "", "minutes": "", "subject": " "}, ["met_on", "minutes", "subject"]),
        ({"met_on": "yesterday"}, ["met_on"]),
        ({"met_on": "2026-11-23"}, ["met_on"]),
        ({"minutes": "0"}, ["minutes"]),
        ({"minutes": "1441"}, ["minutes"]),
        ({"minutes": "½"}, ["minutes"]),
        ({"subject": "x" * 201}, ["subject"]),
        ({"advice": "x" * (ADVICE_LONGEST + 1)}, ["advice"]),
        ({"next_step_on": ""}, ["next_step_on"]),
        ({"next_step": ""}, ["next_step"]),
        ({"next_step_on": "2026-11-19"}, ["next_step_on"]),
        ({"next_step_on": "2028-11-19"}, ["next_step_on"]),
    ],
)
def test_what_a_record_lacks_is_told_beside_each_field(typed, fields):
    with pytest.raises(Incomplete) as refused:
        read_noted({**RIGHT, **typed}, is_shared=False, today=NOW.date())
    assert sorted(fault.field for fault in refused.value.faults) == sorted(fields)


@pytest.mark.parametrize(
    ("met_on", "may_be"),
    [("0001-01-01", False), ("2025-09-29", False), ("2025-09-30", True), ("2026-10-01", True)],
)
def test_a_meeting_was_held_within_a_year_before_its_cycle_or_later(met_on, may_be):
    if may_be:
        check_met(date.fromisoformat(met_on), date(2026, 10, 1))
    else:
        with pytest.raises(RuleBroken) as refused:
            check_met(date.fromisoformat(met_on), date(2026, 10, 1))
        assert refused.value.field == "met_on"


def test_a_meeting_long_before_the_cycle_is_refused_beside_its_day(make, page, mentor, her):
    page.sign_in(mentor)
    early = {"met_on": "0001-01-01", "next_step": "", "next_step_on": ""}
    told = notes(page, her, expect=422, **early)
    assert "30 September 2025" in told.texts("#met_on-error")[0]
    assert told.query("#met_on")[0].attrs["value"] == "0001-01-01"
    assert not kept()

    kept_one = make.meeting(her, mentor)
    typed = {**RIGHT, **early}
    told = page.post("mentoring.edit", meeting_id=kept_one.id, data=typed, expect=422)
    assert told.query("#met_on-error")


def test_what_was_typed_stays_when_it_is_refused(page, mentor, her):
    page.sign_in(mentor)
    answer = notes(page, her, minutes="much", expect=422)
    assert "Whole minutes, 1 to 1440." in answer
    assert RIGHT["advice"] in answer.query("textarea[name=advice]")[0].to_text()
    assert not kept()


def test_only_of_ones_own_mobilizers(make, page, mentor, her):
    page.sign_in(make.mentor("Vardar"))
    assert "Choose one of your mobilizers." in notes(page, her, expect=422)
    page.sign_in(mentor)
    for nobody in ("", "x", "999999999"):
        assert "Choose one of your mobilizers." in notes(page, her, mobilizer=nobody, expect=422)
    assert not kept()


def test_its_author_changes_it_and_the_log_says_what_without_its_words(make, page, mentor, her):
    meeting = make.meeting(her, mentor)
    page.sign_in(mentor)
    at = {"meeting_id": meeting.id}
    page.post("mentoring.edit", **at, data={**RIGHT, "met_on": "2026-11-22", "subject": "Secret"})
    (event,) = db.session.scalars(db.select(AuditEvent).filter_by(verb="meeting.change"))
    assert "subject" in event.details["parts"]
    assert "Secret" not in str(event.details)
    assert "Changed: Minutes it took, Subject" in page.get("mentoring.edit", **at)
    assert kept()[0].subject == "Secret"


def test_two_windows_do_not_write_over_each_other(make, page, mentor, her):
    meeting = make.meeting(her, mentor)
    page.sign_in(mentor)
    at = {"meeting_id": meeting.id}
    page.post("mentoring.edit", **at, data={**RIGHT, "subject": "First"})
    late = {**RIGHT, "subject": "Second", "version": "1"}
    answer = page.post("mentoring.edit", **at, data=late, expect=422)
    assert "changed in another window" in answer
    assert kept()[0].subject == "First"
    page.post("mentoring.edit", **at, data={**RIGHT, "subject": "Second"})
    assert kept()[0].subject == "Second"


def test_nobody_else_changes_it(make, page, mentor, her):
    meeting = make.meeting(her, mentor)
    page.sign_in(make.mentor())  # Of the same region.
    page.get("mentoring.edit", meeting_id=meeting.id, expect=404)
    page.post("mentoring.take_step", meeting_id=meeting.id, expect=404)
    assert "Photos as evidence" not in page.get("mentoring.index")
    page.sign_in(make.coordinator())
    page.post("mentoring.edit", meeting_id=meeting.id, data=RIGHT, expect=403)
    assert "Photos as evidence" in page.get("mentoring.index")
    page.sign_in(make.coordinator(cycle=make.cycle("elsewhere")))
    assert "Photos as evidence" not in page.get("mentoring.index")


def test_she_reads_what_is_shared_with_her_and_nothing_else(make, page, mentor, her):
    make.meeting(her, mentor, subject="Kept to herself")
    make.meeting(her, mentor, subject="For both", is_shared=True)
    make.meeting(make.mobilizer(mentor=mentor), mentor, subject="Another's", is_shared=True)
    page.sign_in(her)
    assert page.get("mentoring.shared").texts("article h2") == ["For both"]


def test_a_coordinator_does_not_read_what_is_noted_of_herself(make, page, mentor, her):
    make.posting(her, "coordinator")
    make.meeting(her, mentor)
    page.sign_in(her)
    assert "Photos as evidence" not in page.get("mentoring.index")


def test_a_step_is_done_and_opened_again(make, page, mentor, her):
    meeting = make.meeting(her, mentor)
    page.sign_in(mentor)
    for _ in range(2):
        page.post("mentoring.take_step", meeting_id=meeting.id, data={"from": "home"})
    assert "Visit the site together." not in page.get("desk.home")
    page.post("mentoring.take_step", meeting_id=meeting.id, data={"go": "again"})
    assert "Visit the site together." in page.get("desk.home")
    verbs = [one.verb for one in db.session.scalars(db.select(AuditEvent).order_by(AuditEvent.id))]
    assert verbs[-2:] == ["meeting.take_step", "meeting.untake_step"]


def test_the_list_narrows_to_one_and_adds_up_the_time(make, page, mentor, her):
    make.meeting(her, mentor)
    make.meeting(make.mobilizer(mentor=mentor), mentor, subject="Another's")
    page.sign_in(mentor)
    assert "2 meetings · 90 minutes" in page.get("mentoring.index")
    one = page.get("mentoring.index", mobilizer=her.id)
    assert "1 meeting · 45 minutes" in one
    assert "Another's" not in one


def test_the_table_runs_no_formulas(make, page, mentor, her):
    make.meeting(her, mentor, subject="=1+1", advice="@now", next_step="-2")
    page.sign_in(make.coordinator())
    answer = page.post("mentoring.export", expect=200)
    (row,) = csv.DictReader(io.StringIO(answer.source))
    assert (row["subject"], row["advice"], row["next_step"]) == ("'=1+1", "'@now", "'-2")
    assert (row["minutes"], row["is_shared"], row["met_on"]) == ("45", "no", "2026-11-22")
    page.sign_in(mentor)
    page.post("mentoring.export", expect=403)


def exports():
    told = db.select(AuditEvent).where(AuditEvent.verb == "meeting.export")
    return [(one.by_id, one.subject_key, one.details) for one in db.session.scalars(told)]


def test_a_table_that_is_taken_out_is_a_step_of_each_cycle_it_tells_of(make, page, mentor, her):
    make.meeting(her, mentor, subject="Secret")
    cora, other = make.coordinator(), make.cycle("elsewhere")
    make.posting(cora, "coordinator", cycle=other)
    page.sign_in(cora)
    page.get("mentoring.index")
    page.get("mentoring.export", expect=404)
    assert exports() == []

    page.post("mentoring.export", expect=200)

    cycle = her.postings[0].cycle_id
    assert sorted(exports()) == [
        (cora.id, str(cycle), {"rows": 1}),
        (cora.id, str(other.id), {"rows": 0}),
    ]
    log = page.get("desk.audit")
    assert "saved as a file the meetings of" in log
    assert "Secret" not in log


def test_many_meetings_cost_no_more_queries(make, page, queries, mentor, her):
    make.meeting(her, mentor)
    page.sign_in(mentor)
    db.session.commit()
    page.get("mentoring.index")
    with queries.counted() as few:
        page.get("mentoring.index")
    for number in range(40):
        with clock.at(NOW - timedelta(days=number)):
            make.meeting(make.mobilizer(mentor=mentor), mentor)
    db.session.commit()
    with queries.at_most(len(few)):
        page.get("mentoring.index")
