"""Who monitors what."""

from typing import Any

from mobilizer.accounts.models import User
from mobilizer.assignments.models import Assignment
from mobilizer.core import clock
from mobilizer.cycles.models import Cycle
from mobilizer.places.models import Place
from mobilizer.promises.models import Promise
from tests.builders.base import month
from tests.builders.promises import PromiseBuilders


class AssignmentBuilders(PromiseBuilders):
    """Promises in mobilizers' hands."""

    def assignment(
        self,
        mobilizer: User | None = None,
        *,
        promise: Promise | None = None,
        place: Place | None = None,
        mentor: User | None = None,
        cycle: Cycle | None = None,
        **given: Any,
    ) -> Assignment:
        """A promise in a mobilizer's hands, over all months of the cycle."""
        cycle = cycle or (promise.cycle if promise is not None else self.the_cycle())
        mobilizer = mobilizer or self.mobilizer(cycle=cycle)
        posting = next(p for p in mobilizer.current_postings if p.cycle_id == cycle.id)
        mentor = mentor or posting.mentor or self.mentor(cycle=cycle)
        promise = promise or self.promise(cycle=cycle)
        place = place or (promise.places[0] if promise.places else self.country(cycle.country))
        region_id = place.region.id if place.region else posting.region_id
        for name in ("first_month", "last_month"):
            given[name] = month(given.get(name) or getattr(cycle, name))
        return self._keep(
            Assignment(
                cycle_id=cycle.id,
                mobilizer=mobilizer,
                mentor=mentor,
                promise=promise,
                place=place,
                region_id=region_id,
                created_at=clock.now(),
                **given,
            )
        )
