"""Promises, their sources and indicators."""

from datetime import date
from typing import Any

from mobilizer.core import clock
from mobilizer.cycles.models import Cycle
from mobilizer.cycles.rules import Level
from mobilizer.promises.models import Indicator, Promise, Source
from mobilizer.promises.rules import (
    Frequency,
    Method,
    Precision,
    PromiseState,
    SourceKind,
    Testability,
    Unit,
)
from tests.builders.people import PeopleBuilders


class PromiseBuilders(PeopleBuilders):
    """What was promised."""

    def source(self, *, cycle: Cycle | None = None, **given: Any) -> Source:
        values: dict[str, Any] = {
            "cycle_id": (cycle or self.the_cycle()).id,
            "kind": SourceKind.PROGRAMME,
            "title": f"Programme {next(self.numbers)}",
            "said_on": date(2024, 4, 1),
        }
        return self._keep(Source(**{**values, **given}))

    def promise(
        self,
        exact_words: str | None = None,
        *,
        state: PromiseState | str = PromiseState.PUBLISHED,
        cycle: Cycle | None = None,
        indicators: int = 1,
        **given: Any,
    ) -> Promise:
        """A promise: published and testable, for the whole country, with one indicator."""
        cycle = cycle or self.the_cycle()
        number = next(self.numbers)
        exact_words = exact_words or f"We will build school number {number}."
        state = PromiseState(state)
        checked_at = clock.now() if state != PromiseState.DRAFT else None
        values: dict[str, Any] = {
            "number": number,
            "level": Level.CENTRAL,
            "language": "en",
            "titles": {"en": exact_words[:120]},
            "due_precision": Precision.MANDATE,
            "testability": Testability.TESTABLE if checked_at else None,
            "logged_at": clock.now(),
            "checked_at": checked_at,
            "published_at": checked_at if state == PromiseState.PUBLISHED else None,
            "party": given.get("party") or self.party(),
            "topic": given.get("topic") or self.topic(cycle=cycle),
            "source": given.get("source") or self.source(cycle=cycle),
            "places": [self.country(cycle.country)],
        }
        promise = self._keep(
            Promise(cycle=cycle, exact_words=exact_words, state=state, **{**values, **given})
        )
        for _ in range(indicators):
            self.indicator(promise)
        return promise

    def indicator(self, promise: Promise, **given: Any) -> Indicator:
        """The next indicator of a promise."""
        values: dict[str, Any] = {
            "position": len(promise.indicators) + 1,
            "text": "Schools built",
            "unit": Unit.NUMBER,
            "baseline": "0",
            "target": "10",
            "methods": [Method.DOCUMENTS],
            "frequency": Frequency.MONTHLY,
        }
        return self._keep(Indicator(promise=promise, **{**values, **given}))
