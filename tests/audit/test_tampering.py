"""Somebody who owns the database changes one character; the operator's own command tells where."""

import os
import subprocess
import sys
from pathlib import Path

from mobilizer.core.database import db
from tests.support.insider import tamper

PROGRAM = Path(sys.executable).with_name("mobilizer")
#: What is changed -> what is said of it. Each is one character in one row.
CHANGED = {
    "UPDATE audit_event SET verb = 'entry.submix' WHERE id = 1": "audit row 1: ",
    "UPDATE finding SET content = {of:content:visited:visitad} WHERE number = 2": "finding 2: ",
    "UPDATE decision SET reason = replace(reason, 'seen', 'sean') WHERE id = 2": "decision 2: ",
    "UPDATE revision SET answers = {of:answers:what was:what wes} WHERE id = 2": "revision 2: ",
    "UPDATE reply SET text = replace(text, 'May', 'Mai') WHERE id = 1": "reply 1: ",
    "UPDATE reply_ruling SET reason = replace(reason, 'us', 'as') WHERE id = 2": "ruling 2: ",
    "UPDATE promise SET exact_words = replace(exact_words, 'ten', 'tin') WHERE number = 1": (
        "promise 1: "
    ),
    "UPDATE reply_link SET addressee = 'Rood Party' WHERE id = 2": "reply link 2: ",
    "UPDATE evidence SET has_consent = NOT has_consent": "evidence ",
    "UPDATE assignment SET last_month = '2030-01-01'": "assignment ",
    "UPDATE entry SET is_quarantined = NOT is_quarantined": "report ",
    "UPDATE reopening SET reason = replace(reason, 'decree', 'degree')": "reopening 1: ",
    "UPDATE party SET names = {of:names:Party:Pirty} WHERE id = 1": "party 1: ",
    "UPDATE topic SET names = {of:names:ducation:dukation} WHERE id = 1": "topic 1: ",
    "UPDATE cycle SET reply_days = 3 WHERE id = 1": "cycle 1: ",
    "UPDATE second_look SET rating = 'broken' WHERE id = 1": "second look 1: ",
    "UPDATE held_finding SET days = days + 1 WHERE id = 1": "held finding 1: ",
}


def said(change):
    """The SQL of a change; what is inside JSON is changed as text."""
    before, _, rest = change.partition("{of:")
    if not rest:
        return change
    (column, was, is_now), after = rest.partition("}")[0].split(":"), rest.partition("}")[2]
    as_text = f"replace(CAST({column} AS TEXT), '{was}', '{is_now}')"
    is_sqlite = db.engine.dialect.name == "sqlite"
    return before + (as_text if is_sqlite else f"CAST({as_text} AS JSON)") + after


def named(line):
    """Which record a line is about; of what has a random key only what it is."""
    record = line.partition(": ")[0]
    kind = f"{record.partition(' ')[0]} "
    return kind if kind in ("assignment ", "report ", "evidence ") else f"{record}: "


def verified(app):
    """What the operator reads."""
    settings = {"DATABASE_URL": str(app.config["SQLALCHEMY_DATABASE_URI"]), "SECRET_KEY": "x"}
    return subprocess.run(
        [PROGRAM, "verify"],
        check=False,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
    )


def test_one_character_changed_behind_our_back_is_named_wherever_it_stands(app, make):
    promise = make.promise("We will build ten schools.")
    approved = make.report(make.assignment(promise=promise))
    rejected, waits = make.report(make.assignment()), make.report(make.assignment())
    make.vouched()
    finding = make.decision(approved, "approve").finding
    make.decision(rejected, "reject", whole="It was never seen there.")
    make.finding(make.promise())
    make.published_reply(finding)
    make.declined_reply(finding)
    make.held(waits)
    make.reopening(approved)
    make.drawn(make.report(make.assignment()))
    make.vouched()
    db.session.commit()

    whole = verified(app)
    tamper(*map(said, CHANGED))
    forged = verified(app)

    assert (whole.returncode, whole.stderr) == (0, "")
    walked = whole.stdout.splitlines()[-1]
    assert ", 5 promises, 4 assignments, 4 reports, 4 pieces of evidence, 4 revisions, " in walked
    assert (forged.returncode, forged.stderr) == (1, "")
    *faults, told = forged.stdout.splitlines()
    assert told == walked
    # What the changed row of the log told of has no step any more.
    assert "cycle 1: no step of the log tells how it was made" in faults
    assert {named(line) for line in faults} == set(CHANGED.values())
