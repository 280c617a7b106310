"""What is written down when a promise is logged."""

from dataclasses import replace
from datetime import date
from threading import Thread

import pytest
from sqlalchemy import func, select

from mobilizer.accounts.models import User
from mobilizer.audit.models import AuditEvent
from mobilizer.core.database import db
from mobilizer.core.errors import NotVisible, RuleBroken
from mobilizer.promises import actions
from mobilizer.promises.models import Promise, PromiseDraft, PromiseWord, Source
from mobilizer.promises.rules import Precision, PromiseState, SourceKind, Unit
from mobilizer.promises.rules.values import SourceValues, faults

KEY = "6c1f3a4e-8a34-4b0c-9a53-0f4d53a6d7c1"


def test_a_logged_promise_is_a_draft_with_the_next_number_and_a_trace(make):
    make.promise(number=41)
    mobilizer = make.mobilizer()

    promise = actions.log_promise(make.promise_values(), by=mobilizer)

    assert (promise.number, promise.state, promise.logged_by) == (42, PromiseState.DRAFT, mobilizer)
    assert [indicator.position for indicator in promise.indicators] == [1]
    assert promise.source.title == "Programme 2024"
    event = db.session.scalars(select(AuditEvent)).one()
    assert (event.verb, event.by_id, event.details["number"]) == ("promise.log", mobilizer.id, 42)


def test_values_are_kept_in_one_form(make):
    indicator = make.indicator_values(unit=Unit.KILOMETRES, baseline="1 200,50", target="32 km")
    promise = actions.log_promise(make.promise_values(indicators=(indicator,)), by=make.mobilizer())

    assert (promise.indicators[0].baseline, promise.indicators[0].target) == ("1200.5", "32")


def test_a_source_that_is_known_is_used_again(make):
    source = make.source()
    values = make.promise_values(source=source.id)

    for _ in range(2):
        assert actions.log_promise(values, by=make.mobilizer()).source is source

    assert db.session.scalar(select(func.count()).select_from(Source)) == 1


WRONG = {
    "exact_words": {"exact_words": "short"},
    "title": {"titles": {"mk": "Наслов"}},
    "due_on": {"due_precision": Precision.DAY},
    "places": {"place_ids": ()},
    "institution": {"institution": " "},
    "indicators": {"indicators": ()},
    "became_link": {"became_link": "javascript:alert(1)"},
    "source_title": {"source": SourceValues(SourceKind.MEDIA, " ")},
    "link": {"source": SourceValues(SourceKind.MEDIA, "x", link="ftp://example.org")},
}


@pytest.mark.parametrize("field", WRONG)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_kept(make, field):
    values = make.promise_values(**WRONG[field])

    assert [fault.field for fault in faults(values)] == [field]
    with pytest.raises(RuleBroken) as refused:
        actions.log_promise(values, by=make.mobilizer())
    assert refused.value.field == field
    assert db.session.scalar(select(func.count()).select_from(Promise)) == 0


def test_a_promise_cannot_be_due_before_it_was_made(make):
    values = make.promise_values(
        made_on=date(2024, 5, 1), due_on=date(2024, 4, 1), due_precision=Precision.DAY
    )
    assert [fault.field for fault in faults(values)] == ["due_on"]


def test_each_indicator_is_complete_and_in_its_unit(make):
    wrong = make.indicator_values(
        text="Short", baseline="few", target="", methods=(), data_source="", unit=Unit.PERCENT
    )
    said = [fault.field for fault in faults(make.promise_values(indicators=(wrong,)))]
    assert said == ["text", "baseline", "target", "methods", "data_source"]
    other = make.indicator_values(unit=Unit.OTHER)
    assert [f.field for f in faults(make.promise_values(indicators=(other,)))] == ["unit_name"]
    assert list(faults(make.promise_values(indicators=(make.indicator_values(baseline=""),)))) == []


def test_what_is_imported_may_lack_what_other_trackers_have_not(make):
    values = make.promise_values(
        origin="tracker", origin_key="1", place_ids=(), indicators=(), institution=""
    )
    assert actions.log_promise(values, by=None).origin_key == "1"


def test_topic_source_and_places_must_be_of_the_cycle(make):
    mobilizer = make.mobilizer()
    other = make.cycle()
    country, region = make.country("MK"), make.region()
    for given in (
        {"topic_id": make.topic(cycle=other).id},
        {"source": make.source(cycle=other).id},
        {"place_ids": (10**6,)},
        {"place_ids": (country.id, region.id)},
    ):
        with pytest.raises(RuleBroken), db.session.begin_nested():
            actions.log_promise(make.promise_values(**given), by=mobilizer)


def test_nobody_logs_in_a_cycle_that_is_not_hers(make):
    mobilizer = make.mobilizer()
    with pytest.raises(RuleBroken):
        actions.log_promise(make.promise_values(make.cycle()), by=mobilizer)
    with pytest.raises(RuleBroken):
        actions.log_promise(make.promise_values(), by=make.administrator())


def test_a_promise_is_found_by_all_its_words_after_a_change_too(make):
    mobilizer = make.mobilizer()
    values = make.promise_values(titles={"en": "Mend it", "mk": "Поправка"})
    promise = actions.log_promise(values, by=mobilizer)
    words = select(PromiseWord.word).where(PromiseWord.promise_id == promise.id)
    assert {"mend", "popravka", "bridge"} <= set(db.session.scalars(words))

    actions.change(promise, replace(values, titles={"en": "Build it"}), by=mobilizer)

    said = set(db.session.scalars(words))
    assert "build" in said
    assert "popravka" not in said


def test_a_draft_that_is_sent_twice_makes_one_promise(make):
    mobilizer = make.mobilizer()
    cycle = make.the_cycle()
    draft = actions.begin(KEY, cycle, by=mobilizer)
    assert actions.begin(KEY, cycle, by=mobilizer) is draft
    values = make.promise_values()

    first = actions.finish(draft, values, by=mobilizer)

    assert actions.finish(draft, values, by=mobilizer) is first
    assert db.session.scalar(select(func.count()).select_from(Promise)) == 1
    with pytest.raises(RuleBroken):
        actions.keep(draft, {"title": ["more"]})


def test_a_key_that_is_somebody_elses_opens_nothing(make):
    actions.begin(KEY, make.the_cycle(), by=make.mobilizer())
    with pytest.raises(NotVisible):
        actions.begin(KEY, make.the_cycle(), by=make.mobilizer())


def test_numbers_are_given_once_however_many_log_at_the_same_moment(make, app):
    person, failed = make.mobilizer().id, []
    values = make.promise_values(source=make.source().id)
    db.session.commit()

    def log() -> None:
        with app.app_context():
            try:
                for _ in range(5):
                    by = db.session.get_one(User, person)
                    actions.log_promise(values, by=by)
                    db.session.commit()
            except Exception as error:  # noqa: BLE001  # shown below, whatever it was
                failed.append(error)

    threads = [Thread(target=log) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    numbers = db.session.scalars(select(Promise.number).order_by(Promise.number)).all()
    assert numbers == list(range(1, 31))


def test_a_draft_finished_twice_at_the_same_moment_makes_one_promise(make, app):
    mobilizer = make.mobilizer()
    values = make.promise_values(source=make.source().id)
    key = actions.begin(KEY, make.the_cycle(), by=mobilizer).id
    person = mobilizer.id
    db.session.commit()

    def finish() -> None:
        with app.app_context():
            by = db.session.get_one(User, person)
            asked = select(PromiseDraft).where(PromiseDraft.id == key).with_for_update()
            draft = db.session.scalars(asked).one()
            actions.finish(draft, values, by=by)
            db.session.commit()

    threads = [Thread(target=finish) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert db.session.scalar(select(func.count()).select_from(Promise)) == 1
