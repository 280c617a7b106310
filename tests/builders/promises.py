"""Promises, their sources and indicators."""

from datetime import date
from typing import Any

from sqlalchemy import func, select

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.cycles.rules import Level
from mobilizer.promises.actions import index
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
from mobilizer.promises.rules.values import IndicatorValues, PromiseValues, SourceValues
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
        number = (db.session.scalar(select(func.max(Promise.number))) or 0) + 1
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
        index(promise)
        return promise

    def promise_values(self, cycle: Cycle | None = None, **given: Any) -> PromiseValues:
        """What somebody says of a promise when she logs it: nothing is wrong with it."""
        cycle = cycle or self.the_cycle()
        values: dict[str, Any] = {
            "cycle_id": cycle.id,
            "party_id": given.get("party_id") or self.party().id,
            "topic_id": given.get("topic_id") or self.topic(cycle=cycle).id,
            "level": Level.CENTRAL,
            "language": "en",
            "exact_words": f"We will mend bridge number {next(self.numbers)}.",
            "titles": {"en": "Mend the bridge"},
            "source": SourceValues(SourceKind.PROGRAMME, "Programme 2024", date(2024, 4, 1)),
            "place_ids": (self.country(cycle.country).id,),
            "institution": "Ministry of Transport",
            "indicators": (self.indicator_values(),),
        }
        return PromiseValues(**{**values, **given})

    def indicator_values(self, **given: Any) -> IndicatorValues:
        """One indicator of them."""
        values: dict[str, Any] = {
            "text": "Bridges mended",
            "unit": Unit.NUMBER,
            "baseline": "0",
            "target": "1",
            "methods": (Method.VISIT,),
            "data_source": "Agency for State Roads",
        }
        return IndicatorValues(**{**values, **given})

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
