"""Two coordinators change one thing at once: the later is told what the other saved."""

from datetime import date
from threading import Thread

from sqlalchemy import select

from mobilizer.core.database import db
from mobilizer.cycles.actions import extend
from mobilizer.cycles.models import Cycle, Extension
from tests.cycles.test_extensions import extension_form
from tests.cycles.test_settings import the_cycle, typed


def test_of_two_who_change_the_settings_at_once_the_later_sees_what_the_other_saved(make, page):
    cycle = make.cycle("mk-2026", first_month="2026-11", is_public=True)
    data = typed(make, closes_day="8")
    page.sign_in(make.coordinator(cycle=cycle))
    page.get("cycles.edit", code="mk-2026")
    cycle.closes_day, cycle.second_share = 6, 20

    told = page.post("cycles.edit", code="mk-2026", data=data, expect=200)

    assert "Somebody else has saved this" in told.texts("#errors")[0]
    assert "Saved now: 6" in told.texts("#closes_day-error")[0]
    assert "Saved now: 20" in told.texts("#second_share-error")[0]
    assert "Saved now: Yes" in told.texts("#errors")[0]
    assert not told.query("#opens_day-error")
    assert told.query("#closes_day")[0].attrs["value"] == "8"
    assert the_cycle().closes_day == 6
    page.post("cycles.edit", code="mk-2026", data=data)
    assert (the_cycle().closes_day, the_cycle().second_share) == (8, 10)


def test_settings_wait_for_a_change_that_is_under_way_and_are_told_of_it_then(make, page):
    cycle, sent = make.cycle("mk-2026"), typed(make, closes_day="8")
    page.sign_in(make.coordinator(cycle=cycle))
    page.get("cycles.edit", code="mk-2026")
    answers = []

    def save():
        answers.append(page.post("cycles.edit", code="mk-2026", data=sent, expect=200))

    changing = db.session.scalars(select(Cycle).with_for_update()).one()
    saving = Thread(target=save)
    saving.start()
    saving.join(0.5)
    assert answers == []
    changing.closes_day = 6
    db.session.commit()
    saving.join()

    assert "Saved now: 6" in answers[0].texts("#closes_day-error")[0]
    assert the_cycle().closes_day == 6


def test_who_saves_settings_holds_no_cycle_while_she_waits_for_an_earlier_one(make, page):
    first, later = make.cycle("mk-2025"), make.cycle("mk-2026", first_month="2026-11")
    sent = typed(make, is_public="y", is_current="y")
    page.sign_in(make.coordinator(cycle=later))
    page.get("cycles.edit", code="mk-2026")
    ids = sorted([first.id, later.id])

    def save():
        page.post("cycles.edit", code="mk-2026", data=sent)

    db.session.commit()
    db.session.scalars(select(Cycle).where(Cycle.id == ids[0]).with_for_update()).one()
    saving = Thread(target=save)
    saving.start()
    saving.join(0.5)
    # Were hers held by now, the two would wait for each other.
    db.session.scalars(select(Cycle).where(Cycle.id == ids[1]).with_for_update()).one()
    db.session.commit()
    saving.join()

    assert the_cycle().is_current


def test_the_same_settings_saved_by_two_are_nobodys_conflict(make, page):
    cycle, data = make.cycle("mk-2026", first_month="2026-11"), typed(make)
    page.sign_in(make.coordinator(cycle=cycle))
    shown = page.get("cycles.edit", code="mk-2026")
    for _ in range(2):
        page.last = shown
        page.post("cycles.edit", code="mk-2026", data=data)


def test_of_two_who_rename_a_topic_at_once_the_later_sees_what_the_other_saved(make, page):
    cycle = make.cycle("hers", topics=("education",))
    topic = make.topic("education", cycle=cycle)
    page.sign_in(make.coordinator(cycle=cycle))
    page.get("cycles.topic", code="hers", topic_code="education")
    topic.names, hers = {"en": "Schools"}, {"name_en": "Learning"}

    told = page.post("cycles.topic", code="hers", topic_code="education", data=hers, expect=200)

    assert "Saved now: Schools" in told.texts("#name_en-error")[0]
    assert told.query("#name_en")[0].attrs["value"] == "Learning"
    page.post("cycles.topic", code="hers", topic_code="education", data=hers)
    assert topic.names == {"en": "Learning"}


def test_of_two_who_extend_one_month_at_once_the_later_is_told(make, page):
    cycle = make.cycle("hers")
    mila, other = make.mobilizer(cycle=cycle), make.mobilizer(cycle=cycle)
    cora, zana = (make.coordinator(cycle=cycle) for _ in range(2))
    page.sign_in(zana)
    page.get("cycles.extensions", code="hers")
    shown = page.last
    extend(cycle, mila, date(2026, 11, 1), date(2026, 12, 20), "Ill.", by=cora)
    hers = extension_form(mila, until="2026-12-10", reason="A wedding.")
    page.last = shown

    told = page.post("cycles.extensions", code="hers", data=hers, expect=200)

    assert "20 December 2026" in told.texts("#until-error")[0]
    assert told.query("#reason")[0].to_text().strip() == "A wedding."
    assert db.session.scalars(select(Extension)).one().until == date(2026, 12, 20)
    page.post("cycles.extensions", code="hers", data=hers)
    assert db.session.scalars(select(Extension)).one().until == date(2026, 12, 10)
    page.last = shown
    page.post("cycles.extensions", code="hers", data=extension_form(other))
