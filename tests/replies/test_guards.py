"""What is held back stays as it was approved; where somebody changed it, she is found out."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.desk.queries.contents import Fault, forged
from tests.support.insider import tamper
from tests.support.world import NOVEMBER


def eleven_days_later(work):
    with clock.at(NOVEMBER + timedelta(days=11)):
        work()


@pytest.mark.parametrize(
    "said",
    [
        "UPDATE held_finding SET rating = 'kept'",
        "UPDATE held_finding SET content = '{}'",
        "UPDATE held_finding SET days = 1",
        "UPDATE held_finding SET finding_number = 1",
        "DELETE FROM held_finding",
    ],
)
def test_the_database_refuses_to_change_what_is_held_but_for_its_days(make, said):
    make.finding()
    held = make.held()
    held.publish_at = clock.now()
    db.session.commit()

    with pytest.raises(DatabaseError, match="append-only"):
        db.session.execute(text(said))
    db.session.rollback()


def test_what_was_let_out_or_let_go_stays_so(make, work):
    held = make.held()
    make.reply_link(held)
    eleven_days_later(work)
    db.session.commit()

    for said in ("ended_at = NULL", "finding_number = NULL", "publish_at = NULL"):
        with pytest.raises(DatabaseError, match="append-only"):
            db.session.execute(text(f"UPDATE held_finding SET {said}"))
        db.session.rollback()


def test_a_finding_that_is_not_what_was_held_is_named(make, work):
    """Changed while it waited: its own step and that of the finding would tell the same."""
    report = make.report()
    make.vouched()
    held = make.held(report)
    make.reply_link(held)
    make.vouched()
    db.session.commit()
    tamper("UPDATE held_finding SET rating = 'broken'")
    eleven_days_later(work)
    db.session.commit()
    forged_while_it_waited = list(forged())
    tamper("UPDATE held_finding SET rating = 'in_progress'")

    assert forged_while_it_waited == [
        Fault("held finding", held.id, "its content is not what was logged")
    ]
    assert Fault("finding", 1, f"is not what held finding {held.id} says") in list(forged())
