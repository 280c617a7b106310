"""Assigning at the same moment, and what others may build on."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from mobilizer.accounts.models import User
from mobilizer.assignments import actions
from mobilizer.assignments.models import Assignment
from mobilizer.assignments.queries import due, expected_in
from mobilizer.assignments.rules import expected
from mobilizer.audit.models import AuditEvent
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.cycles.rules import months_between
from mobilizer.places.models import Place
from mobilizer.promises.models import Promise
from tests.builders import month

WORKERS = 6


@pytest.fixture
def mila(make):
    return make.mobilizer(mentor=make.mentor())


def test_the_same_assigned_by_several_at_once_is_stored_once(app, make, mila):
    promise = make.promise(places=[make.region("Polog")])
    ids = promise.id, promise.places[0].id, mila.id
    db.session.commit()

    def assign(_):
        with app.app_context():
            watched, place, her = (
                db.session.get(kind, id_)
                for kind, id_ in zip((Promise, Place, User), ids, strict=True)
            )
            actions.assign(watched, place, her, month("2026-10"), month("2026-11"), by=None)
            db.session.commit()

    with ThreadPoolExecutor(WORKERS) as workers:
        list(workers.map(assign, range(WORKERS)))

    assert db.session.scalar(select(func.count()).select_from(Assignment)) == 1
    assert db.session.scalar(select(func.count()).select_from(AuditEvent)) == 1


def test_a_promise_of_another_cycle_is_not_given_to_her(make, mila):
    theirs = make.promise(cycle=make.cycle("theirs"), places=[make.region("Polog")])

    with pytest.raises(RuleBroken) as broken:
        actions.assign(theirs, theirs.places[0], mila, month("2026-10"), month("2026-11"), by=None)

    assert broken.value.field == "mobilizer"


def test_what_is_expected_is_the_same_in_sql_and_in_the_rules(make, mila):
    made = [
        make.assignment(mila, promise=make.promise(), first_month=first, last_month=last)
        for first, last in (("2026-09", "2026-11"), ("2026-11", "2027-01"), ("2026-10", "2026-10"))
    ]
    actions.withdraw(made[1], "She moved.", by=mila)
    db.session.flush()

    for one in months_between(month("2026-08"), month("2027-02")):
        in_sql = db.session.scalar(select(func.count(Assignment.id)).where(expected_in(one)))
        assert in_sql == expected(made, one)
    owed = {one.id for one in db.session.scalars(due(mila, month("2026-10")))}
    assert owed == {made[0].id, made[2].id}


def test_a_second_withdrawal_keeps_the_first_reason_and_says_so(make, mila):
    one = make.assignment(mila)
    actions.withdraw(one, "She moved.", by=mila)
    when = one.withdrawn_at
    actions.withdraw(one, " She moved. ", by=mila)
    with pytest.raises(RuleBroken, match=r"She moved\."):
        actions.withdraw(one, "Another reason.", by=mila)

    assert (one.withdrawn_reason, one.withdrawn_at) == ("She moved.", when)
    assert when <= clock.now()
