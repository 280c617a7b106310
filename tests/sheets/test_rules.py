"""The forty fields: what stands in each, in words, and what never does."""

from dataclasses import replace
from datetime import date

import pytest

from mobilizer.cycles.rules import Level
from mobilizer.promises.rules import Frequency, Precision, SourceKind, Unit
from mobilizer.scoring.rules import Rating
from mobilizer.sheets.rules import (
    LEFT_OUT,
    OMITTED,
    Filed,
    Indicator,
    Plan,
    Sheet,
    Source,
    Wording,
    filled,
)

SAY = Wording(str, lambda names: names["en"], date.isoformat, lambda month: f"{month:%Y-%m}")
ROADS = Indicator(
    1, "Roads built", Unit.KILOMETRES, "21", Frequency.MONTHLY, methods=("visit", "foi")
)
DONE = Indicator(2, "Opened", Unit.YES_NO, "yes", Frequency.QUARTERLY, baseline="no")
PLAN = Plan(
    cycle={"en": "Local 2026"},
    alias="Mobilizer, Polog",
    level=Level.LOCAL,
    place={"en": "Tetovo"},
    party={"en": "Party"},
    topic={"en": "Roads"},
    exact_words="We will build.",
    source=Source(
        SourceKind.PROGRAMME, "Programme", "p. 4", date(2025, 9, 1), link="https://x.example/"
    ),
    due_on=None,
    due_precision=Precision.MANDATE,
    indicators=(ROADS, DONE),
)
SHEET = Sheet(7, PLAN, date(2026, 11, 1), state="Approved")
CONTENT = {
    "kind": "full",
    "reason": "Both are seen.",
    "contradiction_reason": "The counter is late.",
    "answers": {
        "value_1": "4.5",
        "value_2": "no_data",
        "light_1": "yellow",
        "finding_1": "Seen.",
        "tried_2": "Asked twice.",
        "step_plan": "yes",
        "step_results": "not_applicable",
        "stagnation": ["no_money", "other"],
        "stagnation_other": "Rain",
        "foi": "in_time",
    },
    "evidence": [
        {"kind": "link", "address": "https://news.example/1", "caption": "News"},
        {"kind": "photo", "media": "ab12"},
        {"kind": "request", "caption": "To the town"},
    ],
}
FILED = Filed(Rating.PARTLY_KEPT, CONTENT, finding=12, corrects=9)


def test_the_plan_is_told_in_words():
    cells = filled(SHEET, SAY)

    assert cells["municipality"] == "Tetovo"
    assert cells["promise_source"] == "Programme; p. 4; 2025-09-01; https://x.example/"
    assert cells["due"] == "End of mandate"
    assert cells["unit"] == "1. Kilometres\n2. Yes or no"
    assert cells["target"] == "1. 21 kilometres\n2. Yes"
    assert cells["baseline"] == "1. unknown\n2. No"
    assert (
        cells["method"] == "1. Request for public information, Site visit\n2. –"
        or cells["method"] == "1. Site visit, Request for public information\n2. –"
    )


def test_a_report_is_told_in_words():
    cells = filled(replace(SHEET, filed=FILED), SAY)

    assert cells["value"] == "1. 4.5 kilometres\n2. No data"
    assert cells["light"] == "1. Yellow: movement or partial progress\n2. –"
    assert cells["steps"] == "Plan: Yes\nFirst results: Not applicable"
    assert cells["rating"] == "Partly kept"
    assert cells["rating_reason"] == "Both are seen.\nThe counter is late."
    assert cells["stagnation"] == "No money in the budget, Other, Rain"
    assert cells["foi"] == "Answered in time"
    assert cells["evidence"].split("\n") == [
        "News; https://news.example/1",
        "SHA-256 ab12",
        "To the town; Request for public information",
        "Asked twice.",
    ]
    assert cells["state"] == "Approved; published as finding 12"
    assert cells["correction"] == "corrects finding 9"


def test_one_indicator_needs_no_number():
    assert filled(replace(SHEET, plan=replace(PLAN, indicators=(ROADS,))), SAY)["target"] == (
        "21 kilometres"
    )


def test_without_an_approved_report_the_state_is_said_and_the_report_is_empty():
    cells = filled(replace(SHEET, state=None), SAY)

    assert cells["state"] == "Nothing was sent"
    assert not {"rating", "value", "finding", "evidence", "steps"} & set(cells)


def test_could_not_find_out_says_what_was_tried():
    content = {"kind": "not_found_out", "answers": {"because": "no_access", "tried": "Twice."}}
    cells = filled(replace(SHEET, filed=Filed(Rating.STALLED, content)), SAY)

    assert cells["evidence"] == "I went there, and could not get in\nTwice."


@pytest.mark.parametrize("field", sorted(LEFT_OUT))
def test_what_is_for_inside_is_left_out_whatever_was_answered(field):
    secret = {
        **CONTENT["answers"],
        field: "s3cret",
        "next_step_on": "s3cret",
        "contact_on": "s3cret",
    }
    cells = filled(replace(SHEET, filed=Filed(Rating.KEPT, {**CONTENT, "answers": secret})), SAY)

    assert cells[field] == OMITTED
    assert "s3cret" not in str(cells)
