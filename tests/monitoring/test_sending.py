"""What sending does to an entry: revisions, timeliness, quarantine, the log; and two at once."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from mobilizer.audit.models import AuditEvent
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.errors import NotVisible, RuleBroken
from mobilizer.cycles.rules import Timeliness
from mobilizer.monitoring import actions
from mobilizer.monitoring.models import Entry, Revision
from mobilizer.monitoring.rules.answers import Incomplete
from mobilizer.monitoring.rules.draft import Draft
from mobilizer.monitoring.rules.revision import Sent
from mobilizer.monitoring.rules.workflow import EntryState, RevisionKind
from tests.monitoring.answers import full

NOVEMBER = date(2026, 11, 1)
BECAUSE = Sent(RevisionKind.NOT_FOUND_OUT, {"because": "no_reply"})


def at(day: int, month: int = 11, hour: int = 10) -> Any:
    return clock.at(datetime(2026, month, day, hour, tzinfo=UTC))


def begun(make, **given: Any) -> Entry:
    assignment = make.assignment(**given)
    return actions.start(assignment, NOVEMBER, by=assignment.mobilizer)


def whole(make, entry: Entry, **changed: Any) -> Sent:
    return Sent(fields=full(**changed), evidence=(make.evidence(entry).id,))


# --- beginning


def test_beginning_twice_is_beginning_once(app, make):
    with at(22):
        entry = begun(make)
        again = actions.start(entry.assignment, NOVEMBER, by=entry.assignment.mobilizer)
    assert again is entry


def test_a_phone_may_name_the_entry(app, make):
    assignment, uid = make.assignment(), "6f1c1a52-0b0f-4a54-9a6e-0a5b3f1f1b11"
    with at(22):
        assert actions.start(assignment, NOVEMBER, by=assignment.mobilizer, uid=uid).id == uid


def test_nobody_begins_anothers_report(app, make):
    assignment = make.assignment()
    with at(22):
        for person in (make.mobilizer(), assignment.mentor, make.coordinator()):
            with pytest.raises(NotVisible):
                actions.start(assignment, NOVEMBER, by=person)


@pytest.mark.parametrize(
    "act",
    [
        lambda entry, by: actions.submit(entry, BECAUSE, by=by),
        lambda entry, by: actions.save_draft(entry, Draft(), knew="0.0", by=by),
        lambda entry, by: actions.withdraw(entry, by=by),
        lambda entry, by: actions.discard_draft(entry, by=by),
    ],
)
def test_nobody_acts_on_anothers_report(app, make, act):
    with at(22):
        entry = begun(make)
        for person in (make.mobilizer(), entry.assignment.mentor, make.coordinator()):
            with pytest.raises(NotVisible):
                act(entry, person)


# --- revisions


def test_the_same_content_sent_again_is_the_same_revision(app, make):
    with at(22):
        entry = begun(make)
        sent = whole(make, entry)
        first = actions.submit(entry, sent, by=entry.assignment.mobilizer)
        again = actions.submit(entry, sent, by=entry.assignment.mobilizer)
    assert first is again
    assert entry.newest == 1


def test_another_content_is_the_next_revision(app, make):
    with at(22):
        entry = begun(make)
        by = entry.assignment.mobilizer
        first = actions.submit(entry, whole(make, entry), by=by)
        second = actions.submit(entry, whole(make, entry, value_1="3"), by=by)
    assert [first.number, second.number] == [1, 2]
    assert first.sha256 != second.sha256


def test_a_revision_does_not_change(app, make):
    with at(22):
        entry = begun(make)
        revision = actions.submit(entry, BECAUSE, by=entry.assignment.mobilizer)
    db.session.commit()
    for change in (
        db.update(Revision).values(sha256="0" * 64),
        db.delete(Revision).where(Revision.id == revision.id),
    ):
        with pytest.raises(DBAPIError):
            db.session.execute(change)
        db.session.rollback()


def test_faults_come_all_at_once_and_nothing_is_kept(app, make):
    with at(22):
        entry = begun(make)
        with pytest.raises(Incomplete) as told:
            actions.submit(entry, Sent(), by=entry.assignment.mobilizer)
    assert {fault.field for fault in told.value.faults} == {
        "rating",
        "rating_reason",
        "next_step",
        "value_1",
        "light_1",
        "finding_1",
        "evidence",
    }
    assert db.session.scalar(db.select(Revision)) is None


def test_a_report_rests_on_its_own_evidence_only(app, make):
    other = make.report()
    with at(22):
        entry = begun(make)
        stolen = Sent(fields=full(), evidence=(other.evidence[0].id,))
        with pytest.raises(Incomplete):
            actions.submit(entry, stolen, by=entry.assignment.mobilizer)


def test_every_step_is_in_the_log(app, make):
    with at(22):
        entry = begun(make)
        actions.submit(entry, BECAUSE, by=entry.assignment.mobilizer)
        actions.withdraw(entry, by=entry.assignment.mobilizer)
    steps = db.session.scalars(
        db.select(AuditEvent).where(AuditEvent.subject_key == entry.id).order_by(AuditEvent.id)
    ).all()
    assert [step.verb for step in steps] == ["entry.start", "entry.submit", "entry.withdraw"]
    assert steps[1].details["state"] == {"from": "draft", "to": "submitted"}


# --- when it came in: opens on 20 November, due on the 28th, closes on 5 December


@pytest.mark.parametrize(
    ("day", "month", "timeliness"),
    [
        (20, 11, Timeliness.ON_TIME),
        (28, 11, Timeliness.ON_TIME),
        (29, 11, Timeliness.LATE),
        (5, 12, Timeliness.LATE),
        (6, 12, Timeliness.AFTER_CLOSE),
    ],
)
def test_a_report_is_as_timely_as_the_day_it_came_in(app, make, day, month, timeliness):
    with at(21):
        entry = begun(make)
    with at(day, month):
        actions.submit(entry, BECAUSE, by=entry.assignment.mobilizer)
    assert entry.timeliness == timeliness
    assert entry.is_quarantined == (timeliness == Timeliness.AFTER_CLOSE)
    assert entry.state == EntryState.SUBMITTED


def test_days_are_those_of_the_cycle_not_of_greenwich(app, make):
    with at(21):
        entry = begun(make)
    with at(28, hour=23):  # In Skopje the 29th has begun.
        actions.submit(entry, BECAUSE, by=entry.assignment.mobilizer)
    assert entry.timeliness == Timeliness.LATE


@pytest.mark.parametrize(
    ("off", "timeliness"),
    [
        (timedelta(hours=2), Timeliness.ON_TIME_SENT_LATE),
        (timedelta(days=2), Timeliness.LATE),
        (None, Timeliness.LATE),
    ],
)
def test_what_a_phone_saved_in_time_is_on_time_if_its_clock_is_believed(app, make, off, timeliness):
    saved = datetime(2026, 11, 27, 20, tzinfo=UTC)
    with at(21):
        entry = begun(make)
    with at(1, 12):
        sent = Sent(BECAUSE.kind, BECAUSE.fields, saved_at=saved, clock_off=off)
        actions.submit(entry, sent, by=entry.assignment.mobilizer)
    assert entry.timeliness == timeliness


def test_later_revisions_do_not_make_it_late(app, make):
    with at(21):
        entry = begun(make)
        actions.submit(entry, BECAUSE, by=entry.assignment.mobilizer)
    entry.state = EntryState.RETURNED
    with at(8, 12):
        actions.submit(entry, whole(make, entry), by=entry.assignment.mobilizer)
    assert (entry.timeliness, entry.is_quarantined) == (Timeliness.ON_TIME, False)


def test_an_extension_keeps_the_month_open_for_one_person(app, make):
    with at(21):
        entry = begun(make)
        make.extension(entry.assignment.mobilizer, month="2026-11", until=date(2026, 12, 12))
    with at(10, 12):
        actions.submit(entry, BECAUSE, by=entry.assignment.mobilizer)
    assert entry.timeliness == Timeliness.ON_TIME


def test_a_month_that_has_not_opened_is_refused(app, make):
    with at(19), pytest.raises(RuleBroken):
        begun(make)


def test_what_comes_after_an_assignment_was_withdrawn_is_kept_apart(app, make):
    with at(21):
        entry = begun(make)
        entry.assignment.withdrawn_at = clock.now()
        actions.submit(entry, BECAUSE, by=entry.assignment.mobilizer)
    assert entry.is_quarantined
    assert entry.state == EntryState.SUBMITTED
