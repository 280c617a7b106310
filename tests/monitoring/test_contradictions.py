"""A rating that disagrees with its own answers is seen."""

from datetime import date

import pytest

from mobilizer.cycles.rules import Level
from mobilizer.evidence.rules.links import EvidenceKind
from mobilizer.monitoring.rules.contradictions import CHECKS, Contradiction, contradictions
from mobilizer.monitoring.rules.words import Foi, Step
from mobilizer.promises.rules import Unit
from mobilizer.scoring.rules import Rating
from tests.monitoring.answers import NOVEMBER, full, matrix

NO_STEP = {f"step_{step}": "no" for step in Step}
LOCAL = matrix(Level.LOCAL)
LATER = matrix(due_on=date(2027, 6, 30))
EARLIER = matrix(due_on=date(2026, 6, 30))

CASES = [
    (Contradiction.NO_STEP_BUT_MOVING, LOCAL, {**NO_STEP, "rating": "in_progress"}),
    (Contradiction.NO_STEP_BUT_MOVING, LOCAL, {**NO_STEP, "step_plan": "not_applicable"}),
    (Contradiction.STEP_BUT_NOT_STARTED, LOCAL, {"rating": "not_started"}),
    (Contradiction.KEPT_BELOW_TARGET, matrix(), {"rating": "kept", "value_1": "9"}),
    (Contradiction.KEPT_WITHOUT_DATA, matrix(), {"rating": "kept", "value_1": "no_data"}),
    (Contradiction.TARGETS_REACHED_BUT_OPEN, matrix(), {"value_1": "10"}),
    (Contradiction.STALLED_WITHOUT_REASON, matrix(), {"rating": "stalled"}),
    (Contradiction.LIGHT_BUT_STILL, matrix(), {"rating": "not_started", "light_1": "green"}),
    (Contradiction.RED_BUT_KEPT, matrix(), {"rating": "kept", "value_1": "10", "light_1": "red"}),
    (Contradiction.BROKEN_BEFORE_DUE, LATER, {"rating": "broken"}),
    (Contradiction.KEPT_AFTER_DUE, EARLIER, {"rating": "kept", "value_1": "10"}),
]


@pytest.mark.parametrize(("found", "of", "changed"), CASES)
def test_each_contradiction_is_found_alone(found, of, changed):
    assert contradictions(of, full(of, **changed), NOVEMBER, Rating.IN_PROGRESS) == [found]


def test_every_contradiction_is_looked_for_and_has_a_case():
    of_evidence = {Contradiction.REQUEST_BUT_NOT_SENT}
    assert set(CHECKS) == set(Contradiction) == {case[0] for case in CASES} | of_evidence


def test_the_number_of_a_request_disagrees_with_an_answer_that_none_was_sent():
    def found(kind, **changed):
        return contradictions(matrix(), full(**changed), NOVEMBER, Rating.IN_PROGRESS, {kind})

    told = [Contradiction.REQUEST_BUT_NOT_SENT]
    assert found(EvidenceKind.REQUEST, foi="not_sent") == told
    assert found(EvidenceKind.LINK, foi="not_sent") == []
    assert found(EvidenceKind.REQUEST) == [], "what was not asked for is no answer"
    assert [foi for foi in Foi if found(EvidenceKind.REQUEST, foi=foi)] == [Foi.NOT_SENT]


@pytest.mark.parametrize(
    ("of", "changed"),
    [
        (matrix(), {}),
        (LOCAL, {}),
        (LOCAL, {f"step_{step}": "not_applicable" for step in Step}),
        (LOCAL, {**NO_STEP, "rating": "not_started"}),
        (matrix(), {"rating": "kept", "value_1": "10", "light_1": "green"}),
        (matrix(), {"rating": "partly_kept", "value_1": "10"}),
        (matrix(), {"rating": "stalled", "stagnation": ["unknown"], "light_1": "red"}),
        (matrix(), {"rating": "cannot_be_rated", "value_1": "no_data"}),
        (matrix(), {"rating": "broken", "light_1": "red", "stagnation": ["unknown"]}),
        (EARLIER, {"rating": "broken", "light_1": "red"}),
        (matrix(due_on=date(2026, 11, 30)), {"rating": "broken"}),
        (matrix(units=(Unit.OTHER,)), {"rating": "kept", "value_1": "a law"}),
        (matrix(), {"rating": None, "value_1": None, "light_1": None}),
    ],
)
def test_answers_that_agree_are_left_alone(of, changed):
    assert contradictions(of, full(of, **changed), NOVEMBER, Rating.IN_PROGRESS) == []


def test_a_promise_that_was_kept_before_stays_kept_after_its_date():
    kept = full(EARLIER, rating="kept", value_1="10")
    assert contradictions(EARLIER, kept, NOVEMBER, Rating.KEPT) == []
    assert contradictions(EARLIER, kept, NOVEMBER, None) == []
