"""Two people work on one promise at once: the later is told and sees what the other did."""

from threading import Thread

from sqlalchemy import select

from mobilizer.core.database import db
from mobilizer.promises.actions import check, mark_duplicate
from mobilizer.promises.models import Promise
from mobilizer.promises.rules import Testability
from tests.promises.screens import WORDS

WHY = "Nobody can count good will."


def test_of_two_who_check_at_once_the_later_sees_what_the_other_found(make, page):
    ana, zana = make.coordinator(full_name="Ana Anovska"), make.coordinator()
    promise = make.promise(state="draft")
    page.sign_in(zana)
    shown = page.get("promises.check", number=promise.number)
    check(promise, Testability.NOT_TESTABLE, WHY, by=ana)
    sent = {"testability": "testable", "reason": "The road either stands or it does not."}
    page.last = shown

    told = page.post("promises.decide", number=promise.number, data=sent, expect=422)

    assert "meanwhile" in told.texts("#errors")[0]
    assert all(said in told.texts("main .notice")[0] for said in (WHY, "Ana Anovska"))
    assert "checked" in told.query("[value=testable]")[0].attrs
    assert told.query("#reason")[0].to_text().strip() == sent["reason"]
    assert promise.testability is Testability.NOT_TESTABLE
    page.post("promises.decide", number=promise.number, data=sent)
    assert promise.testability is Testability.TESTABLE


def test_of_two_who_name_another_double_the_later_sees_what_the_other_named(make, page):
    one, other, double = make.promise(), make.promise(), make.promise(state="draft")
    page.sign_in(make.coordinator())
    shown = page.get("promises.show", number=double.number)
    mark_duplicate(double, one, by=make.coordinator())
    page.last, sent = shown, {"duplicate_of": other.number}

    told = page.post("promises.duplicate", number=double.number, data=sent, expect=422)

    assert "meanwhile" in told.texts("#duplicate_of-error")[0]
    assert told.query("#duplicate_of")[0].attrs["value"] == str(other.number)
    assert told.query(f"main .notice a[href='/desk/promises/{one.number}']")
    page.post("promises.duplicate", number=double.number, data=sent)
    assert double.duplicate_of_id == other.id


def test_of_two_who_name_each_others_promise_one_is_told_and_nobody_waits_for_ever(make, page):
    one, other = make.promise(state="draft"), make.promise(state="draft")
    page.sign_in(make.coordinator())
    page.get("promises.show", number=other.number)
    numbers = [one.number, other.number]
    answers = []

    def name():
        sent = {"duplicate_of": numbers[0]}
        answers.append(page.post("promises.duplicate", number=numbers[1], data=sent, expect=422))

    db.session.commit()
    held = select(Promise).where(Promise.number == numbers[0]).with_for_update()
    promise = db.session.scalars(held).one()
    naming = Thread(target=name)
    naming.start()
    naming.join(0.5)
    # To name the other needs it: were it held by now, the two would wait for each other.
    promise.duplicate_of_id = other.id
    db.session.commit()
    naming.join()

    assert "no duplicate itself" in answers[0].texts("#duplicate_of-error")[0]
    assert other.duplicate_of_id is None


def test_of_two_who_change_a_promise_at_once_the_later_sees_what_the_other_saved(make, page, typed):
    promise = make.promise(WORDS, state="draft", language="mk", titles={"mk": "Десет училишта"})
    page.sign_in(make.coordinator())
    page.get("promises.show", number=promise.number)
    key = page.post("promises.change", number=promise.number).location.split("/")[3]
    hers = {**typed["about"], "topic": promise.topic.code, "institution": "Ministry of Schools"}
    page.post("promises.keep", key=key, step="about", data={**hers, "go": "next"})
    page.post("promises.keep", key=key, step="measure", data={**typed["measure"], "go": "next"})
    page.get("promises.overview", key=key)
    promise.institution, promise.version = "Municipality of Tetovo", 2

    told = page.post("promises.finish", key=key, expect=422)

    assert "meanwhile" in told.texts("#errors")[0]
    assert "Municipality of Tetovo" in told.texts("main .notice dd")
    assert "Ministry of Schools" in told.texts("section.card dd")
    page.post("promises.finish", key=key)
    assert (promise.institution, promise.version) == ("Ministry of Schools", 3)
