"""What happened to a record stands on its page, for those who may see it, a sentence a step."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from mobilizer.audit.actions import record
from mobilizer.audit.models import AuditEvent
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.evidence.models import Evidence
from mobilizer.history.queries import MOST, happened
from mobilizer.monitoring.models import Entry

#: Half past eleven at night in UTC is the next day in Skopje.
NIGHT = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
STEPS = "section[aria-labelledby=happened] li"


@pytest.fixture(autouse=True)
def november():
    with clock.at(NIGHT):
        yield


def told(shown):
    return "\n".join(shown.texts(STEPS))


def test_a_report_tells_its_mentor_who_did_what_and_when_where_the_cycle_is(make, page):
    entry = make.report(month="2026-11", state="submitted")
    her, mentor = entry.assignment.mobilizer, entry.assignment.mentor
    record(her, "entry.submit", entry, phone_time=NIGHT - timedelta(minutes=90))
    record(her, "evidence.add", entry.evidence[0])
    make.decision(entry, "approve")
    page.sign_in(mentor)

    shown = page.get("review.show", entry_id=entry.id)

    title = entry.assignment.promise.titles["en"]
    steps = shown.texts(STEPS)
    assert len(steps) == 4
    assert f"{mentor.shown_name} published {title}" in told(shown)
    assert f"{mentor.shown_name} approved the report {title} · November 2026" in told(shown)
    assert f"{her.shown_name} added evidence to {title}" in told(shown)
    assert f"{her.shown_name} sent the report {title}" in steps[-1]
    assert "22 November 2026, 00:30" in steps[-1]
    assert "by the phone's clock 21 November 2026, 23:00" in steps[-1]
    assert "State: Waiting for review → Approved" in told(shown)


def test_a_cycle_elsewhere_has_a_clock_of_its_own(make, page):
    cora = make.coordinator()
    cycle = make.the_cycle()
    cycle.time_zone = "Atlantic/Azores"
    record(cora, "cycle.change", cycle)
    page.sign_in(cora)

    assert "21 November 2026, 22:30" in told(page.get("cycles.show", code=cycle.code))


def test_the_author_reads_no_name_but_her_own(make, page):
    entry = make.report(month="2026-11", state="submitted")
    assignment = entry.assignment
    cora = make.coordinator(full_name="Cora Cvetkovska")
    assignment.mentor.full_name = "Mira Mirkovska"
    record(assignment.mobilizer, "entry.submit", entry)
    record(assignment.mentor, "entry.return", entry)
    record(cora, "entry.release", entry)
    record(None, "entry.start", entry)
    page.sign_in(assignment.mobilizer)

    shown = page.get("monitoring.show", assignment_id=assignment.id, month="2026-11")

    assert "Somebody in the programme let in" in told(shown)
    assert "Your mentor returned the report" in told(shown)
    assert f"{assignment.mobilizer.shown_name} sent the report" in told(shown)
    assert "The programme began the report" in told(shown)
    assert "Cora" not in shown.source
    assert "Mira" not in told(shown)


def test_a_promise_tells_the_desk_and_not_the_mobilizers(make, page):
    mobilizer = make.mobilizer("Polog")
    promise = make.promise(logged_by=mobilizer)
    record(mobilizer, "promise.log", promise, number=promise.number)

    page.sign_in(make.coordinator())
    assert f"{mobilizer.shown_name} logged the promise" in told(
        page.get("promises.show", number=promise.number)
    )
    page.sign_in(mobilizer)
    assert not page.get("promises.show", number=promise.number).query(STEPS)


def test_an_assignment_tells_its_mentor(make, page):
    assignment = make.assignment()
    record(make.coordinator(), "assignment.make", assignment)
    page.sign_in(assignment.mentor)

    assert " assigned " in told(page.get("assignments.show", assignment_id=assignment.id))


def test_only_its_coordinator_reads_what_happened_to_a_cycle(make, page):
    cora, mentor = make.coordinator(), make.mentor("Polog")
    cycle = make.the_cycle()
    record(cora, "cycle.change", cycle)

    page.sign_in(cora)
    assert "changed the cycle" in told(page.get("cycles.show", code=cycle.code))
    page.sign_in(mentor)
    assert not page.get("cycles.show", code=cycle.code).query(STEPS)


def test_a_persons_steps_are_her_coordinators_to_read_and_no_mentors(make, page):
    mentor = make.mentor("Polog")
    her = make.mobilizer("Polog", mentor=mentor)
    cora = make.coordinator()
    record(her, "account.sign_in", her)
    record(cora, "posting.add", her.postings[0])

    page.sign_in(cora)
    shown = page.get("people.show", user_id=her.id)
    assert f"{her.shown_name} signed in" in told(shown)
    assert f"{cora.shown_name} gave a role to {her.shown_name}" in told(shown)
    for other in (mentor, make.administrator()):
        page.sign_in(other)
        assert not page.get("people.show", user_id=her.id).query(STEPS)


def test_roles_in_another_coordinators_cycle_are_not_told(make, page):
    her = make.mobilizer("Polog")
    elsewhere = make.cycle()
    posting = make.posting(her, "mobilizer", "Polog", cycle=elsewhere)
    record(make.coordinator(cycle=elsewhere), "posting.add", posting)
    page.sign_in(make.coordinator())

    assert not page.get("people.show", user_id=her.id).query(STEPS)


def test_so_many_are_told_and_the_rest_is_in_the_log(make, page):
    entry = make.report(month="2026-11", state="submitted")
    for at in range(MOST + 1):
        record(entry.assignment.mentor, "entry.return", entry, revision=at)
    page.sign_in(entry.assignment.mentor)
    of_mentor = page.get("review.show", entry_id=entry.id)
    page.sign_in(make.coordinator())

    shown = page.get("review.show", entry_id=entry.id)

    assert len(shown.query(STEPS)) == MOST
    assert f"Version: {MOST}" in shown.texts(STEPS)[0]
    (link,) = shown.query("section[aria-labelledby=happened] > p a")
    log = page.get(link.attrs["href"])
    assert len(log.query("ol.log > li")) == MOST + 1
    assert not of_mentor.query("section[aria-labelledby=happened] > p a")
    assert f"The {MOST} latest steps; there are older ones." in of_mentor


def test_a_history_is_one_query_and_finds_its_steps_by_the_index(make, queries):
    entry = make.report()
    record(None, "entry.start", entry)
    for _ in range(3):
        make.decision(make.report(), "return")
    db.session.commit()
    of_it = select(Evidence.id).where(Evidence.entry_id == entry.id)

    with queries.counted() as statements:
        found = happened(db.session.get(Entry, entry.id), evidence=of_it)

    assert [line.event.verb for line in found.lines] == ["entry.start"]
    (asked,) = [one for one in statements if "audit_event" in one]
    values = ("entry", entry.id, "evidence", entry.id, "second.", MOST + 1, 0)
    if db.engine.dialect.name == "sqlite":
        assert "ix_audit_event_subject" in plan(asked, values)


def plan(asked, values=()):
    rows = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}", values)
    return " ".join(row[-1] for row in rows)


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("where", "way"),
    [
        ("id < 1000", "PRIMARY KEY"),
        ("subject_kind = 'entry' AND subject_key = 'x' AND id < 1000", "ix_audit_event_subject"),
        ("verb = 'entry.submit' AND id < 1000", "ix_audit_event_verb"),
        ("by_id = 1 AND id < 1000", "ix_audit_event_by_id"),
    ],
)
def test_the_log_is_read_along_its_keys(app, where, way):
    assert way in plan(f"SELECT * FROM audit_event WHERE {where} ORDER BY id DESC LIMIT 51")


def test_no_name_and_no_text_of_hers_is_in_the_log(make):
    entry = make.report()
    make.decision(entry, "approve")
    db.session.commit()
    kept = " ".join(
        str(row) for row in db.session.execute(select(AuditEvent.subject_key, AuditEvent.details))
    )
    for user in (entry.assignment.mobilizer, entry.assignment.mentor):
        assert user.full_name not in kept
        assert user.sign_in_name not in kept
