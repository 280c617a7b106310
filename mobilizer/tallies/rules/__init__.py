"""From listings and findings to what stands where on which days, and from that to counts.

All of it is plain: days are days where the cycle is, and what happens on a day holds at its end.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from mobilizer.core.words import N_, Word
from mobilizer.scoring.rules import Rating, headline


class Kind(Word):
    """What has a score."""

    CYCLE = "cycle", N_("Cycle")
    TOPIC = "topic", N_("Topic")
    PARTY = "party", N_("Party or coalition")
    #: A region with all that lies in it.
    REGION = "region", N_("Region")
    #: A country, region or municipality, without what lies in it.
    PLACE = "place", N_("Place")


#: What is counted of each subject: its ratings, and its promises.
LISTED = "listed"
COLUMNS = (*(rating.value for rating in Rating), LISTED)
_AT = {name: at for at, name in enumerate(COLUMNS)}
NOTHING = (0,) * len(COLUMNS)

Numbers = tuple[int, ...]
#: A cycle, topic, party, region or place: what it is, and its key.
Subject = tuple[Kind, int]
#: What is added to a subject's counts from a day on.
Changes = Mapping[Subject, Mapping[date, Numbers]]


class Period(NamedTuple):
    """Where a promise counts from a day on, until the next period."""

    since: date
    topic_id: int
    party_id: int
    place_ids: tuple[int, ...]
    unread: Rating


class Found(NamedTuple):
    """What was found of a promise in a place, about a month, and the day it was published."""

    published_on: date
    place_id: int
    month: date
    number: int
    rating: Rating
    #: Why it stands still: the codes that were given.
    reasons: tuple[str, ...] = ()


class Span(NamedTuple):
    """That a promise stands under a subject, with a rating or none, from a day to another."""

    kind: Kind
    subject_id: int
    since: date
    until: date | None
    rating: Rating | None


def listed(periods: Iterable[Period], now: Period) -> list[Period]:
    """The periods of a promise when it counts as is said now: no day has two, none is idle."""
    before = [one for one in periods if one.since < now.since]
    if before and before[-1][1:] == now[1:]:
        return before
    return [*before, now]


def spans(
    cycle_id: int, periods: list[Period], found: Iterable[Found], region_of: Mapping[int, int]
) -> list[Span]:
    """Under what a promise stood and stands, and with which rating.

    Args:
        cycle_id: the cycle's key.
        periods: of the promise, the first one first; one at least.
        found: all its findings.
        region_of: the region of each place that is in one; a region is in itself.
    """
    first = periods[0].since
    events: dict[date, list[Period | Found]] = defaultdict(list)
    for period in periods:
        events[period.since].append(period)
    for one in found:
        events[max(one.published_on, first)].append(one)
    read: dict[int, Found] = {}
    period, stands = periods[0], _Stands()
    for day in sorted(events):
        for event in events[day]:
            if isinstance(event, Period):
                period = event
            elif event.place_id not in read or read[event.place_id][2:4] < event[2:4]:
                read[event.place_id] = event
        stands.put(day, _standing(cycle_id, period, read, region_of))
    return list(stands.spans())


def _standing(
    cycle_id: int, period: Period, read: Mapping[int, Found], region_of: Mapping[int, int]
) -> dict[Subject, Rating | None]:
    """Under what a promise stands at the end of a day (rules 1 to 3 of the method)."""
    places = dict.fromkeys(period.place_ids, period.unread)
    places |= {place_id: one.rating for place_id, one in read.items()}
    whole = headline(one.rating for one in read.values()) if read else period.unread
    found: dict[Subject, Rating | None] = {
        (Kind.CYCLE, cycle_id): whole,
        (Kind.TOPIC, period.topic_id): None,
        (Kind.PARTY, period.party_id): None,
    }
    for place_id, rating in places.items():
        found[Kind.PLACE, place_id] = rating
        if place_id in region_of:
            found[Kind.REGION, region_of[place_id]] = None
    return found


class _Stands:
    """Spans that are over, and those that are not yet."""

    def __init__(self) -> None:
        self._over: list[Span] = []
        self._now: dict[Subject, tuple[date, Rating | None]] = {}

    def put(self, day: date, stands: Mapping[Subject, Rating | None]) -> None:
        """Let from a day on stand what stands then, and nothing else."""
        for subject, (since, rating) in list(self._now.items()):
            if subject not in stands or stands[subject] is not rating:
                self._over.append(Span(*subject, since, day, rating))
                del self._now[subject]
        for subject, rating in stands.items():
            self._now.setdefault(subject, (day, rating))

    def spans(self) -> Iterator[Span]:
        """All of them."""
        yield from self._over
        for subject, (since, rating) in self._now.items():
            yield Span(*subject, since, None, rating)


class Sum:
    """What the spans of promises add to the counts of subjects, day by day."""

    def __init__(self, region_of: Mapping[int, int]) -> None:
        """Begin with nothing; ``region_of`` as in ``spans``."""
        self._region_of = region_of
        self._changes: dict[Subject, dict[date, list[int]]] = defaultdict(dict)

    def add(self, of_promise: Iterable[Span], times: int = 1) -> None:
        """Count all spans of a promise; ``times`` -1 takes them back."""
        some = list(of_promise)
        wholes = [span for span in some if span.kind is Kind.CYCLE]
        for span in some:
            subject = span.kind, span.subject_id
            self._count(subject, LISTED, span.since, span.until, times)
            if span.kind in (Kind.TOPIC, Kind.PARTY):
                for whole in wholes:
                    self._count_rated(subject, whole, times, within=span)
            elif span.rating is not None:
                self._count_rated(subject, span, times)
            if span.kind is Kind.PLACE and span.subject_id in self._region_of:
                region = Kind.REGION, self._region_of[span.subject_id]
                self._count_rated(region, span, times)

    def _count_rated(
        self, subject: Subject, span: Span, times: int, within: Span | None = None
    ) -> None:
        since = max(span.since, within.since) if within else span.since
        ends = [one.until for one in (span, within or span) if one.until]
        until = min(ends, default=None)
        if span.rating is not None and (until is None or since < until):
            self._count(subject, span.rating.value, since, until, times)

    def _count(
        self, subject: Subject, column: str, since: date, until: date | None, times: int
    ) -> None:
        at, days = _AT[column], self._changes[subject]
        days.setdefault(since, [0] * len(COLUMNS))[at] += times
        if until is not None:
            days.setdefault(until, [0] * len(COLUMNS))[at] -= times

    @property
    def changes(self) -> Changes:
        """What is added to each subject's counts, but for what adds nothing."""
        told = {
            subject: {day: tuple(numbers) for day, numbers in days.items() if any(numbers)}
            for subject, days in self._changes.items()
        }
        return {subject: days for subject, days in told.items() if days}


@dataclass(frozen=True)
class Tallied:
    """The counts of a subject from a day to another."""

    since: date
    until: date | None
    numbers: Numbers


def tallied(before: Iterable[Tallied], changes: Mapping[date, Numbers]) -> list[Tallied]:
    """The counts of a subject after some changes.

    Args:
        before: its last counts, from the first day that changes on; none if there were none.
        changes: what is added from a day on.
    """
    known = {one.since: one.numbers for one in before}
    rows: list[tuple[date, Numbers]] = []
    there = added = NOTHING
    for day in sorted(known.keys() | changes.keys()):
        there = known.get(day, there)
        added = _plus(added, changes.get(day, NOTHING))
        rows.append((day, _plus(there, added)))
    ends = [*(day for day, _ in rows), None][1:]
    return [Tallied(day, end, numbers) for (day, numbers), end in zip(rows, ends, strict=True)]


def _plus(one: Numbers, other: Numbers) -> Numbers:
    return tuple(map(int.__add__, one, other))
