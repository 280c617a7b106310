"""The log as a file: what passes the filters, for those who may read it, and told in the log."""

import csv
import io

import pytest

from mobilizer.audit.actions import record
from mobilizer.audit.models import AuditEvent
from mobilizer.core.database import db
from mobilizer.desk.queries import log


def rows(answer):
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=log-2")
    return list(csv.DictReader(io.StringIO(answer.source)))


def exports():
    told = db.select(AuditEvent).where(AuditEvent.verb == "audit.export")
    return [event.details for event in db.session.scalars(told)]


@pytest.fixture
def cora(make, page):
    cora = make.coordinator()
    page.sign_in(cora)
    return cora


def test_what_passes_the_filters_is_in_the_file_as_sentences(make, page, cora):
    entry = make.report()
    make.decision(entry, "approve")

    (told,) = rows(page.post("desk.export", step="entry.approve", expect=200))

    title = entry.assignment.promise.titles["en"]
    mentor = entry.assignment.mentor.alias
    assert told["who"] == mentor
    assert told["step"].startswith(f"{mentor} approved the report {title} · ")
    assert "State: Waiting for review → Approved" in told["details"]
    assert (told["verb"], told["kind"], told["record"]) == ("entry.approve", "entry", entry.id)


def test_nobody_is_named_in_the_file_but_by_alias(make, page, cora):
    entry = make.report()
    make.decision(entry, "approve")
    record(cora, "person.sign_out", entry.assignment.mobilizer)

    told = page.post("desk.export", expect=200).source

    for person in (cora, entry.assignment.mentor, entry.assignment.mobilizer):
        assert person.full_name not in told
        assert person.sign_in_name not in told


def test_that_it_was_taken_is_in_the_log(make, page, cora):
    record(cora, "cycle.change", make.the_cycle())

    page.post("desk.export", about="cycle", since="2020-01-01", expect=200)

    assert exports() == [{"rows": 1, "since": "2020-01-01", "until": None}]
    assert "saved as a file the log of" in page.get("desk.audit")


def test_every_page_of_it_is_in_the_file(make, page, cora, monkeypatch):
    monkeypatch.setattr(log, "STRIDE", 2)
    for at in range(5):
        record(cora, "cycle.change", make.the_cycle(), number=at)

    told = rows(page.post("desk.export", step="cycle.change", expect=200))

    assert [one["details"] for one in told] == [f"Number: {at}" for at in reversed(range(5))]


def test_a_cell_that_could_start_a_formula_does_not(make, page, cora):
    cora.alias = "=HYPERLINK(1)"
    record(cora, "cycle.change", make.the_cycle(), code="+1")

    (told,) = rows(page.post("desk.export", step="cycle.change", expect=200))

    assert told["who"] == "'=HYPERLINK(1)"
    assert told["step"].startswith("'=HYPERLINK(1) changed")


def test_too_much_for_one_file_is_refused_and_nothing_is_told_of_it(make, page, cora, monkeypatch):
    monkeypatch.setattr(log, "MOST", 2)
    for _ in range(3):
        record(cora, "cycle.change", make.the_cycle())

    refused = page.post("desk.export", step="cycle.change", expect=422)

    assert "Choose fewer days" in refused
    assert exports() == []


def test_a_mistyped_day_exports_nothing(page, cora):
    assert "Write a day" in page.post("desk.export", since="x", expect=422)
    assert exports() == []


def test_another_cycles_coordinator_takes_nothing_of_it(make, page):
    make.decision(make.report(), "approve")
    page.sign_in(make.coordinator(cycle=make.cycle()))

    assert rows(page.post("desk.export", step="entry.approve", expect=200)) == []


@pytest.mark.parametrize("role", ["mobilizer", "mentor", "administrator"])
def test_nobody_else_takes_the_log(make, page, role):
    page.sign_in(make.user(role, "Polog" if role in ("mobilizer", "mentor") else None))

    page.post("desk.export", expect=403)
