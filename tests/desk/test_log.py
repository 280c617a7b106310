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
from mobilizer.desk.queries.log import PER_PAGE
from mobilizer.desk.rules import SENTENCES, Subject
from mobilizer.evidence.actions import remove
from mobilizer.scoring.rules import Rating

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
TODAY, DAY = NOW.date(), timedelta(days=1)
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
    return lines(user, Wanted(**wanted), ZONE).rows


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
    assert verbs(cora, since=TODAY) == ["entry.return"]
    assert verbs(cora, until=TODAY - DAY) == ["promise.log"]
    assert verbs(cora, since=TODAY - DAY, until=TODAY - DAY) == []
    assert verbs(cora, since=TODAY - 2 * DAY, until=TODAY) == ["promise.log", "entry.return"]
    page.sign_in(cora)
    asked = {"person": mentor, "about": "entry", "step": "entry.return"}
    asked |= {"since": "2026-11-22", "until": "2026-11-22"}
    assert page.get("desk.audit", **asked).query("ol.log li")
    assert "Nothing fits" in page.get("desk.audit", since="2026-11-21", until="2026-11-21")


def test_the_steps_on_one_record_alone_can_be_asked_for(make, page):
    first, other = make.report(), make.report()
    for entry in (first, other):
        make.decision(entry, "return")
    cora = make.coordinator()

    found = read(cora, subject=Subject.ENTRY, key=other.id)

    assert [line.event.subject_key for line in found] == [other.id]
    assert len(read(cora, key=other.id)) == 2  # A key alone names no record.
    page.sign_in(cora)
    shown = page.get("desk.audit", about="entry", record=other.id)
    assert "Only the steps on one record are shown." in shown
    assert len(shown.query("ol.log > li")) == 1
    assert [one.attrs["value"] for one in shown.query("input[name=record]")] == [other.id]


NONSENSE = [
    {"person": "x" * 300, "about": "x", "step": "x", "record": "x"},
    {"person": "9" * 10, "below": "9" * 10},
    {"person": "-1", "below": "-1"},
    {"person": "1e3", "below": "x"},
    {"about": "entry", "record": "' OR 1=1"},
    {"about": "promise", "record": "9" * 5000},
    {"since": " ", "until": ""},
]


@pytest.mark.parametrize("asked", NONSENSE)
def test_nonsense_among_the_filters_breaks_nothing(make, page, asked):
    page.sign_in(make.coordinator())

    assert not page.get("desk.audit", **asked).query("p.error")


@pytest.mark.parametrize(
    "typed", ["x", "2026-02-30", "22.11.2026", "0001-01-01", "9999-12-31", "9" * 999, "2026-W01-1x"]
)
def test_a_day_that_is_none_is_told_beside_its_field_and_kept(make, page, typed):
    page.sign_in(make.coordinator())

    for field in ("since", "until"):
        shown = page.get("desk.audit", **{field: typed})
        assert shown.texts("p.error") == ["Write a day as 2026-11-22."]
        assert shown.query(f"input[name={field}]")[0].attrs["value"] == typed


def test_days_in_the_wrong_order_are_told(make, page):
    page.sign_in(make.coordinator())

    shown = page.get("desk.audit", since="2026-11-22", until="2026-11-21")

    assert shown.texts("p.error") == ["This day is before the first."]


def test_a_day_begins_at_midnight_where_the_programme_is(make):
    cora = make.coordinator()
    with clock.at(datetime(2026, 11, 21, 23, 30, tzinfo=UTC)):  # 00:30 in Skopje
        record(cora, "cycle.change", make.the_cycle())

    assert verbs(cora, since=TODAY, until=TODAY) == ["cycle.change"]
    assert verbs(cora, until=TODAY - DAY) == []


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

    record(cora, "topic.remove", topic := make.topic("bees"), names=topic.names)
    db.session.delete(topic)

    assert verbs(cora) == ["topic.remove", "evidence.remove"]
    page.sign_in(cora)
    shown = page.get("desk.audit")
    assert "took away evidence that was not sent" in shown
    assert "removed the topic Bees" in shown


def test_every_kind_of_record_is_named(make, page):
    cora = make.coordinator()
    entry = make.report()
    cycle = make.the_cycle()
    made = make.decision(entry, "approve")
    extension = make.extension()
    make.reply(make.held(make.report()))
    meeting = make.meeting(entry.assignment.mobilizer, entry.assignment.mentor)
    asked, _ = make.request(entry.assignment.promise)
    for verb, subject in (
        ("evidence.add", entry.evidence[0]),
        ("promise.publish", entry.assignment.promise),
        ("assignment.make", entry.assignment),
        ("cycle.make", cycle),
        ("topic.add", cycle.topics[0]),
        ("entry.extend", extension),
        ("meeting.note", meeting),
        ("posting.add", cora.postings[0]),
        ("request.move", asked),
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
    log = [line.event.id for line in read(cora)]
    with queries.at_most(few):
        page.get("desk.audit", below=log[-1] + 1)
    assert db.session.scalar(db.select(db.func.count(AuditEvent.id))) == 42


def test_pages_of_the_log_follow_each_other_without_a_gap_or_a_double(make, page):
    cora, cycle = make.coordinator(), make.the_cycle()
    for at in range(PER_PAGE * 2 + 1):
        record(cora, "cycle.change", cycle, number=at)
    page.sign_in(cora)

    seen, shown = [], page.get("desk.audit", about="cycle")
    while True:
        seen += [line for line in shown.texts("ol.log p.hint") if line.startswith("Number")]
        further = shown.query("nav.pager a[rel=next]")
        if not further:
            break
        shown = page.get(further[0].attrs["href"])

    assert seen == [f"Number: {at}" for at in reversed(range(PER_PAGE * 2 + 1))]
    assert [one.attrs["href"] for one in shown.query("nav.pager a")] == ["/desk/audit/?about=cycle"]
