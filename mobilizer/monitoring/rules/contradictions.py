"""Where a report disagrees with itself: its rating, the answers below it, and its evidence.

None of these forbids anything: each is shown to the author before sending and to the mentor
before approving, and needs a written reason to stand.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from mobilizer.core.words import N_, Word
from mobilizer.evidence.rules.links import EvidenceKind
from mobilizer.monitoring.rules.matrix import Answers, Matrix
from mobilizer.monitoring.rules.values import NO_DATA, reached
from mobilizer.monitoring.rules.words import Answer, Foi, Light, Step
from mobilizer.scoring.rules import Rating


class Contradiction(Word):
    """One way to disagree with oneself, in words that are shown."""

    NO_STEP_BUT_MOVING = (
        "no_step_but_moving",
        N_("No step of implementation was taken, but the rating says that something was done."),
    )
    STEP_BUT_NOT_STARTED = (
        "step_but_not_started",
        N_("A step of implementation was taken, but the rating says “not started”."),
    )
    KEPT_BELOW_TARGET = (
        "kept_below_target",
        N_("The rating says “kept”, but a value has not reached its target."),
    )
    KEPT_WITHOUT_DATA = (
        "kept_without_data",
        N_("The rating says “kept”, but for an indicator there are no data."),
    )
    TARGETS_REACHED_BUT_OPEN = (
        "targets_reached_but_open",
        N_("All values have reached their targets, but the rating says that it is not kept."),
    )
    STALLED_WITHOUT_REASON = (
        "stalled_without_reason",
        N_("The rating says “stalled”, but no reason for standing still is given."),
    )
    LIGHT_BUT_STILL = (
        "light_but_still",
        N_("Every light is green, but the rating says that nothing moves."),
    )
    RED_BUT_KEPT = (
        "red_but_kept",
        N_("A light is red, but the rating says “kept”."),
    )
    BROKEN_BEFORE_DUE = (
        "broken_before_due",
        N_("The rating says “broken”, but the promised date has not come yet."),
    )
    KEPT_AFTER_DUE = (
        "kept_after_due",
        N_("Kept after the promised date is “partly kept”, but the rating says “kept”."),
    )
    REQUEST_BUT_NOT_SENT = (
        "request_but_not_sent",
        N_(
            "The number of a request is among the evidence, but the answer says that none was sent."
        ),
    )


@dataclass(frozen=True)
class Case:
    """What is looked at: answers and evidence, the month they are about, how it stood before."""

    matrix: Matrix
    answers: Answers
    month: date
    before: Rating | None = None
    evidence: frozenset[EvidenceKind] = frozenset()

    @property
    def rating(self) -> str:
        """The rating, or "" while there is none."""
        return str(self.answers.get("rating", ""))

    @property
    def steps(self) -> set[str]:
        """The different answers to the questions about steps; empty where they are not asked."""
        return {self.answers[name] for step in Step if (name := f"step_{step}") in self.answers}

    def each(self, part: str) -> list[str]:
        """One part of the answers of every indicator, such as all lights."""
        return [str(self.answers.get(f"{part}_{m.position}", "")) for m in self.matrix.measures]

    @property
    def targets(self) -> list[bool | None]:
        """For every indicator whether its target is reached, as far as it can be told."""
        values = zip(self.matrix.measures, self.each("value"), strict=True)
        return [reached(m.unit, value, m.target, m.baseline) for m, value in values]

    @property
    def is_due(self) -> bool:
        """Whether the promised date lies before the end of the month reported on."""
        due = self.matrix.due_on
        return due is not None and (due.year, due.month) <= (self.month.year, self.month.month)


MOVING = (Rating.KEPT, Rating.PARTLY_KEPT, Rating.IN_PROGRESS)
STILL = (Rating.STALLED, Rating.NOT_STARTED, Rating.BROKEN)


def _all_reached(case: Case) -> bool:
    return bool(case.targets) and all(case.targets)


#: What to look for, in the order in which it is told.
CHECKS: dict[Contradiction, Callable[[Case], bool]] = {
    Contradiction.NO_STEP_BUT_MOVING: lambda case: (
        case.rating in MOVING and Answer.NO in case.steps and Answer.YES not in case.steps
    ),
    Contradiction.STEP_BUT_NOT_STARTED: lambda case: (
        case.rating == Rating.NOT_STARTED and Answer.YES in case.steps
    ),
    Contradiction.KEPT_BELOW_TARGET: lambda case: (
        case.rating == Rating.KEPT and False in case.targets
    ),
    Contradiction.KEPT_WITHOUT_DATA: lambda case: (
        case.rating == Rating.KEPT and NO_DATA in case.each("value")
    ),
    Contradiction.TARGETS_REACHED_BUT_OPEN: lambda case: (
        case.rating in (*STILL, Rating.IN_PROGRESS) and _all_reached(case)
    ),
    Contradiction.STALLED_WITHOUT_REASON: lambda case: (
        case.rating == Rating.STALLED and not case.answers.get("stagnation")
    ),
    Contradiction.LIGHT_BUT_STILL: lambda case: (
        case.rating in STILL and set(case.each("light")) == {Light.GREEN}
    ),
    Contradiction.RED_BUT_KEPT: lambda case: (
        case.rating == Rating.KEPT and Light.RED in case.each("light")
    ),
    Contradiction.BROKEN_BEFORE_DUE: lambda case: (
        case.rating == Rating.BROKEN and case.matrix.due_on is not None and not case.is_due
    ),
    Contradiction.KEPT_AFTER_DUE: lambda case: (
        case.rating == Rating.KEPT
        and case.before not in (Rating.KEPT, None)
        and case.matrix.due_on is not None
        and case.matrix.due_on < case.month
    ),
    Contradiction.REQUEST_BUT_NOT_SENT: lambda case: (
        EvidenceKind.REQUEST in case.evidence and case.answers.get("foi") == Foi.NOT_SENT
    ),
}


def contradictions(
    matrix: Matrix,
    answers: Answers,
    month: date,
    before: Rating | None = None,
    evidence: Iterable[EvidenceKind] = (),
) -> list[Contradiction]:
    """Every contradiction in these answers.

    Args:
        matrix: the promise's.
        answers: as ``answers.read`` gives them, complete or not.
        month: the one reported on.
        before: how the promise was rated in the report before, if there was one.
        evidence: what kinds there are among what the answers rest on.
    """
    case = Case(matrix, answers, month, before, frozenset(evidence))
    return [contradiction for contradiction, holds in CHECKS.items() if holds(case)]
