"""The monthly matrix: what is asked, what is required when, and how it is read."""

import csv
from datetime import date, timedelta

import pytest

from mobilizer.cycles.rules import Level
from mobilizer.monitoring.rules.answers import clean, read, without_evidence
from mobilizer.monitoring.rules.matrix import Kind, Screen
from mobilizer.monitoring.rules.words import Answer, Foi, Light, Mechanism, Stagnation, Step
from mobilizer.promises.rules import Unit
from tests.monitoring.answers import LONG, TODAY, full, matrix
from tests.support.shared import shared_folder

LOCAL = matrix(Level.LOCAL)


def faults(of, **changed):
    """The fields that are at fault, in the order in which they are told."""
    return [fault.field for fault in read(of, full(of, **changed), TODAY).faults]


def answers(of, **changed):
    return read(of, full(of, **changed), TODAY).answers


@pytest.mark.parametrize("of", [matrix(), LOCAL, matrix(units=(Unit.NUMBER, Unit.YES_NO))])
def test_a_whole_matrix_has_no_fault(of):
    assert faults(of) == []


def test_every_row_of_the_published_matrix_is_asked():
    named = {"evidence", "period"}  # Kept beside the answers, not among them.
    for name in LOCAL.fields:
        first = name.split("_")[0]
        named |= {name, first, "steps" if first == "step" else first}
    with (shared_folder() / "domain" / "matrix.csv").open(encoding="utf-8") as rows:
        published = {row["field"] for row in csv.DictReader(rows) if row["part"].startswith("B")}

    assert published <= named


@pytest.mark.parametrize(
    ("words", "number"),
    [(Step, 7), (Answer, 3), (Light, 4), (Stagnation, 6), (Foi, 6), (Mechanism, 5)],
)
def test_there_are_as_many_words_as_in_the_published_matrix(words, number):
    assert len(words) == number


ALWAYS = ["rating", "rating_reason", "next_step", "value_1", "light_1", "finding_1"]
WHEN_LOCAL = [*(f"step_{step}" for step in Step), "info_public", "participation"]


@pytest.mark.parametrize("field", ALWAYS)
def test_some_fields_are_always_needed(field):
    assert faults(matrix(), **{field: None}) == [field]
    assert faults(matrix(), **{field: "  \n "}) == [field]


@pytest.mark.parametrize("field", WHEN_LOCAL)
def test_steps_and_participation_are_needed_of_a_local_promise_only(field):
    assert faults(LOCAL, **{field: None}) == [field]
    assert field not in matrix().fields
    assert field not in answers(matrix(), **{field: "yes"})


@pytest.mark.parametrize(
    ("field", "least", "most"),
    [("finding_1", 30, 1500), ("rating_reason", 30, 600), ("next_step", 1, 600)],
)
def test_texts_have_a_least_and_a_greatest_length(field, least, most):
    of = matrix()
    assert faults(of, **{field: "x" * least}) == []
    assert faults(of, **{field: "x" * most}) == []
    assert faults(of, **{field: "x" * (least - 1)}) == [field]
    assert faults(of, **{field: "x" * (most + 1)}) == [field]
    assert faults(of, **{field: "x" * (least - 1) + " " * 30}) == [field]


@pytest.mark.parametrize(
    "field", ["rating", "light_1", "stagnation", "foi", "step_plan", "participation", "mechanisms"]
)
@pytest.mark.parametrize("value", ["maybe", "Kept", "not_yet_rated", "<script>"])
def test_a_choice_is_one_of_those_offered(field, value):
    also = {"stagnation": {"rating": "stalled"}, "mechanisms": {"participation": "yes"}}
    assert field in faults(LOCAL, **{**also.get(field, {}), field: value})


@pytest.mark.parametrize("typed", [["kept"], {"a": 1}, 5, True])
def test_what_is_not_text_is_as_if_nothing_were_there(typed):
    assert faults(matrix(), rating=typed) == ["rating"]


def test_a_stalled_promise_needs_a_reason_for_standing_still():
    assert faults(matrix(), rating="stalled") == ["stagnation"]
    assert faults(matrix(), rating="stalled", stagnation=["no_money"]) == []


def test_a_red_light_needs_a_reason_for_standing_still():
    two = matrix(units=(Unit.NUMBER, Unit.NUMBER))
    assert faults(two, light_2="red") == ["stagnation"]
    assert faults(two, light_2="red", stagnation=["unknown", "no_money"]) == []


def test_no_reason_for_standing_still_is_kept_of_what_moves():
    kept = answers(matrix(), stagnation=["other"], stagnation_other="A long court case.")
    assert not {"stagnation", "stagnation_other"} & set(kept)


def test_another_reason_for_standing_still_is_told():
    stalled = {"rating": "stalled", "stagnation": ["other"]}
    assert faults(matrix(), **stalled) == ["stagnation_other"]
    assert faults(matrix(), **stalled, stagnation_other="A long court case.") == []


def test_several_choices_are_kept_in_the_order_of_the_matrix():
    kept = answers(matrix(), rating="stalled", stagnation=["unknown", "no_money", "unknown"])
    assert kept["stagnation"] == ["no_money", "unknown"]


def test_how_citizens_took_part_is_asked_if_they_did():
    assert faults(LOCAL, participation="yes") == ["mechanisms"]
    assert faults(LOCAL, participation="yes", mechanisms=["online"]) == []
    for answer in ("no", "not_applicable"):
        assert "mechanisms" not in answers(LOCAL, participation=answer, mechanisms=["online"])


@pytest.mark.parametrize("value", ["", "no_data", None])
def test_without_data_the_light_is_grey_and_what_was_tried_is_asked(value):
    grey = {"value_1": value, "light_1": "grey", "finding_1": None}
    assert faults(matrix(), **grey) == ["tried_1"]
    kept = answers(matrix(), **grey, tried_1=LONG)
    assert (kept["value_1"], kept["light_1"], kept["tried_1"]) == ("no_data", "grey", LONG)


@pytest.mark.parametrize("light", [None, "green", "red"])
def test_no_data_turns_any_light_grey(light):
    kept = answers(matrix(), value_1="no_data", light_1=light, tried_1=LONG)
    assert kept["light_1"] == "grey"


def test_a_grey_light_beside_a_value_is_a_fault():
    assert faults(matrix(), light_1="grey") == ["light_1"]


def test_what_was_tried_is_not_kept_where_there_are_data():
    assert "tried_1" not in answers(matrix(), tried_1="x")


@pytest.mark.parametrize("foi", [Foi.WAITING, Foi.IN_TIME, Foi.LATE, Foi.REFUSED, Foi.NO_ANSWER])
def test_a_request_that_was_sent_has_a_date(foi):
    assert "foi_sent_on" in faults(matrix(), foi=foi.value)


@pytest.mark.parametrize("foi", [Foi.IN_TIME, Foi.LATE])
def test_a_request_that_was_answered_has_two_dates(foi):
    sent = {"foi": foi.value, "foi_sent_on": "2026-11-02"}
    assert faults(matrix(), **sent) == ["foi_answered_on"]
    assert faults(matrix(), **sent, foi_answered_on="2026-11-01") == ["foi_answered_on"]
    assert faults(matrix(), **sent, foi_answered_on="2026-11-12") == []


def test_dates_of_a_request_that_was_not_sent_are_not_kept():
    kept = answers(matrix(), foi="not_sent", foi_sent_on="2026-11-02", foi_answered_on="rubbish")
    assert kept["foi"] == "not_sent"
    assert not {"foi_sent_on", "foi_answered_on"} & set(kept)


@pytest.mark.parametrize("field", ["next_step_on", "contact_on", "foi_sent_on"])
@pytest.mark.parametrize(
    "typed", ["yesterday", "31.12.2026", "2026-02-30", "0206-01-01", "9999-01-01"]
)
def test_a_date_is_a_date_of_our_time(field, typed):
    assert field in faults(matrix(), foi="waiting", contact="The mayor.", **{field: typed})


@pytest.mark.parametrize("field", ["contact_on", "foi_sent_on"])
def test_what_happened_did_not_happen_tomorrow(field):
    tomorrow = (TODAY + timedelta(days=1)).isoformat()
    assert field in faults(matrix(), foi="waiting", contact="The mayor.", **{field: tomorrow})
    assert faults(matrix(), next_step_on=tomorrow) == []


def test_a_contact_is_told_where_it_has_a_date():
    assert faults(matrix(), contact_on="2026-11-02") == ["contact"]


def test_fields_that_the_matrix_does_not_have_are_left_out():
    assert "password" not in answers(matrix(), password="secret", value_7="5")


def test_faults_are_told_in_the_order_of_the_screens():
    assert faults(LOCAL, rating=None, step_plan=None, finding_1=None) == [
        "rating",
        "finding_1",
        "step_plan",
    ]


def test_text_is_kept_without_what_cannot_be_seen():
    assert clean(" a\u202eb\x00c\r\nd ") == "abc\nd"
    assert clean("e\u0301") == "é"


def test_reading_what_was_read_changes_nothing():
    for of in (matrix(), LOCAL):
        once = answers(of, rating="stalled", stagnation=["unknown"])
        assert read(of, once, TODAY).answers == once


# --- evidence


def test_an_indicator_with_data_needs_evidence_of_its_own_or_of_all():
    two = matrix(units=(Unit.NUMBER, Unit.NUMBER))
    found = answers(two)
    assert len(without_evidence(two, found, [])) == 1
    assert [fault.params["n"] for fault in without_evidence(two, found, [[1]])] == [2]
    assert without_evidence(two, found, [[]]) == []
    assert without_evidence(two, found, [[2], [1]]) == []


def test_an_indicator_without_data_needs_no_evidence():
    grey = answers(matrix(), value_1="no_data", tried_1=LONG)
    assert without_evidence(matrix(), grey, []) == []


# --- screens


def test_a_central_promise_is_filed_on_four_screens():
    assert [screen for screen, _ in matrix().screens({})] == [
        Screen.STATE,
        Screen.INDICATOR,
        Screen.EVIDENCE,
        Screen.SEND,
    ]


def test_standing_still_is_asked_only_when_something_stands_still():
    assert (Screen.STANDSTILL, 0) not in LOCAL.screens({"light_1": "yellow"})
    for typed in ({"rating": "stalled"}, {"light_1": "red"}):
        assert (Screen.STANDSTILL, 0) in LOCAL.screens(typed)


def test_every_field_stands_on_exactly_one_screen():
    two = matrix(Level.LOCAL, (Unit.NUMBER, Unit.YES_NO))
    places = [*two.screens({"rating": "stalled"})]
    shown = [field.name for place in places for field in two.on(*place)]
    assert sorted(shown) == sorted(two.fields)


def test_every_choice_has_its_words():
    for field in LOCAL.fields.values():
        assert bool(field.words) == (field.kind in (Kind.ONE, Kind.MANY))


def test_only_the_note_to_the_mentor_is_private():
    private = [name for name, field in LOCAL.fields.items() if not field.is_published]
    assert private == ["note_mentor"]


def test_dates_are_read_by_the_day_where_the_person_is():
    assert read(matrix(), full(contact="x" * 9, contact_on="2026-11-22"), date(2026, 11, 21)).faults
