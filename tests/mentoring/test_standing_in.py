"""On the days of an absence a stand-in meets the mobilizers, and reads what was shared."""

from datetime import UTC, datetime

import pytest

from mobilizer.accounts.models import StandIn
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.mentoring.models import Meeting
from mobilizer.people.actions import end_stand_in
from tests.mentoring.test_mentoring import RIGHT, notes

BEFORE = datetime(2026, 11, 19, 23, 59, tzinfo=UTC)
FIRST = datetime(2026, 11, 20, tzinfo=UTC)
LAST = datetime(2026, 11, 30, 23, 59, tzinfo=UTC)
AFTER = datetime(2026, 12, 1, tzinfo=UTC)
DAYS = [(BEFORE, False), (FIRST, True), (LAST, True), (AFTER, False)]


@pytest.fixture(autouse=True)
def november(in_november):
    """All of it happens then."""


@pytest.fixture
def absent(make, second_month):
    return make.mentor()


@pytest.fixture
def her(make, absent):
    return make.mobilizer(mentor=absent)


@pytest.fixture
def other(make, absent):
    """A mentor of another region, who stands in from the 20th to the 30th."""
    other = make.mentor("Vardar")
    make.stand_in(absent.postings[0], other, first="2026-11-20", last="2026-11-30")
    return other


def subjects(page):
    return page.get("mentoring.index").texts("article h2")


@pytest.mark.parametrize(("moment", "hers"), DAYS)
def test_she_reads_what_was_shared_on_those_days_alone(
    make, page, absent, her, other, moment, hers
):
    make.meeting(her, absent, subject="For both", is_shared=True)
    with clock.at(moment):
        page.sign_in(other)
        assert subjects(page) == (["For both"] if hers else [])


def test_what_a_mentor_kept_to_herself_stays_with_her(make, page, absent, her, other):
    make.meeting(her, absent, subject="Kept to herself")
    page.sign_in(other)
    assert subjects(page) == []


def test_what_others_shared_and_with_others_she_does_not_read(make, page, absent, her, other):
    elsewhere = make.mobilizer("Skopje")
    make.meeting(elsewhere, absent, subject="She is another's now", is_shared=True)
    make.meeting(her, make.mentor(), subject="By another mentor", is_shared=True)
    page.sign_in(other)
    assert subjects(page) == []


def test_nobody_else_of_her_region_reads_it(make, page, absent, her, other):
    make.meeting(her, absent, subject="For both", is_shared=True)
    page.sign_in(make.mentor("Vardar"))
    assert subjects(page) == []


def test_what_she_reads_she_does_not_change(make, page, absent, her, other):
    meeting = make.meeting(her, absent, is_shared=True)
    page.sign_in(other)
    assert "Change" not in page.get("mentoring.index").texts("article a")
    page.get("mentoring.edit", meeting_id=meeting.id, expect=404)
    page.post("mentoring.take_step", meeting_id=meeting.id, expect=404)


@pytest.mark.parametrize(("moment", "hers"), DAYS)
def test_she_notes_meetings_with_them_on_those_days_alone(page, her, other, moment, hers):
    with clock.at(moment):
        page.sign_in(other)
        notes(page, her, met_on="2026-11-19", expect=302 if hers else 422)
    by = db.session.scalars(db.select(Meeting.mentor_id)).all()
    assert by == ([other.id] if hers else [])


def test_what_she_noted_herself_stays_hers_to_read(page, her, other):
    page.sign_in(other)
    notes(page, her)
    with clock.at(AFTER):
        page.sign_in(other)
        assert subjects(page) == ["Photos"]


@pytest.mark.parametrize(
    ("moment", "ends", "hers"),
    [
        (FIRST, "in time", True),
        (LAST, "in time", True),
        (AFTER, "in time", False),
        (LAST, "early", False),
    ],
)
def test_after_her_days_she_writes_nothing_more_to_the_mobilizer(
    make, page, absent, her, other, moment, ends, hers
):
    meeting = make.meeting(her, other, subject="Photos", is_shared=True)
    if ends == "early":
        (named,) = db.session.scalars(db.select(StandIn))
        end_stand_in(named, by=make.coordinator())
    typed = {**RIGHT, "advice": "I have left, and write to you all the same.", "version": "1"}
    with clock.at(moment):
        page.sign_in(other)
        assert bool(page.get("mentoring.index").query("article .row a")) == hers
        page.get("mentoring.edit", meeting_id=meeting.id, expect=200 if hers else 404)
        page.post("mentoring.take_step", meeting_id=meeting.id, expect=302 if hers else 404)
        page.post("mentoring.edit", meeting_id=meeting.id, data=typed, expect=302 if hers else 404)
    assert (meeting.advice == typed["advice"]) == hers


@pytest.mark.parametrize(
    ("noted", "is_shared", "reads"),
    [
        (BEFORE, True, False),
        (FIRST, True, True),
        (LAST, True, True),
        (AFTER, True, False),
        (FIRST, False, False),
    ],
)
def test_the_mentor_who_was_away_reads_what_was_shared_with_hers_on_those_days(
    make, page, absent, her, other, noted, is_shared, reads
):
    make.meeting(her, other, subject="On her behalf", is_shared=is_shared, created_at=noted)
    for moment in (LAST, AFTER):
        with clock.at(moment):
            page.sign_in(absent)
            assert subjects(page) == (["On her behalf"] if reads else [])


def test_of_others_meetings_the_mentor_who_was_away_reads_no_more_than_before(
    make, page, absent, her, other
):
    make.meeting(make.mobilizer("Vardar"), other, subject="The other's own", is_shared=True)
    make.meeting(her, make.mentor("Skopje"), subject="Of nobody who stood in", is_shared=True)
    meeting = make.meeting(her, other, subject="On her behalf", is_shared=True)
    page.sign_in(absent)
    assert subjects(page) == ["On her behalf"]
    assert "Change" not in page.get("mentoring.index").texts("article a")
    page.get("mentoring.edit", meeting_id=meeting.id, expect=404)

    her.postings[0].region_id, her.postings[0].mentor_id = make.region("Skopje").id, None
    assert subjects(page) == [], "she is another's now"


def test_who_is_no_mentor_there_any_more_reads_nothing_of_it(make, page, absent, her, other):
    make.meeting(her, other, subject="On her behalf", is_shared=True)
    make.posting(absent, "mentor", "Vardar", cycle=make.cycle("elsewhere"))
    absent.postings[0].ended_at = clock.now()
    page.sign_in(absent)
    assert subjects(page) == []


def test_she_is_told_on_her_desk_what_she_takes_over(page, absent, other):
    page.sign_in(other)
    assert "those that she shared with her mobilizers" in page.get("desk.home")
