"""Cycles and their topics."""

from typing import Any

from mobilizer.core import clock
from mobilizer.cycles.models import Cycle, Topic
from mobilizer.cycles.rules import Level
from tests.builders.base import month, months_from
from tests.builders.places import PlaceBuilders


class CycleBuilders(PlaceBuilders):
    """When."""

    def cycle(
        self,
        code: str | None = None,
        *,
        topics: tuple[str, ...] = ("education", "health", "roads"),
        **given: Any,
    ) -> Cycle:
        """A public cycle of North Macedonia whose months surround today's; the first is current."""
        this_month = clock.today("Europe/Skopje").replace(day=1)
        code = code or f"cycle-{next(self.numbers)}"
        given.setdefault("is_current", self._first(Cycle, is_current=True) is None)
        values: dict[str, Any] = {
            "names": {"en": f"Cycle {code}", "sq": f"Cikli {code}", "mk": f"Циклус {code}"},
            "country": "MK",
            "level": Level.LOCAL,
            "first_month": months_from(this_month, -5),
            "last_month": months_from(this_month, 6),
            "opens_day": 20,
            "due_day": 28,
            "closes_day": 5,
            "time_zone": "Europe/Skopje",
            "quotas": {},
            "is_public": True,
            "created_at": clock.now(),
        }
        for name in ("first_month", "last_month"):
            if name in given:
                given[name] = month(given[name])
        self.country(given.get("country", "MK"))
        cycle = self._keep(Cycle(code=code, **{**values, **given}))
        for topic in topics:
            self.topic(topic, cycle=cycle)
        return cycle

    def the_cycle(self) -> Cycle:
        """The cycle of this test: what other builders stand in when they are told none."""
        return self._first(Cycle, is_current=True) or self.cycle()

    def topic(self, code: str = "education", *, cycle: Cycle | None = None) -> Topic:
        """The topic of this code in a cycle."""
        cycle = cycle or self.the_cycle()
        return self._first(Topic, cycle_id=cycle.id, code=code) or self._keep(
            Topic(cycle=cycle, code=code, names={"en": code.capitalize()})
        )
