"""``mobilizer verify`` names the row of the log that an insider changed, added or took out."""

import pytest
from sqlalchemy.exc import DatabaseError

from mobilizer.audit import queries
from mobilizer.audit.actions import record
from mobilizer.audit.models import AuditEvent
from mobilizer.core.database import db
from mobilizer.desk.cli import command
from mobilizer.desk.queries.kinds import KINDS
from tests.support.insider import tamper

ROW = 2
NOTHING = f"Walked 0 rows of the log, {', '.join(f'0 {kind.many}' for kind in KINDS)}."
#: SQL that an insider runs once the guards are off -> what verify then says.
TAMPERED = {
    "UPDATE audit_event SET verb = 'entry.approve' WHERE id = 2": "was changed after",
    "UPDATE audit_event SET details = '{}' WHERE id = 2": "was changed after",
    "UPDATE audit_event SET by_id = NULL WHERE id = 2": "was changed after",
    "UPDATE audit_event SET subject_key = 'x' WHERE id = 2": "was changed after",
    "UPDATE audit_event SET at = '2020-01-01 00:00:00.000000' WHERE id = 2": "was changed after",
    "UPDATE audit_event SET phone_time = '2020-01-01 00:00:00.000000' WHERE id = 2": "was changed",
    "UPDATE audit_seal SET hash = 'x' WHERE event_id = 2": "was changed after",
    "DELETE FROM audit_event WHERE id = 2": "was taken out",
    "DELETE FROM audit_seal WHERE event_id = 2": "was put in without a seal",
}


@pytest.fixture
def cora(make):
    make.cycle(topics=())
    cora = make.coordinator()
    make.vouched()  # One row, of the cycle.
    for at in range(4):
        record(cora, "account.change", cora, at=at)
    db.session.commit()
    return cora


@pytest.fixture
def verify(app):
    def verify(*arguments):
        db.session.rollback()
        return app.test_cli_runner().invoke(command, list(arguments))

    return verify


def test_an_empty_programme_is_whole(verify):
    answer = verify()

    assert answer.exit_code == 0
    assert answer.output.splitlines() == [
        "Nothing has been published yet.",
        "Nothing has been logged yet.",
        NOTHING,
    ]


def test_both_chains_are_walked_and_their_heads_told(make, verify):
    report = make.report()
    make.vouched()
    make.decision(report, "approve")
    db.session.commit()
    newest = queries.head(db.session())

    answer = verify()

    assert answer.exit_code == 0
    assert "1 findings hold together" in answer.output
    assert f"{newest.number} rows of the log hold together; the head is {newest.hash}." in (
        answer.output
    )


@pytest.mark.parametrize("said", TAMPERED)
def test_a_tampered_row_fails_with_its_number(cora, verify, said):
    tamper(said)

    answer = verify()

    assert answer.exit_code == 1
    assert f"audit row {ROW}: {TAMPERED[said]}" in answer.output


def test_a_row_put_in_from_outside_is_named(cora, verify):
    tamper(
        "INSERT INTO audit_event (id, at, verb, subject_kind, subject_key, details)"
        " SELECT 77, at, verb, subject_kind, subject_key, details FROM audit_event WHERE id = 1",
    )

    assert "audit row 77: was put in without a seal" in verify().output


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_a_row_that_became_unreadable_is_named_and_the_walk_goes_on(cora, verify):
    tamper(
        "UPDATE audit_event SET details = '{' WHERE id = 2",
        "UPDATE audit_event SET at = 'never' WHERE id = 3",
        "UPDATE audit_event SET verb = 'x' WHERE id = 4",
    )

    assert verify().output.splitlines()[:-1] == [
        "audit row 2: cannot be read: it was changed",
        "audit row 3: cannot be read: it was changed",
        "audit row 4: was changed after it was written",
    ]


def test_the_walk_takes_up_where_a_page_of_it_ended(cora, monkeypatch, verify):
    monkeypatch.setattr(queries, "STRIDE", 2)
    assert verify().exit_code == 0
    tamper("UPDATE audit_event SET verb = 'x' WHERE id IN (2, 3)")

    assert [line.split(":")[0] for line in verify().output.splitlines()[:-1]] == [
        "audit row 2",
        "audit row 3",
    ]


CUT = ("DELETE FROM audit_seal WHERE event_id >= {0}", "DELETE FROM audit_event WHERE id >= {0}")


def test_an_end_that_was_cut_off_is_noticed_by_a_head_kept_elsewhere(cora, verify):
    kept = queries.head(db.session()).hash
    assert verify("--audit-head", f" {kept.upper()}\n").exit_code == 0
    tamper(*(step.format(3) for step in CUT))

    answer = verify("--audit-head", kept)

    assert verify().exit_code == 0  # The paper says so: alone, the chain cannot tell.
    assert answer.exit_code == 1
    assert f"audit head {kept}: is not in the log" in answer.output


def test_an_end_that_told_of_a_finding_is_missed_without_any_head(make, verify):
    report = make.report()
    make.vouched()
    make.decision(report, "approve")
    db.session.commit()
    published = db.select(AuditEvent.id).where(AuditEvent.verb == "finding.publish")
    tamper(*(step.format(db.session.scalar(published)) for step in CUT))

    answer = verify()

    assert answer.exit_code == 1
    assert "finding 1: no step of the log tells of it" in answer.output


def test_findings_that_were_made_anew_do_not_fit_the_log(make, verify):
    report = make.report()
    make.vouched()
    make.decision(report, "approve")
    db.session.commit()
    tamper(f"UPDATE finding SET hash = '{'f' * 64}'")

    assert "finding 1: its content is not what was logged" in verify().output


def test_a_head_that_never_was_is_refused(cora, verify):
    assert verify("--audit-head", "0" * 64).exit_code == 1


@pytest.mark.parametrize("head", ["", "x", "é" * 3, "f" * 10_000])
def test_what_is_no_head_accuses_nobody_of_cutting_the_log(cora, verify, head):
    answer = verify("--audit-head", head)
    assert answer.exit_code == 2
    assert "is no SHA-256" in answer.output
    assert "is not in the log" not in answer.output


def test_findings_cut_off_the_end_are_missed_by_the_log(make, verify):
    for _ in range(2):
        report = make.report(make.assignment(), month="2026-11")
        make.vouched()
        make.decision(report, "approve")
    db.session.commit()
    tamper("DELETE FROM finding WHERE number = 2")

    answer = verify()

    assert answer.exit_code == 1
    assert "finding 2: the log tells of it; it is not there" in answer.output


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_replace_does_not_go_round_the_guards_of_what_is_published(make, app):
    """As an insider's client does it, which does not ask for recursive triggers."""
    report = make.report()
    make.vouched()
    make.decision(report, "approve")
    db.session.commit()
    with db.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA recursive_triggers = OFF")
        for table in ("finding", "revision", "decision"):
            with pytest.raises(DatabaseError, match="append-only"):
                connection.exec_driver_sql(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
        connection.invalidate()
