"""Who checks a promise, and what follows."""

import pytest
from sqlalchemy import select

from mobilizer.audit.models import AuditEvent
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.promises import actions, queries
from mobilizer.promises.models import PromiseChange
from mobilizer.promises.rules import PromiseState, Testability
from mobilizer.promises.rules.gate import Overtaken

TESTABLE, NOT_TESTABLE = Testability.TESTABLE, Testability.NOT_TESTABLE
DRAFT, CHECKED, PUBLISHED = PromiseState.DRAFT, PromiseState.CHECKED, PromiseState.PUBLISHED
WHY = "Nobody can count good will."


def test_a_mentor_checks_promises_of_her_regions_and_of_the_whole_country(make):
    mentor = make.mentor("Polog")
    tetovo = make.municipality("Tetovo", region="Polog")
    hers = [
        make.promise(state=DRAFT, places=[tetovo, make.region("Skopje")]),
        make.promise(state=DRAFT, places=[make.region("Polog")]),
        make.promise(state=DRAFT),
    ]
    others = [
        make.promise(state=DRAFT, places=[make.region("Skopje")]),
        make.promise(state=DRAFT, cycle=make.cycle()),
    ]
    assert db.session.scalars(queries.waiting_for(mentor)).all() == hers
    for promise in hers:
        actions.check(promise, TESTABLE, by=mentor)
        assert (promise.state, promise.checked_by) == (CHECKED, mentor)
    for promise in others:
        with pytest.raises(RuleBroken):
            actions.check(promise, TESTABLE, by=mentor)


def test_a_coordinator_checks_all_of_her_cycle_and_nothing_else(make):
    ana = make.coordinator()
    actions.check(make.promise(state=DRAFT, places=[make.region("Skopje")]), TESTABLE, by=ana)
    with pytest.raises(RuleBroken):
        actions.check(make.promise(state=DRAFT, cycle=make.cycle()), TESTABLE, by=ana)


def test_a_mobilizer_and_an_administrator_check_nothing(make):
    for person in (make.mobilizer(), make.administrator()):
        with pytest.raises(RuleBroken):
            actions.check(make.promise(state=DRAFT), TESTABLE, by=person)
        assert db.session.scalars(queries.waiting_for(person)).all() == []


def test_nobody_checks_her_own_promise(make):
    for person in (make.mentor("Polog"), make.coordinator()):
        promise = make.promise(state=DRAFT, logged_by=person)
        with pytest.raises(RuleBroken, match="Nobody checks"):
            actions.check(promise, TESTABLE, by=person)
        assert promise not in db.session.scalars(queries.waiting_for(person)).all()
        assert promise.state is DRAFT


def test_nobody_checks_a_promise_that_she_has_changed(make):
    mentor = make.mentor("Polog")
    promise = make.promise(state=DRAFT)
    db.session.add(
        PromiseChange(promise=promise, changed_at=promise.logged_at, by_id=mentor.id, field="topic")
    )
    db.session.flush()
    with pytest.raises(RuleBroken, match="Nobody checks"):
        actions.check(promise, TESTABLE, by=mentor)


def test_not_testable_needs_a_reason(make):
    ana = make.coordinator()
    promise = make.promise(state=DRAFT)
    for reason in ("", "because", "x" * 601):
        with pytest.raises(RuleBroken) as refused:
            actions.check(promise, NOT_TESTABLE, reason, by=ana)
        assert refused.value.field == "reason"
    assert promise.state is DRAFT

    actions.check(promise, NOT_TESTABLE, WHY, by=ana)

    assert (promise.testability, promise.testability_reason) == (NOT_TESTABLE, WHY)


def test_a_check_is_about_what_was_seen(make):
    promise = make.promise(state=DRAFT)
    seen = promise.mark
    promise.version = 2
    with pytest.raises(Overtaken):
        actions.check(promise, TESTABLE, by=make.coordinator(), seen=seen)
    actions.check(promise, TESTABLE, by=make.coordinator(), seen=promise.mark)


def test_of_two_who_check_at_once_the_later_is_told(make):
    ana, zana, promise = make.coordinator(), make.coordinator(), make.promise(state=DRAFT)
    seen = promise.mark
    actions.check(promise, NOT_TESTABLE, WHY, by=ana, seen=seen)

    with pytest.raises(Overtaken):
        actions.check(promise, TESTABLE, by=zana, seen=seen)
    with pytest.raises(Overtaken):
        actions.publish(promise, by=zana, seen=seen)
    with pytest.raises(Overtaken):
        actions.reopen(promise, WHY, by=zana, seen=seen)
    assert (promise.testability, promise.checked_by_id) == (NOT_TESTABLE, ana.id)

    actions.check(promise, NOT_TESTABLE, WHY, by=ana, seen=seen)  # Her own again: nothing happens.
    actions.check(promise, TESTABLE, by=zana, seen=promise.mark)
    assert promise.checked_by_id == zana.id


def test_a_promise_that_was_sent_back_meanwhile_is_not_checked_as_if_it_were_not(make):
    ana, mentor, promise = make.coordinator(), make.mentor(), make.promise(state=CHECKED)
    seen = promise.mark
    actions.reopen(promise, "The target was misread.", by=mentor)
    with pytest.raises(Overtaken):
        actions.check(promise, NOT_TESTABLE, WHY, by=ana, seen=seen)


def test_of_two_who_name_another_double_the_later_is_told(make):
    ana, zana, promise = make.coordinator(), make.coordinator(), make.promise(state=DRAFT)
    one, other, seen = make.promise(), make.promise(), promise.mark
    actions.mark_duplicate(promise, one, by=ana, seen=seen)

    actions.mark_duplicate(promise, one, by=zana, seen=seen)
    with pytest.raises(Overtaken) as told:
        actions.mark_duplicate(promise, other, by=zana, seen=seen)

    assert told.value.field == "duplicate_of"
    assert promise.duplicate_of_id == one.id


def test_only_what_is_checked_is_published_and_only_by_a_coordinator(make):
    ana = make.coordinator()
    with pytest.raises(RuleBroken):
        actions.publish(make.promise(state=DRAFT), by=ana)
    promise = make.promise(state=CHECKED)
    for person in (make.mobilizer(), make.mentor(), make.coordinator(cycle=make.cycle())):
        with pytest.raises(RuleBroken):
            actions.publish(promise, by=person)

    actions.publish(promise, by=ana)

    assert promise.state is PUBLISHED
    assert promise.published_at is not None
    with pytest.raises(RuleBroken):
        actions.check(promise, TESTABLE, by=ana)


def test_a_promise_that_is_not_testable_may_be_published_with_its_reason(make):
    ana = make.coordinator()
    promise = make.promise(state=DRAFT)
    actions.check(promise, NOT_TESTABLE, WHY, by=make.mentor())
    actions.publish(promise, by=ana)
    assert (promise.state, promise.testability_reason) == (PUBLISHED, WHY)


def test_a_duplicate_is_neither_checked_nor_published(make):
    ana = make.coordinator()
    stays, draft, ready = make.promise(), make.promise(state=DRAFT), make.promise(state=CHECKED)
    for double in (draft, ready):
        actions.mark_duplicate(double, stays, by=ana)
    assert db.session.scalars(queries.waiting_for(ana)).all() == []
    with pytest.raises(RuleBroken):
        actions.check(draft, TESTABLE, by=ana)
    with pytest.raises(RuleBroken):
        actions.publish(ready, by=ana)

    actions.mark_duplicate(ready, None, by=ana)
    actions.publish(ready, by=ana)


def test_duplicates_name_one_promise_that_stays(make):
    ana = make.coordinator()
    stays, double, other = make.promise(), make.promise(state=DRAFT), make.promise(state=DRAFT)
    actions.mark_duplicate(double, stays, by=ana)
    foreign = make.promise(cycle=make.cycle())
    for of in (other, double, foreign):
        with pytest.raises(RuleBroken):
            actions.mark_duplicate(other, of, by=ana)
    with pytest.raises(RuleBroken):
        actions.mark_duplicate(stays, other, by=ana)
    with pytest.raises(RuleBroken):
        actions.mark_duplicate(other, stays, by=make.mobilizer())


def test_a_checked_promise_can_be_sent_back_with_a_reason(make):
    mentor = make.mentor()
    promise = make.promise(state=CHECKED)
    with pytest.raises(RuleBroken):
        actions.reopen(promise, "", by=mentor)
    actions.reopen(promise, "The target was misread.", by=mentor)
    assert promise.state is DRAFT
    actions.check(promise, TESTABLE, by=mentor)


def test_every_step_is_in_the_log(make):
    ana = make.coordinator()
    promise = make.promise(state=DRAFT)
    actions.mark_duplicate(promise, make.promise(), by=ana)
    actions.mark_duplicate(promise, None, by=ana)
    actions.check(promise, TESTABLE, by=ana)
    actions.reopen(promise, "The target was misread.", by=ana)
    actions.check(promise, NOT_TESTABLE, WHY, by=ana)
    actions.publish(promise, by=ana)
    events = db.session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()
    assert [event.verb for event in events] == [
        "promise.mark_duplicate",
        "promise.mark_duplicate",
        "promise.check",
        "promise.reopen",
        "promise.check",
        "promise.publish",
    ]
    assert {event.by_id for event in events} == {ana.id}
