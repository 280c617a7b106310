"""Typed matrices for tests: right as they are, to be spoiled in one place."""

from datetime import date
from typing import Any

from mobilizer.cycles.rules import Level
from mobilizer.monitoring.rules.matrix import Matrix, Measure
from mobilizer.monitoring.rules.words import Step
from mobilizer.promises.rules import Unit

TODAY = date(2026, 11, 22)
NOVEMBER = date(2026, 11, 1)
LONG = "Words that say what was seen, where, when and by whom."


def matrix(
    level: Level = Level.CENTRAL,
    units: tuple[Unit, ...] = (Unit.NUMBER,),
    due_on: date | None = None,
    target: str = "10",
    baseline: str = "0",
) -> Matrix:
    measures = tuple(Measure(n, unit, target, baseline) for n, unit in enumerate(units, 1))
    return Matrix(level, measures, due_on)


def full(of: Matrix | None = None, **changed: Any) -> dict[str, Any]:
    """All that a matrix asks, typed rightly; ``field=None`` leaves one out."""
    of = of or matrix()
    typed: dict[str, Any] = {
        "rating": "in_progress",
        "rating_reason": LONG,
        "next_step": "Ask the ministry.",
    }
    for measure in of.measures:
        typed |= {
            f"value_{measure.position}": "yes" if measure.unit == Unit.YES_NO else "2",
            f"light_{measure.position}": "yellow",
            f"finding_{measure.position}": LONG,
        }
    if of.level == Level.LOCAL:
        typed |= {f"step_{step}": "yes" for step in Step}
        typed |= {"info_public": "yes", "participation": "no"}
    typed |= changed
    return {name: value for name, value in typed.items() if value is not None}
