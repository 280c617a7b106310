"""A cycle counted from plain values by the method alone: other ways are held against it.

Headline ratings count for the cycle, its topics and its parties; readings count for a place
(model, rule 3). It knows nothing of the tallies, the database or the package.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from mobilizer.scoring.rules import Counts, Rating, headline


@dataclass(frozen=True)
class Listed:
    """A published promise, by the keys of what it belongs to."""

    promise_id: int
    topic_id: int
    party_id: int
    place_ids: frozenset[int] = frozenset()
    #: What it is before anything was found: not yet rated; cannot be rated if it was
    #: published as one that nobody can test.
    unread: Rating = Rating.NOT_YET_RATED


@dataclass(frozen=True)
class Board:
    """All published promises of a cycle, and what was last found about each in each place."""

    promises: tuple[Listed, ...]
    readings: Mapping[tuple[int, int], Rating]

    @cached_property
    def headlines(self) -> dict[int, Rating]:
        """The headline rating of every promise, also of those about which nothing was found."""
        found = defaultdict(list)
        for (promise_id, _), rating in self.readings.items():
            found[promise_id].append(rating)
        return {
            p.promise_id: headline(found[p.promise_id]) if found[p.promise_id] else p.unread
            for p in self.promises
        }

    @cached_property
    def overall(self) -> Counts:
        """The whole cycle."""
        return Counts.of(self.headlines.values())

    @cached_property
    def by_topic(self) -> dict[int, Counts]:
        """Each topic that has a promise, by its id."""
        return self._grouped((p.topic_id, p.promise_id) for p in self.promises)

    @cached_property
    def by_party(self) -> dict[int, Counts]:
        """Each party or coalition that has a promise, by its id."""
        return self._grouped((p.party_id, p.promise_id) for p in self.promises)

    @cached_property
    def by_place(self) -> dict[int, Counts]:
        """Each place that was promised something or looked at, by its id: not what lies in it."""
        found = defaultdict(list)
        for (_, place_id), rating in self.placed.items():
            found[place_id].append(rating)
        return {place_id: Counts.of(ratings) for place_id, ratings in found.items()}

    @cached_property
    def placed(self) -> dict[tuple[int, int], Rating]:
        """Every pair of a promise and a place: what was found, or that nothing was yet."""
        promised = {
            (p.promise_id, place_id): p.unread for p in self.promises for place_id in p.place_ids
        }
        return promised | dict(self.readings)

    def within(self, place_ids: Iterable[int]) -> Counts:
        """The readings in some places together, such as a region and its municipalities."""
        none = Counts()
        return sum((self.by_place.get(place_id, none) for place_id in place_ids), none)

    def _grouped(self, pairs: Iterable[tuple[int, int]]) -> dict[int, Counts]:
        found = defaultdict(list)
        for group, promise_id in pairs:
            found[group].append(self.headlines[promise_id])
        return {group: Counts.of(ratings) for group, ratings in found.items()}
