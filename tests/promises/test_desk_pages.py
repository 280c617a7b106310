"""The list of promises, one promise, and the gate, as the desk sees them."""

from datetime import date
from threading import Thread

import pytest
from sqlalchemy import select

from mobilizer.core.database import db
from mobilizer.promises.models import Promise
from mobilizer.promises.rules import Precision, PromiseState, Testability

DRAFT, CHECKED, PUBLISHED = PromiseState.DRAFT, PromiseState.CHECKED, PromiseState.PUBLISHED
WHY = "Nobody can count good will."


def numbers(answer):
    return [int(cell) for cell in answer.texts("tbody td[data-label=Number]")]


def state_of(promise):
    return db.session.scalar(select(Promise.state).where(Promise.id == promise.id))


def test_the_list_is_filtered_by_state_party_topic_region_words_and_whose(make, page):
    ana = make.coordinator()
    party, topic = make.party("Road Party"), make.topic("Bridges")
    tetovo = make.municipality("Tetovo", region="Polog")
    by_party = make.promise(party=party)
    by_topic = make.promise(topic=topic, state=CHECKED)
    by_place = make.promise(places=[tetovo])
    by_words = make.promise("Ќе изградиме мост во Дебар.", logged_by=ana)
    page.sign_in(ana)

    assert numbers(page.get("promises.index")) == [4, 3, 2, 1]
    asked = {
        "state": ("checked", by_topic),
        "party": (party.code, by_party),
        "topic": (topic.code, by_topic),
        "region": (make.region("Polog").code, by_place),
        "q": ("most debar", by_words),
        "mine": ("y", by_words),
    }
    for name, (value, promise) in asked.items():
        assert numbers(page.get("promises.index", **{name: value})) == [promise.number], name
    assert "Nothing fits" in page.get("promises.index", q="nothing like it")


@pytest.mark.parametrize("name", ["state", "party", "topic", "region", "cycle", "mine", "page"])
def test_a_filter_that_makes_no_sense_breaks_nothing(make, page, name):
    make.promise()
    page.sign_in(make.coordinator())
    for value in ("nonsense", "'\"><script>", "-1", "9" * 30):
        assert (
            "<script>" not in page.get("promises.index", **{name: value}).source.split("<main")[1]
        )


def test_the_list_costs_the_same_however_long_it_is(make, page, queries):
    page.sign_in(make.coordinator())
    for _ in range(2):
        make.promise(places=[make.region("Polog")])
    page.get("promises.index")
    with queries.counted() as few:
        page.get("promises.index")
    for _ in range(20):
        make.promise(places=[make.region("Polog"), make.municipality("Tetovo")])
    db.session.commit()  # What is kept beside a promise is written then.
    with queries.counted() as many:
        assert len(numbers(page.get("promises.index"))) == 22
    assert len(many) == len(few)
    assert len(few) <= 17, "\n".join(few)


def test_the_list_has_pages_and_keeps_its_filters_on_them(make, page):
    for _ in range(27):
        make.promise("We will mend this bridge.")
    page.sign_in(make.coordinator())
    first = page.get("promises.index", q="bridge")
    assert len(numbers(first)) == 25
    assert "q=bridge" in first.query(".pager a[rel=next]")[0].attrs["href"]
    assert len(numbers(page.get("promises.index", q="bridge", page=2))) == 2


def test_a_mobilizer_sees_drafts_of_her_own_only_and_others_are_not_found(make, page):
    mira = make.mobilizer()
    hers = make.promise(state=DRAFT, logged_by=mira)
    others = make.promise(state=DRAFT, logged_by=make.mobilizer())
    page.sign_in(mira)
    assert numbers(page.get("promises.index")) == [hers.number]
    assert "by you" in page.get("promises.show", number=hers.number)
    page.get("promises.show", number=others.number, expect=404)
    page.get("/desk/promises/99999999999999999999", expect=404)


def test_who_logged_a_promise_is_told_to_the_desk_and_not_to_other_mobilizers(make, page):
    author = make.mobilizer(full_name="Mira Mirovska")
    promise = make.promise(logged_by=author)
    page.sign_in(make.mentor())
    assert "Mira Mirovska" in page.get("promises.show", number=promise.number)
    page.sign_in(make.mobilizer())
    assert "Mira Mirovska" not in page.get("promises.show", number=promise.number)


def test_a_mentor_is_led_from_one_unchecked_promise_to_the_next(make, page):
    first, second = make.promise(state=DRAFT), make.promise(state=DRAFT)
    make.promise(state=DRAFT, places=[make.region("Skopje")])
    page.sign_in(make.mentor("Polog"))
    for promise in (first, second):
        answer = page.get("promises.unchecked", expect=302)
        assert answer.location.endswith(f"/{promise.number}/check")
        page.post("promises.decide", number=promise.number, data={"testability": "testable"})
        assert state_of(promise) is CHECKED
    assert "Nothing waits for your check" in page.get("promises.unchecked")


def test_a_check_without_its_reason_keeps_what_was_chosen(make, page):
    promise = make.promise(state=DRAFT)
    page.sign_in(make.mentor())
    sent = {"testability": "not_testable", "reason": "short"}
    answer = page.post("promises.decide", number=promise.number, data=sent, expect=422)
    assert answer.query("#reason-error")
    assert "checked" in answer.query("[value=not_testable]")[0].attrs
    assert state_of(promise) is DRAFT
    page.post("promises.decide", number=promise.number, data={**sent, "reason": WHY})
    assert promise.testability is Testability.NOT_TESTABLE


def test_nothing_or_nonsense_chosen_is_refused(make, page):
    promise = make.promise(state=DRAFT)
    page.sign_in(make.mentor())
    for sent in ({}, {"testability": "perhaps"}, {"testability": "testable", "reason": "x" * 601}):
        page.post("promises.decide", number=promise.number, data=sent, expect=422)
    assert state_of(promise) is DRAFT


def test_a_check_of_what_changed_meanwhile_shows_what_it_is_now(make, page):
    promise = make.promise(state=DRAFT)
    page.sign_in(make.mentor())
    page.get("promises.check", number=promise.number)
    promise.version = 2
    sent = {"testability": "testable"}
    answer = page.post("promises.decide", number=promise.number, data=sent, expect=422)
    assert "meanwhile" in answer
    assert answer.query("[name=seen]")[0].attrs["value"] == promise.mark
    assert state_of(promise) is DRAFT
    page.post("promises.decide", number=promise.number, data=sent)


def test_a_check_waits_for_a_change_that_is_under_way_and_is_refused_then(make, page):
    promise = make.promise(state=DRAFT)
    page.sign_in(make.mentor())
    page.get("promises.check", number=promise.number)
    number, sent, answers = promise.number, {"testability": "testable"}, []

    def decide():
        answers.append(page.post("promises.decide", number=number, data=sent, expect=None).status)

    changing = db.session.scalars(select(Promise).with_for_update()).one()
    checking = Thread(target=decide)
    checking.start()
    checking.join(0.5)
    assert answers == []
    changing.version = 2
    db.session.commit()
    checking.join()

    assert answers == [422]
    assert state_of(promise) is DRAFT


def test_nobody_is_offered_to_check_her_own_nor_can_she_by_its_address(make, page):
    mentor = make.mentor()
    promise = make.promise(state=DRAFT, logged_by=mentor)
    page.sign_in(mentor)
    shown = page.get("promises.show", number=promise.number)
    assert not shown.query("a[href$=check]")
    page.get("promises.check", number=promise.number, expect=302)
    page.get("promises.show", number=promise.number)
    sent = {"testability": "testable", "seen": promise.mark}
    page.post("promises.decide", number=promise.number, data=sent, expect=422)
    assert state_of(promise) is DRAFT


def test_a_coordinator_publishes_what_is_checked(make, page):
    ana = make.coordinator()
    promise, draft = make.promise(state=CHECKED), make.promise(state=DRAFT)
    page.sign_in(ana)
    page.get("promises.show", number=promise.number)
    page.post("promises.publish", number=promise.number)
    assert state_of(promise) is PUBLISHED
    page.post("promises.publish", number=draft.number, data={"seen": draft.mark}, expect=409)
    page.post("promises.publish", number=promise.number, data={"seen": promise.mark}, expect=409)
    assert state_of(draft) is DRAFT


def test_others_do_not_publish(make, page):
    promise = make.promise(state=CHECKED)
    for person in (make.mobilizer(), make.mentor()):
        page.sign_in(person)
        shown = page.get("promises.show", number=promise.number)
        assert not shown.query("form[action$=publish]")
        page.post(
            "promises.publish", number=promise.number, data={"seen": promise.mark}, expect=403
        )
    page.sign_in(make.coordinator(cycle=make.cycle()))
    page.get("promises.index")
    page.post("promises.publish", number=promise.number, data={"seen": promise.mark}, expect=404)
    assert state_of(promise) is CHECKED


@pytest.mark.parametrize("step", ["publish", "decide", "reopen", "duplicate", "change"])
def test_a_forged_step_does_nothing(make, page, step):
    promise = make.promise(state=CHECKED)
    page.sign_in(make.coordinator())
    sent = {"testability": "testable", "reason": WHY, "seen": promise.mark}
    page.post(f"promises.{step}", number=promise.number, data=sent, token="forged", expect=409)
    assert state_of(promise) is CHECKED


def test_a_promise_is_not_made_on_a_day_that_the_source_does_not_name(make, page):
    year = make.source(said_on=date(2024, 1, 1), said_on_precision=Precision.YEAR)
    vague, exact = (make.promise(source=year, made_on=date(2024, 1, day)) for day in (1, 2))
    page.sign_in(make.mentor())
    assert "1 January 2024" not in page.get("promises.show", number=vague.number)
    assert "2 January 2024" in page.get("promises.show", number=exact.number)


def test_a_duplicate_is_marked_by_its_number_and_leads_to_the_one_that_stays(make, page):
    stays, double = make.promise(), make.promise(state=DRAFT)
    page.sign_in(make.coordinator())
    page.get("promises.show", number=double.number)
    page.post("promises.duplicate", number=double.number, data={"duplicate_of": stays.number})
    shown = page.get("promises.show", number=double.number)
    assert shown.query(f"main .notice a[href='/desk/promises/{stays.number}']")
    for typed in ("99999", "-1", "twelve", str(double.number)):
        sent = {"duplicate_of": typed}
        again = page.post("promises.duplicate", number=double.number, data=sent, expect=422)
        assert again.query("#duplicate_of-error")
        assert again.query("#duplicate_of")[0].attrs["value"] == typed
    assert double.duplicate_of_id == stays.id
    page.post("promises.duplicate", number=double.number, data={"duplicate_of": ""})
    assert double.duplicate_of_id is None


def test_a_checked_promise_is_sent_back_with_a_reason_that_is_told(make, page):
    promise = make.promise(state=CHECKED)
    page.sign_in(make.mentor())
    page.get("promises.show", number=promise.number)
    for typed in ("short", "long " * 200):
        sent = {"reason": typed, "seen": promise.mark}
        again = page.post("promises.reopen", number=promise.number, data=sent, expect=422)
        assert again.query("#reason-error")
        assert again.query("#reason")[0].to_text().strip() == typed.strip()
    page.get("promises.show", number=promise.number)
    page.post("promises.reopen", number=promise.number, data={"reason": "The target was misread."})
    assert state_of(promise) is DRAFT
    assert "The target was misread." in page.get("promises.show", number=promise.number)


def test_the_desk_is_empty_in_words(make, page):
    page.sign_in(make.coordinator())
    assert "No promises yet" in page.get("promises.index")
    assert "Nothing begun" in page.get("promises.mine")
    page.sign_in(make.administrator())
    page.get("promises.index", expect=403)
