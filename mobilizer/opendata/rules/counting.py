"""Every score counted again, from where promises count and what was found: nothing else.

This is a second calculation beside the site's own, on purpose: it reads files, by public codes,
and shares with the other only the arithmetic of the published method (``scoring.rules``).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from mobilizer.scoring.rules import METHODOLOGY, Counts, Rating, as_number, headline, score

#: The day, what it is a score of, and the code of that: what tells one score from the others.
Key = tuple[date, str, str]
Grouped = defaultdict[str, list[Rating]]


@dataclass(frozen=True)
class Listing:
    """Where a promise counts from a day on, until a later one of it says otherwise."""

    promise: int
    since: date
    topic: str
    party: str
    places: frozenset[str]
    #: What it is before anything was found.
    unread: Rating


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found of a promise in a place, about a month, and the day it was published."""

    number: int
    promise: int
    place: str
    month: date
    rating: Rating
    published_on: date


@dataclass(frozen=True)
class Ground:
    """What of a cycle its scores rest on, besides promises and findings."""

    cycle: str
    least_rated: int
    topics: tuple[str, ...]
    #: The regions that have a score of their own.
    regions: tuple[str, ...]
    municipalities: frozenset[str]
    #: In which region a place is; a region is in itself.
    region_of: Mapping[str, str]


def days_of(first: date | None, last_month: date, today: date) -> tuple[date, ...]:
    """The days of which scores are published: each month's end of the cycle that is over, today.

    Args:
        first: the day of the first published promise; None while there is none.
        last_month: the cycle's last month.
        today: the day on which this is asked.
    """
    ends: list[date] = []
    month = first.replace(day=1) if first else today
    while month <= last_month and (following := _month_after(month)) <= today:
        ends.append(following - timedelta(days=1))
        month = following
    return (*ends, today)


def _month_after(month: date) -> date:
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


@dataclass
class _Standing:
    """What counts at the end of a day."""

    listed: dict[int, Listing] = field(default_factory=dict)
    read: dict[tuple[int, str], Reading] = field(default_factory=dict)

    def list(self, one: Listing) -> None:
        """Let a promise count where this says."""
        self.listed[one.promise] = one

    def find(self, one: Reading) -> None:
        """Take a finding for the reading there, unless one about a later month stands (rule 1)."""
        there = self.read.get((one.promise, one.place))
        if there is None or (there.month, there.number) < (one.month, one.number):
            self.read[one.promise, one.place] = one

    def headlines(self) -> dict[int, Rating]:
        """Each promise's one rating (rule 2)."""
        found = defaultdict(list)
        for (promise, _), one in self.read.items():
            found[promise].append(one.rating)
        return {
            number: headline(found[number]) if number in found else one.unread
            for number, one in self.listed.items()
        }

    def placed(self) -> Iterator[tuple[str, Rating]]:
        """Each reading in a place, and each promise for a place where nothing was found yet."""
        for (_, place), one in self.read.items():
            yield place, one.rating
        for number, listing in self.listed.items():
            for place in listing.places:
                if (number, place) not in self.read:
                    yield place, listing.unread


def counted(
    ground: Ground,
    listings: Iterable[Listing],
    readings: Iterable[Reading],
    days: Iterable[date],
) -> Iterator[tuple[Key, dict[str, Any]]]:
    """Every score of some days, in their order, as the table of scores has it.

    Args:
        ground: the settings and places of the cycle.
        listings: of one promise the earlier first.
        readings: in any order.
        days: in their order.
    """
    standing = _Standing()
    listed = sorted(listings, key=lambda one: one.since)
    found = sorted(readings, key=lambda one: (one.published_on, one.number))
    at_listing = at_reading = 0
    for day in days:
        while at_listing < len(listed) and listed[at_listing].since <= day:
            standing.list(listed[at_listing])
            at_listing += 1
        while at_reading < len(found) and found[at_reading].published_on <= day:
            standing.find(found[at_reading])
            at_reading += 1
        for by, key, counts in _told_apart(ground, standing):
            yield (day, by, key), as_row(counts, ground.least_rated)


def _told_apart(ground: Ground, standing: _Standing) -> Iterator[tuple[str, str, Counts]]:
    """Headlines count for the cycle, topics and parties; readings count for places (rule 3)."""
    headlines = standing.headlines()
    by_topic: Grouped = defaultdict(list)
    by_party: Grouped = defaultdict(list)
    for number, one in standing.listed.items():
        by_topic[one.topic].append(headlines[number])
        by_party[one.party].append(headlines[number])
    by_region: Grouped = defaultdict(list)
    by_place: Grouped = defaultdict(list)
    for place, rating in standing.placed():
        by_place[place].append(rating)
        by_region[ground.region_of.get(place, "")].append(rating)
    yield "cycle", ground.cycle, Counts.of(headlines.values())
    for topic in ground.topics:
        yield "topic", topic, Counts.of(by_topic[topic])
    for party in sorted(by_party):
        yield "party", party, Counts.of(by_party[party])
    for region in ground.regions:
        yield "region", region, Counts.of(by_region[region])
    for place in sorted(ground.municipalities & by_place.keys()):
        yield "municipality", place, Counts.of(by_place[place])


def as_row(counts: Counts, least_rated: int) -> dict[str, Any]:
    """A score in the columns of its table."""
    result = score(counts, least_rated)
    return {
        "numerator": as_number(result.numerator),
        "denominator": result.denominator,
        "percent": result.percent,
        **counts.by_code(),
        "promises": counts.promises,
        "rated": counts.rated,
        "methodology": METHODOLOGY,
    }
