"""From month to month: what is offered again, what changed, and how a revision is named."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilizer.cycles.rules import Level
from mobilizer.monitoring.rules.answers import Incomplete, read
from mobilizer.monitoring.rules.carry import carried, changed
from mobilizer.monitoring.rules.draft import Draft
from mobilizer.monitoring.rules.matrix import MATRIX_VERSION, RATINGS
from mobilizer.monitoring.rules.revision import Content, no_change, not_found_out, unanswered
from mobilizer.monitoring.rules.words import Answer, Foi, Light, Stagnation, Step
from mobilizer.monitoring.rules.workflow import RevisionKind
from mobilizer.promises.rules import Unit
from tests.monitoring.answers import LONG, TODAY, full, matrix

TEXT = st.text("abc čš Ќ.", min_size=40, max_size=90).filter(lambda text: len(text.strip()) >= 30)


@st.composite
def whole(draw):
    """A matrix and answers to it that have no fault."""
    level = draw(st.sampled_from(Level))
    kinds = st.sampled_from([Unit.NUMBER, Unit.YES_NO])
    units = tuple(draw(st.lists(kinds, min_size=1, max_size=3)))
    of = matrix(level, units)
    typed = full(of, rating=draw(st.sampled_from(RATINGS)).value, rating_reason=draw(TEXT))
    for measure in of.measures:
        light = draw(st.sampled_from(Light))
        typed[f"light_{measure.position}"] = light.value
        typed[f"tried_{measure.position}"] = LONG
        if light == Light.GREY:
            typed[f"value_{measure.position}"] = ""
    typed["stagnation"] = draw(st.lists(st.sampled_from(list(Stagnation)[:-1]), min_size=1))
    if level == Level.LOCAL:
        typed |= {f"step_{step}": draw(st.sampled_from(Answer)).value for step in Step}
    if draw(st.booleans()):
        foi = draw(st.sampled_from(Foi)).value
        typed |= {"foi": foi, "foi_sent_on": "2026-10-01", "foi_answered_on": "2026-10-09"}
    if draw(st.booleans()):
        typed |= {"note_mentor": draw(TEXT), "contact": draw(TEXT), "contact_on": "2026-11-01"}
    reading = read(of, typed, TODAY)
    assert reading.faults == []
    return of, reading.answers


@given(whole())
def test_carried_over_and_left_alone_the_answers_are_the_same(given_matrix):
    of, before = given_matrix
    again = read(of, carried(of, before), TODAY)
    assert again.faults == []
    once = {"note_mentor", "contact", "contact_on"}
    assert again.answers == {name: value for name, value in before.items() if name not in once}
    assert set(changed(before, again.answers)) <= once


def test_what_belongs_to_one_month_is_not_offered_again():
    before = {"note_mentor": "private", "contact": "the mayor", "contact_on": "2026-10-01"}
    assert carried(matrix(), before) == {}


def test_what_is_no_longer_asked_is_not_offered_again():
    local = full(matrix(Level.LOCAL, (Unit.NUMBER, Unit.NUMBER)))
    assert not {"step_plan", "value_2"} & set(carried(matrix(), local))


def test_what_changed_is_named_once_in_its_order():
    was, now = {"a": "1", "b": "2", "c": "3"}, {"a": "1", "b": "9", "d": "4"}
    assert changed(was, now) == ["b", "d", "c"]


# --- drafts


def test_a_draft_keeps_what_is_wrong_and_forgets_what_is_emptied():
    draft = Draft({"value_1": "2"}).typed({"rating": "rubbish", "value_1": ""})
    assert draft.fields == {"rating": "rubbish"}
    assert Draft.stored(draft.saved().as_data) == replace(draft, number=1)


def test_a_piece_of_evidence_stands_in_a_draft_once():
    assert Draft().resting_on(["a", "b", "a"]).evidence == ("a", "b")


# --- revisions


def content(**changed):
    values = {
        "kind": RevisionKind.FULL,
        "answers": {"rating": "kept", "value_1": "10"},
        "evidence": ("b", "a"),
        "contradiction_reason": "",
        "replies": {},
        "matrix_version": MATRIX_VERSION,
    }
    return Content(**{**values, **changed})


def test_the_same_content_has_the_same_hash_in_whatever_order():
    turned = content(answers={"value_1": "10", "rating": "kept"}, evidence=("a", "b"))
    assert turned.sha256("x") == content().sha256("x")


@pytest.mark.parametrize(
    "other",
    [
        {"kind": RevisionKind.NO_CHANGE},
        {"answers": {"rating": "kept", "value_1": "11"}},
        {"evidence": ("a",)},
        {"contradiction_reason": LONG},
        {"replies": {"": "Because."}},
        {"matrix_version": "2"},
    ],
)
def test_any_other_content_has_another_hash(other):
    assert content(**other).sha256("x") != content().sha256("x")


def test_the_same_as_last_month_rests_on_its_evidence_or_tells_what_was_tried():
    before = {"rating": "kept"}
    assert no_change(before, {}, has_evidence=True) == before
    assert no_change(before, {"tried": LONG}, has_evidence=False) == {**before, "tried": LONG}
    for tried in ("", "too short", "x" * 1501):
        with pytest.raises(Incomplete):
            no_change(before, {"tried": tried}, has_evidence=False)


def test_could_not_find_out_has_a_reason():
    assert not_found_out({"because": "no_reply"}) == {"because": "no_reply"}
    for because, tried in (("", LONG), ("lazy", LONG), ("other", ""), ("away", "x")):
        with pytest.raises(Incomplete):
            not_found_out({"because": because, "tried": tried})
    assert not_found_out({"because": "other", "tried": LONG})["tried"] == LONG


def test_each_commented_field_is_answered_or_changed():
    was, now = {"rating": "kept", "value_1": "10"}, {"rating": "kept", "value_1": "9"}

    def left(commented, replies):
        return [fault.field for fault in unanswered(commented, replies, was, now)]

    assert left({"rating", "value_1"}, {}) == ["rating"]
    assert left({"rating", "value_1"}, {"rating": "It stands."}) == []
    assert left({""}, {}) == []
    assert [fault.field for fault in unanswered({"", "rating"}, {}, was, was)] == ["", "rating"]
