"""What is typed on the screens of logging: what is offered, taken and refused."""

import pytest

from mobilizer.core.database import db
from mobilizer.promises.models import PromiseDraft
from tests.promises.screens import EVIL, WORDS, begin, cycle_code, fill, only_promise

WRONG = [
    ("words", {"exact_words": "short"}, "exact_words"),
    ("words", {"exact_words": "x" * 2001}, "exact_words"),
    ("words", {"exact_words": ""}, "exact_words"),
    ("words", {"title": ""}, "title"),
    ("words", {"party": "Nobody's Party"}, "party"),
    ("words", {"language": "xx"}, "language"),
    ("source", {"kind": ""}, "kind"),
    ("source", {"source_title": ""}, "source_title"),
    ("source", {"said_on": "soon"}, "said_on"),
    ("source", {"said_on": "2099"}, "said_on"),
    ("source", {"made_on": "31.12.2099"}, "made_on"),
    ("source", {"said_on": "", "said_on_raw": ""}, "said_on"),
    ("source", {"link": "ftp://example.org"}, "link"),
    ("source", {"source": "999999"}, "source"),
    ("about", {"topic": ""}, "topic"),
    ("about", {"topic": "nothing"}, "topic"),
    ("about", {"places": []}, "places"),
    ("about", {"places": ["MK", "nowhere"]}, "places"),
    ("about", {"due_on": ""}, "due_on"),
    ("about", {"due": "someday"}, "due"),
    ("about", {"institution": ""}, "institution"),
    ("measure", {"indicators-0-text": ""}, "indicators-0-text"),
    ("measure", {"indicators-0-target": "a few"}, "indicators-0-target"),
    ("measure", {"indicators-0-baseline": "1,234"}, "indicators-0-baseline"),
    ("measure", {"indicators-0-methods": []}, "indicators-0-methods"),
    ("measure", {"indicators-0-data_source": ""}, "indicators-0-data_source"),
    ("measure", {"indicators-1-text": "Second one"}, "indicators-1-target"),
    ("measure", {"indicators-0-unit": "miles"}, "indicators-0-unit"),
]


@pytest.mark.parametrize(("step", "wrong", "field"), WRONG)
def test_what_is_wrong_is_said_beside_its_field_and_kept(page, mira, typed, step, wrong, field):
    key = begin(page)
    code = cycle_code(page)
    sent = {**typed[step], **wrong, "go": "next", "cycle": code}
    answer = page.post("promises.keep", key=key, step=step, data=sent, expect=422)
    said = answer.query(f"#{field}-error")
    assert said, answer.texts(".error")
    kept = db.session.get_one(PromiseDraft, key).typed
    for name, value in wrong.items():
        assert kept.get(name, []) == (value if isinstance(value, list) else [value])


def test_a_box_that_was_not_offered_is_refused_in_words_of_our_catalogues(page, mira, typed):
    key = begin(page)
    sent = {**typed["about"], "places": ["nowhere"], "go": "next", "cycle": cycle_code(page)}
    answer = page.post("promises.keep", key=key, step="about", data=sent, expect=422)
    assert answer.texts("#places-error") == ["Not a valid choice."]


def test_the_whole_country_and_a_part_of_it_are_not_both_chosen(make, page, mira, typed):
    key = begin(page)
    sent = {**typed["about"], "cycle": cycle_code(page), "go": "next"}
    sent["places"] = [make.country("MK").code, make.region("Polog").code]
    answer = page.post("promises.keep", key=key, step="about", data=sent, expect=422)
    assert answer.query("#places-error")


def test_country_regions_and_municipalities_are_offered_once_each(make, page, mira, typed):
    key = begin(page)
    sent = {**typed["about"], "cycle": cycle_code(page), "go": "later"}
    page.post("promises.keep", key=key, step="about", data=sent)
    shown = page.get("promises.step", key=key, step="about")
    places = [make.country("MK"), make.municipality("Tetovo"), make.region("Polog")]
    boxes = shown.query("[name=places]")
    assert sorted(box.attrs["value"] for box in boxes) == sorted(place.code for place in places)
    assert [box.attrs["value"] for box in boxes if "checked" in box.attrs] == [places[2].code]


def test_where_several_parties_fit_one_is_chosen(make, page, mira, typed):
    other = make.party(names={"en": "Road Builders"})
    key = begin(page)
    sent = {**typed["words"], "party": "road", "go": "next"}
    answer = page.post("promises.keep", key=key, step="words", data=sent, expect=422)
    assert len(answer.query("[name=party_code]")) == 2
    page.post("promises.keep", key=key, step="words", data={**sent, "party_code": other.code})
    fill(page, typed, key, but=("words",))
    page.post("promises.finish", key=key)
    assert only_promise().party.code == other.code


def test_control_characters_are_not_kept(make, page, mira, typed):
    key = begin(page)
    typed["words"]["exact_words"] = f"{WORDS}\x1b\x07"
    typed["about"]["institution"] = "Ministry\x7f"
    fill(page, typed, key)
    page.post("promises.finish", key=key)
    assert (only_promise().exact_words, only_promise().institution) == (WORDS, "Ministry")


def test_a_source_of_the_cycle_is_chosen_instead_of_typed_again(make, page, mira, typed):
    source = make.source()
    key = begin(page)
    fill(page, {**typed, "source": {"source": str(source.id), "source_spot": "p. 3"}}, key)
    page.post("promises.finish", key=key)
    assert (only_promise().source_id, only_promise().source_spot) == (source.id, "p. 3")


def test_everything_typed_is_escaped_wherever_it_is_shown(make, page, mira, typed):
    typed["words"] |= {"exact_words": f"{EVIL} and more", "title": EVIL, "speaker": EVIL}
    typed["source"] |= {"source_title": EVIL, "source_spot": EVIL, "said_on_raw": EVIL}
    typed["about"] |= {"institution": EVIL, "focus": EVIL, "due_raw": EVIL}
    typed["measure"] |= {"indicators-0-text": f"{EVIL}", "indicators-0-data_source": EVIL}
    key = begin(page)
    pages = []
    for step, fields in typed.items():
        page.post("promises.keep", key=key, step=step, data={**fields, "go": "next"})
        pages.append(page.get("promises.step", key=key, step=step))
    pages += [page.get("promises.mine"), page.get("promises.overview", key=key)]
    page.post("promises.finish", key=key)
    pages += [page.get("promises.index"), page.get("promises.show", number=only_promise().number)]
    for answer in pages:
        assert "<script>alert" not in answer.source
