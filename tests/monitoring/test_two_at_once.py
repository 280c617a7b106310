"""Two phones or windows at the same moment: on both databases there is one truth afterwards."""

import threading
from datetime import UTC, date, datetime
from typing import Any

from flask import Flask

from mobilizer.accounts.models import User
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.monitoring import actions
from mobilizer.monitoring.models import Entry, Revision
from mobilizer.monitoring.rules.draft import Draft
from mobilizer.monitoring.rules.revision import Sent
from tests.monitoring.answers import full

NOVEMBER = date(2026, 11, 1)


def at(day: int) -> Any:
    return clock.at(datetime(2026, 11, day, 10, tzinfo=UTC))


def begun(make) -> Entry:
    assignment = make.assignment()
    return actions.start(assignment, NOVEMBER, by=assignment.mobilizer)


def whole(make, entry: Entry, **changed: Any) -> Sent:
    return Sent(fields=full(**changed), evidence=(make.evidence(entry).id,))


def together(app: Flask, acts: list[Any]) -> list[Exception]:
    """Do things at the same time, each in a transaction of its own, as two phones would."""
    failures: list[Exception] = []
    barrier = threading.Barrier(len(acts))

    def run(act: Any) -> None:
        with app.app_context(), at(22):
            try:
                barrier.wait()
                act()
                db.session.commit()
            except Exception as failure:  # noqa: BLE001  # whatever it is, the test tells it
                db.session.rollback()
                failures.append(failure)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


def test_two_phones_that_send_the_same_make_one_revision(app, make):
    with at(22):
        entry = begun(make)
        sent = whole(make, entry)
    by_id, entry_id = entry.assignment.mobilizer_id, entry.id
    db.session.commit()

    def send() -> None:
        actions.submit(
            db.session.get_one(Entry, entry_id), sent, by=db.session.get_one(User, by_id)
        )

    assert together(app, [send] * 4) == []
    assert len(db.session.scalars(db.select(Revision)).all()) == 1


def test_two_phones_that_send_different_things_make_two_revisions_in_a_row(app, make):
    with at(22):
        entry = begun(make)
        contents = [whole(make, entry, value_1=str(n)) for n in range(4)]
    by_id, entry_id = entry.assignment.mobilizer_id, entry.id
    db.session.commit()

    def sending(sent: Sent) -> Any:
        return lambda: actions.submit(
            db.session.get_one(Entry, entry_id), sent, by=db.session.get_one(User, by_id)
        )

    assert together(app, [sending(sent) for sent in contents]) == []
    numbers = db.session.scalars(db.select(Revision.number).order_by(Revision.number)).all()
    assert numbers == [1, 2, 3, 4]


def test_two_windows_that_begin_at_once_begin_one_entry(app, make):
    assignment = make.assignment()
    by_id, assignment_id = assignment.mobilizer_id, assignment.id
    db.session.commit()

    def begin() -> None:
        found = db.session.get_one(type(assignment), assignment_id)
        actions.start(found, NOVEMBER, by=db.session.get_one(User, by_id))

    assert together(app, [begin] * 4) == []
    assert len(db.session.scalars(db.select(Entry)).all()) == 1


def test_of_two_windows_that_save_at_once_one_is_told(app, make):
    with at(22):
        entry = begun(make)
    by_id, entry_id = entry.assignment.mobilizer_id, entry.id
    db.session.commit()

    def save() -> None:
        actions.save_draft(
            db.session.get_one(Entry, entry_id),
            Draft({"rating": "kept"}),
            knew="0.0",
            by=db.session.get_one(User, by_id),
        )

    failures = together(app, [save] * 3)
    assert [type(failure) for failure in failures] == [actions.Outdated] * 2
