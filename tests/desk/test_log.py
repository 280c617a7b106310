"""The audit log: sentences, filters, whose steps one may read, and what is never told."""

import ast
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mobilizer.audit.actions import record
from mobilizer.audit.models import AuditEvent
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.desk.queries import Wanted, lines
from mobilizer.desk.rules import SENTENCES, Subject, told
from mobilizer.evidence.actions import remove
from mobilizer.scoring.rules import Rating

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
ZONE = "Europe/Skopje"
ROOT = Path(__file__).parents[2] / "mobilizer"
#: Steps of commands on what belongs to no cycle, or that only a command takes.
NOT_A_COORDINATORS = (".load", ".import", ".invent")


@pytest.fixture(autouse=True)
def november():
    with clock.at(NOW):
        yield


def recorded_verbs():
    """Every step that the code takes under a fixed name."""
    for file in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record":
                for argument in node.args[1:2]:
                    if isinstance(argument, ast.Constant):
                        yield argument.value


def test_every_step_has_its_sentence():
    verbs = set(recorded_verbs())
    missing = {verb for verb in verbs - set(SENTENCES) if not verb.endswith(NOT_A_COORDINATORS)}

    assert "entry.submit" in verbs
    assert missing == set()


def read(user, **wanted):
    db.session.flush()
    return lines(user, Wanted(**wanted), 1, ZONE).rows


def verbs(user, **wanted):
    return [line.event.verb for line in read(user, **wanted)]


def test_a_decision_reads_as_a_sentence_with_its_record(make, page):
    entry = make.report(month="2026-11", rating=Rating.PARTLY_KEPT)
    mentor = entry.assignment.mentor
    make.decision(entry, "approve")
    page.sign_in(make.coordinator())

    shown = page.get("desk.audit")

    title = entry.assignment.promise.titles["en"]
    told = f"{mentor.shown_name} approved the report {title} · November 2026"
    assert any(line.startswith(told) for line in shown.texts("ol.log li > p"))
    assert "State: Waiting for review → Approved" in shown
    assert "finding 1" in shown
    assert "Rating: Partly kept" in shown
    assert page.get(f"/desk/review/{entry.id}")


def test_a_step_is_found_by_person_record_kind_step_and_day(make, page):
    entry = make.report()
    make.decision(entry, "return")
    with clock.at(NOW - timedelta(days=2)):
        record(entry.assignment.mobilizer, "promise.log", entry.assignment.promise)
    cora = make.coordinator()
    mentor, mobilizer = entry.assignment.mentor_id, entry.assignment.mobilizer_id

    assert verbs(cora) == ["promise.log", "entry.return"]
    assert verbs(cora, by_id=mentor) == ["entry.return"]
    assert verbs(cora, by_id=mobilizer) == ["promise.log"]
    assert verbs(cora, subject=Subject.PROMISE) == ["promise.log"]
    assert verbs(cora, verb="entry.return") == ["entry.return"]
    assert verbs(cora, day=NOW.date()) == ["entry.return"]
    assert verbs(cora, day=NOW.date() - timedelta(days=1)) == []
    page.sign_in(cora)
    page.get("desk.audit", person=mentor, about="entry", step="entry.return", day="2026-11-22")
    assert "Nothing fits" in page.get("desk.audit", day="2026-11-21")
    page.get("desk.audit", person="x" * 300, about="x", step="x", day="x", page="-1")


def test_a_day_begins_at_midnight_where_the_programme_is(make):
    cora = make.coordinator()
    with clock.at(datetime(2026, 11, 21, 23, 30, tzinfo=UTC)):  # 00:30 in Skopje
        record(cora, "cycle.change", make.the_cycle())

    assert verbs(cora, day=NOW.date()) == ["cycle.change"]


def test_a_coordinator_reads_of_her_cycles_only(make):
    entry = make.report()
    make.decision(entry, "return")
    elsewhere = make.coordinator(cycle=make.cycle())

    assert verbs(elsewhere) == []
    assert verbs(make.mentor()) == []
    assert verbs(make.administrator()) == []


@pytest.mark.parametrize("role", ["mobilizer", "mentor", "administrator"])
def test_only_coordinators_open_the_log(make, page, role):
    page.sign_in(make.user(role, "Polog" if role in ("mobilizer", "mentor") else None))

    page.get("desk.audit", expect=403)


def test_what_was_taken_away_stays_in_the_log(make, page):
    entry = make.entry()
    piece = make.evidence(entry)
    remove(piece, by=entry.assignment.mobilizer)
    cora = make.coordinator()

    assert verbs(cora) == ["evidence.remove"]
    page.sign_in(cora)
    assert "what is no longer there" in page.get("desk.audit")


def test_details_are_told_only_where_they_are_named(make, page):
    cora = make.coordinator()
    secret = {"token": "s3cret", "password": "s3cret", "note": "s3cret", "sha256": "s3cret"}
    record(cora, "account.change", cora, changed=["full_name"], **secret)
    page.sign_in(cora)

    assert "s3cret" not in page.get("desk.audit").source
    assert list(told("user", secret)) == []


def test_which_fields_of_a_promise_were_changed_is_told_once_each():
    changed = {"fields": ["indicators.1.target", "indicators.2.target", "party", "no_such"]}
    assert [(one.label, one.after) for one in told("promise", changed)] == [
        ("Field", "Target as promised"),
        ("Field", "Party or coalition"),
        ("Field", "no_such"),
    ]
    assert list(told("user", changed)) == []


def test_an_unknown_step_or_word_does_not_break_the_page(make, page):
    cora = make.coordinator()
    record(cora, "entry.juggle", make.entry(), state={"from": "x", "to": None}, rating="y")
    record(None, "cycle.change", make.the_cycle(), number={"from": None, "to": 100}, code="5 %s %")
    page.sign_in(cora)

    shown = page.get("desk.audit")
    assert "a step on" in shown
    assert "The programme changed the cycle" in shown
    assert "Code: 5 %s %" in shown


def test_every_kind_of_record_is_named(make, page):
    cora = make.coordinator()
    entry = make.report()
    cycle = make.the_cycle()
    made = make.decision(entry, "approve")
    extension = make.extension()
    meeting = make.meeting(entry.assignment.mobilizer, entry.assignment.mentor)
    for verb, subject in (
        ("evidence.add", entry.evidence[0]),
        ("promise.publish", entry.assignment.promise),
        ("assignment.make", entry.assignment),
        ("cycle.make", cycle),
        ("topic.add", cycle.topics[0]),
        ("entry.extend", extension),
        ("meeting.note", meeting),
        ("posting.add", cora.postings[0]),
        ("person.deactivate", entry.assignment.mobilizer),
    ):
        record(cora, verb, subject)
    page.sign_in(cora)

    shown = page.get("desk.audit")

    assert made.finding is not None
    assert "no longer there" not in shown
    assert {line.event.subject_kind for line in read(cora)} == set(Subject) - {"invitation"}


def test_the_log_costs_the_same_whatever_its_length(make, page, queries):
    cora = make.coordinator()
    page.sign_in(cora)

    def cost():
        page.get("desk.audit")
        with queries.counted() as statements:
            page.get("desk.audit")
        return len(statements)

    make.decision(make.report(), "approve")
    few = cost()
    for _ in range(20):
        make.decision(make.report(), "approve")
    assert cost() == few
    assert few <= 16
    assert db.session.scalar(db.select(db.func.count(AuditEvent.id))) == 42
