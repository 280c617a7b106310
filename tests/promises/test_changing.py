"""What may be changed, by whom, and what remains of it."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from mobilizer.audit.models import AuditEvent
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.promises import actions
from mobilizer.promises.rules import PromiseState, Testability, Unit

WHY = "The source says otherwise."


@pytest.fixture
def people(make):
    """Mira logs, Blerim is mentor of her region, Ana coordinates."""
    return make.mobilizer("Polog"), make.mentor("Polog"), make.coordinator()


def logged(make, by, **given):
    values = make.promise_values(**given)
    return actions.log_promise(values, by=by), values


def checked(make, by, mentor, **given):
    promise, values = logged(make, by, **given)
    actions.check(promise, Testability.TESTABLE, by=mentor)
    return promise, replace(values, source=promise.source_id)


def test_a_draft_changes_without_leaving_a_history(make, people):
    mira, *_ = people
    promise, values = logged(make, mira)

    changed = actions.change(promise, replace(values, institution="Ministry of Health"), by=mira)

    assert changed == ["institution"]
    assert promise.changes == []
    assert promise.version == 2


def test_after_a_check_every_changed_field_is_kept_with_its_reason(make, people):
    mira, mentor, ana = people
    promise, values = checked(make, mira, mentor)
    better = replace(
        values,
        exact_words="We will mend the stone bridge.",
        indicators=(make.indicator_values(target="2"),),
    )

    actions.change(promise, better, by=ana, reason=WHY)

    told = {
        change.field: (change.before, change.after, change.reason) for change in promise.changes
    }
    assert told["exact_words"] == (values.exact_words, "We will mend the stone bridge.", WHY)
    assert told["indicators.1.target"] == ("1", "2", WHY)
    assert len(told) == 2
    events = db.session.scalars(select(AuditEvent).where(AuditEvent.verb == "promise.change"))
    assert events.one().details["fields"] == ["exact_words", "indicators.1.target"]


def test_after_a_check_a_change_needs_a_reason(make, people):
    mira, mentor, ana = people
    promise, values = checked(make, mira, mentor)
    with pytest.raises(RuleBroken) as refused:
        actions.change(promise, replace(values, institution="Other"), by=ana)
    assert refused.value.field == "reason"


def test_what_was_not_changed_leaves_no_trace(make, people):
    mira, mentor, ana = people
    promise, values = checked(make, mira, mentor)
    assert actions.change(promise, values, by=ana) == []
    assert promise.version == 1


def test_her_own_change_sends_a_checked_promise_back_to_be_checked(make, people):
    mira, mentor, ana = people
    promise, values = checked(make, mira, mentor)

    actions.change(promise, replace(values, institution="Other"), by=mira, reason=WHY)
    assert promise.state is PromiseState.DRAFT

    actions.check(promise, Testability.TESTABLE, by=mentor)
    actions.change(promise, replace(values, institution="Third"), by=ana, reason=WHY)
    assert promise.state is PromiseState.CHECKED


def test_after_publication_only_a_coordinator_changes_it(make, people):
    mira, mentor, ana = people
    promise, values = checked(make, mira, mentor)
    actions.publish(promise, by=ana)
    better = replace(values, institution="Ministry of Health")

    for person in (mira, mentor, make.coordinator(cycle=make.cycle())):
        with pytest.raises(RuleBroken):
            actions.change(promise, better, by=person, reason=WHY)
    actions.change(promise, better, by=ana, reason=WHY)

    assert promise.state is PromiseState.PUBLISHED
    assert [change.field for change in promise.changes] == ["institution"]


def test_somebody_elses_draft_is_not_changed(make, people):
    mira, *_ = people
    promise, values = logged(make, mira)
    for person in (make.mobilizer("Polog"), make.mentor("Skopje", cycle=make.cycle())):
        with pytest.raises(RuleBroken):
            actions.change(promise, replace(values, institution="Other"), by=person)


def test_a_change_of_what_was_changed_meanwhile_is_refused(make, people):
    mira, *_ = people
    promise, values = logged(make, mira)
    actions.change(promise, replace(values, institution="Other"), by=mira, seen=1)
    with pytest.raises(RuleBroken):
        actions.change(promise, replace(values, institution="Third"), by=mira, seen=1)


def test_an_indicator_keeps_its_identity_and_stays_once_checked(make, people):
    mira, mentor, ana = people
    two = (
        make.indicator_values(),
        make.indicator_values(text="Lanes opened", unit=Unit.OTHER, unit_name="lanes"),
    )
    promise, values = checked(make, mira, mentor, indicators=two)
    before = [indicator.id for indicator in promise.indicators]

    with pytest.raises(RuleBroken) as refused:
        actions.change(promise, replace(values, indicators=two[:1]), by=ana, reason=WHY)
    assert refused.value.field == "indicators"
    three = (*two, make.indicator_values(text="Lamps hung on it"))
    actions.change(promise, replace(values, indicators=three), by=ana, reason=WHY)

    assert [indicator.id for indicator in promise.indicators][:2] == before
    assert len(promise.indicators) == 3


def test_a_draft_may_lose_an_indicator(make, people):
    mira, *_ = people
    two = (make.indicator_values(), make.indicator_values(text="Lanes opened"))
    promise, values = logged(make, mira, indicators=two)
    actions.change(promise, replace(values, indicators=two[1:]), by=mira)
    assert [indicator.text for indicator in promise.indicators] == ["Lanes opened"]
