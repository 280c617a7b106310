"""What of a report reaches the public, and what never does."""

from datetime import date

import pytest

from mobilizer.cycles.rules import Level
from mobilizer.findings.rules import Shown, public_content
from mobilizer.findings.rules.content import PUBLISHED
from mobilizer.monitoring.rules.matrix import BECAUSE, TRIED, Matrix, Measure
from mobilizer.promises.rules import Unit

MATRIX = Matrix(Level.LOCAL, (Measure(1, Unit.NUMBER), Measure(2, Unit.NUMBER)), date(2027, 1, 1))
#: Fields that a rating shows anyway, and those that could lead to a mobilizer.
APART = {"rating", "rating_reason"}
NEVER = {"note_mentor", "contact", "contact_on", "next_step", "next_step_on"}
INSIDE = {"foi_sent_on", "foi_answered_on"}


def told(**answers: object) -> str:
    return str(public_content(kind="full", language="sq", answers=answers, evidence=[]))


@pytest.mark.parametrize("field", sorted(NEVER))
def test_what_could_lead_to_a_mobilizer_stays_inside(field: str) -> None:
    assert "MARK" not in told(**{field: "MARK", "rating_reason": "Seen."})


def test_every_field_of_the_matrix_was_weighed() -> None:
    fields = {*MATRIX.fields, BECAUSE.name, TRIED.name}
    general = {name.replace("_1", "_#").replace("_2", "_#") for name in fields}

    assert general - {*PUBLISHED} == APART | NEVER | INSIDE


def test_a_field_nobody_weighed_is_not_published() -> None:
    assert "MARK" not in told(brand_new="MARK")


def test_the_first_finding_is_the_summary_and_nothing_empty_is_told() -> None:
    content = public_content(
        kind="full",
        language="mk",
        answers={"rating_reason": "Видено.", "finding_1": "Прв", "finding_2": "Втор", "tried": ""},
        evidence=[Shown("link", "https://example.org/a")],
    )

    assert content == {
        "kind": "full",
        "language": "mk",
        "reason": "Видено.",
        "summary": "Прв",
        "answers": {"finding_1": "Прв", "finding_2": "Втор"},
        "evidence": [{"kind": "link", "address": "https://example.org/a"}],
    }
