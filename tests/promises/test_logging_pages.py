"""Logging a promise on short screens, without a script."""

from uuid import uuid4

from sqlalchemy import func, select

from mobilizer.core.database import db
from mobilizer.promises.models import Promise, PromiseDraft
from mobilizer.promises.rules import Precision, PromiseState
from tests.promises.screens import EVIL, WORDS, begin, cycle_code, fill, only_promise


def test_a_promise_is_logged_screen_by_screen(make, page, mira, typed):
    key = begin(page)
    fill(page, typed, key)
    overview = page.get("promises.overview", key=key)
    for words in (WORDS, "Road Party", "Програма 2024", "Polog", "Изградени училишта", "2027"):
        assert words in overview
    page.post("promises.finish", key=key)

    promise = only_promise()
    assert promise.exact_words == WORDS
    assert promise.titles == {"mk": "Десет училишта", "en": "Ten schools"}
    assert (promise.due_on.isoformat(), promise.due_precision) == ("2027-12-31", Precision.YEAR)
    assert promise.source.said_on_precision is Precision.MONTH
    assert promise.made_on == promise.source.said_on
    assert [place.names["en"] for place in promise.places] == ["Polog"]
    assert promise.indicators[0].methods == ["documents", "visit"]
    assert (promise.state, promise.logged_by_id) == (PromiseState.DRAFT, mira.id)
    assert WORDS in page.get("promises.show", number=promise.number)


def test_nothing_typed_is_lost_going_on_or_back_right_or_wrong(page, mira, typed):
    key = begin(page)
    page.post("promises.keep", key=key, step="words", data={**typed["words"], "go": "next"})
    half = {"source_title": "Half a source", "link": "nonsense", "go": "back"}
    answer = page.post("promises.keep", key=key, step="source", data=half)
    assert answer.location.endswith("/words")
    first = page.get("promises.step", key=key, step="words")
    assert first.query("textarea")[0].to_text().strip() == WORDS
    second = page.get("promises.step", key=key, step="source")
    assert second.query("[name=source_title]")[0].attrs["value"] == "Half a source"
    assert second.query("[name=link]")[0].attrs["value"] == "nonsense"

    page.post("promises.keep", key=key, step="source", data={"go": "later"})
    assert "Десет училишта" in page.get("promises.mine")


def test_a_sign_that_cannot_be_kept_is_told_beside_the_field_and_is_in_no_draft(page, mira, typed):
    key = begin(page)
    page.post("promises.keep", key=key, step="words", data={**typed["words"], "go": "next"})
    odd = typed["measure"] | {"indicators-0-text": "Schools\x00 built", "indicators-0-a\x00": "x"}
    shown = page.post("promises.keep", key=key, step="measure", data=odd, expect=422)

    assert "A sign stood here" in shown.texts("#indicators-0-text-error")[0]
    again = page.get("promises.step", key=key, step="measure")
    assert again.query("[name=indicators-0-text]")[0].attrs["value"] == "Schools built"
    (draft,) = db.session.scalars(select(PromiseDraft))
    assert "\x00" not in str(draft.typed)
    assert "\\x00" not in str(draft.typed)


def test_what_is_cleared_stays_cleared(page, mira, typed):
    key = begin(page)
    sent = {**typed["about"], "go": "later", "cycle": cycle_code(page)}
    page.post("promises.keep", key=key, step="about", data=sent)
    cleared = {**typed["about"], "due_raw": "", "places": []}
    page.post("promises.keep", key=key, step="about", data={**cleared, "go": "later"})
    again = page.get("promises.step", key=key, step="about")
    assert again.query("[name=due_raw]")[0].attrs.get("value", "") == ""
    assert [box for box in again.query("[name=places]") if "checked" in box.attrs] == []


def test_of_two_windows_the_second_is_told_and_loses_nothing(page, mira, typed):
    key = begin(page)
    page.post("promises.keep", key=key, step="words", data={**typed["words"], "go": "later"})
    opened = page.get("promises.step", key=key, step="words").query("[name=knew]")[0].attrs["value"]
    one = {**typed["words"], "title": "Ten schools or more", "go": "next", "knew": opened}
    other = {**one, "title": "A dozen schools"}
    page.post("promises.keep", key=key, step="words", data=one)

    told = page.post("promises.keep", key=key, step="words", data=other, expect=409)

    assert "changed in another window" in told
    assert told.query("[name=title]")[0].attrs["value"] == "A dozen schools"
    assert kept(key)["title"] == ["Ten schools or more"]
    again = {name: value for name, value in other.items() if name != "knew"}
    page.post("promises.keep", key=key, step="words", data=again)
    assert kept(key)["title"] == ["A dozen schools"]


def test_the_same_screen_sent_twice_is_sent_once(page, mira, typed):
    key = begin(page)
    opened = page.last.query("[name=knew]")[0].attrs["value"]
    sent = {**typed["words"], "go": "next", "knew": opened, "cycle": cycle_code(page)}
    for _ in range(2):
        page.post("promises.keep", key=key, step="words", data=sent)


def test_another_screen_in_another_window_is_no_conflict(page, mira, typed):
    key = begin(page)
    page.post("promises.keep", key=key, step="words", data={**typed["words"], "go": "later"})
    opened = {
        step: page.get("promises.step", key=key, step=step).query("[name=knew]")[0].attrs["value"]
        for step in ("source", "measure")
    }
    for step, knew in opened.items():
        page.post("promises.keep", key=key, step=step, data={**typed[step], "knew": knew})


def kept(key):
    db.session.expire_all()
    return db.session.get(PromiseDraft, key).typed


def test_a_form_sent_twice_makes_one_promise(page, mira, typed):
    key = begin(page)
    fill(page, typed, key)
    token = page.get("promises.overview", key=key).query("[name=csrf_token]")[0].attrs["value"]
    first = page.post("promises.finish", key=key, token=token)
    again = page.post("promises.finish", key=key, token=token)
    assert first.location == again.location
    assert db.session.scalar(select(func.count()).select_from(Promise)) == 1
    page.post("promises.keep", key=key, step="words", data=typed["words"], token=token)
    page.get("promises.step", key=key, step="words", expect=302)
    assert only_promise().exact_words == WORDS


def test_what_is_not_finished_is_not_saved(page, mira, typed):
    key = begin(page)
    fill(page, typed, key, but=("about",))
    page.get("promises.overview", key=key)
    answer = page.post("promises.finish", key=key, expect=422)
    assert "Something is still missing" in answer
    assert db.session.scalars(select(Promise)).all() == []


def test_a_draft_is_nobody_elses(make, page, mira, typed):
    key = begin(page)
    fill(page, typed, key)
    page.get("promises.overview", key=key)
    for person in (make.mobilizer("Polog"), make.mentor("Polog"), make.coordinator()):
        page.sign_in(person)
        page.get("promises.new")
        token = page.last.query("[name=csrf_token]")[0].attrs["value"]
        for step in typed:
            page.get("promises.step", key=key, step=step, expect=404)
        page.get("promises.overview", key=key, expect=404)
        page.post("promises.finish", key=key, token=token, expect=404)
        page.post("promises.discard", key=key, token=token, expect=404)
        taken = {"cycle": make.the_cycle().code, "exact_words": "Taken over."}
        page.post("promises.keep", key=key, step="words", data=taken, token=token, expect=404)
        assert "Десет" not in page.get("promises.mine")
    assert db.session.get_one(PromiseDraft, key).typed["exact_words"] == [WORDS]


def test_a_forged_form_stores_nothing(page, mira, typed):
    key = begin(page)
    sent = {**typed["words"], "cycle": cycle_code(page)}
    page.post("promises.keep", key=key, step="words", data=sent, token="forged", expect=409)
    assert db.session.scalars(select(PromiseDraft)).all() == []


def test_a_key_that_is_no_key_or_a_cycle_that_is_not_hers_is_not_found(make, page, mira, typed):
    begin(page)
    foreign = {**typed["words"], "cycle": make.cycle().code}
    page.post("promises.keep", key=uuid4(), step="words", data=foreign, expect=404)
    page.get("/field/promises/1234/words", expect=404)
    page.get("promises.step", key=uuid4(), step="words", expect=404)


def test_what_was_begun_can_be_thrown_away(page, mira, typed):
    key = begin(page)
    fill(page, typed, key, but=("about", "measure"))
    page.get("promises.overview", key=key)
    page.post("promises.discard", key=key)
    assert db.session.scalars(select(PromiseDraft)).all() == []


def test_likely_duplicates_are_shown_and_do_not_block(make, page, mira, typed):
    known = make.promise(
        "Kje izgradime deset novi uchilishta vo Polog do 2027", titles={"en": "Known"}
    )
    key = begin(page)
    answer = page.post(
        "promises.keep", key=key, step="words", data={**typed["words"], "go": "next"}
    )
    assert answer.location.endswith("/source")
    shown = page.get("promises.step", key=key, step="source")
    assert "Known" in shown
    assert shown.query(f"a[href='/desk/promises/{known.number}']")


def test_while_typing_a_piece_of_a_page_tells_what_is_alike(make, page, mira):
    make.promise("Kje izgradime deset novi uchilishta vo Polog", titles={"en": EVIL})
    cycle = make.the_cycle().code
    page.get("promises.new")
    asked = {"cycle": cycle, "text": "ќе изградиме десет нови училишта"}
    answer = page.client.get("/field/promises/alike", query_string=asked)
    assert answer.status_code == 200
    assert "&lt;script&gt;" in answer.text
    assert "<script" not in answer.text
    for text in ("", "x", "We will plant a tree"):
        asked = {"cycle": cycle, "text": text}
        assert page.client.get("/field/promises/alike", query_string=asked).status_code == 204
    page.get("/field/promises/alike?cycle=other&text=x", expect=404)


def test_with_several_cycles_one_is_chosen_first(make, page, typed):
    one, other = make.the_cycle(), make.cycle()
    person = make.mobilizer()
    make.posting(person, "mobilizer", region="Polog", cycle=other)
    page.sign_in(person)
    assert len(page.get("promises.new").query("main a[href*=cycle]")) == 2
    assert page.get("promises.new", cycle=one.code).query("textarea")


def test_who_may_not_log_is_told_so(make, page):
    page.sign_in(make.administrator())
    page.get("promises.new", expect=403)
    page.get("promises.mine", expect=403)


def test_a_change_is_typed_on_the_same_screens_and_needs_a_reason(make, page, typed):
    ana = make.coordinator()
    promise = make.promise(
        WORDS, language="mk", titles={"mk": "Десет училишта"}, institution="Ministry"
    )
    page.sign_in(ana)
    page.get("promises.show", number=promise.number)
    key = page.post("promises.change", number=promise.number).location.split("/")[3]
    about = page.get("promises.step", key=key, step="about", then="check")
    assert about.query("[name=institution]")[0].attrs["value"] == "Ministry"
    sent = {**typed["about"], "topic": promise.topic.code, "institution": "Ministry of Schools"}
    measure = {**typed["measure"], "indicators-0-text": "Schools opened"}
    answer = page.post("promises.keep", key=key, step="about", data={**sent, "go": "next"})
    page.post("promises.keep", key=key, step="measure", data={**measure, "go": "next"})
    assert answer.location.endswith("/measure")
    page.get("promises.overview", key=key)
    page.post("promises.finish", key=key, expect=422)
    page.post("promises.finish", key=key, data={"reason": "The source says otherwise."})

    shown = page.get("promises.show", number=promise.number)
    assert "Ministry of Schools" in shown
    assert "The source says otherwise." in shown
    assert "Responsible institution" in shown
    assert promise.version == 2
