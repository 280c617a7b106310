"""What is told beside the counts of a subject: why promises stand still, what was looked at.

All are counts of days, as the ratings are, and follow from the same records: of what a reading
says at a day's end, and of which months and in which places something was found by then.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from mobilizer.tallies.rules import Found, Kind, Period

#: Of which subject, and what is counted: the code of a reason, a month as ``label`` has it, or a
#: place as ``place_label`` has it.
Spot = tuple[Kind, int, str]
#: What is added to each count from a day on.
Added = Mapping[Spot, Mapping[date, int]]


#: What the labels of places begin with.
PLACE = "place "


class Noted(NamedTuple):
    """That something is said of a promise in a place, from a day to another."""

    place_id: int
    says: str
    since: date
    until: date | None


class Beside(NamedTuple):
    """How many there are of something from a day to another."""

    since: date
    until: date | None
    number: int


def label(month: date) -> str:
    """A month as what is counted."""
    return month.isoformat()


def place_label(place_id: int) -> str:
    """A place as what is counted."""
    return f"{PLACE}{place_id}"


class Sums:
    """What promises add to the counts of reasons, of reports and of places, day by day."""

    def __init__(self, region_of: Mapping[int, int]) -> None:
        """Begin with nothing; ``region_of`` as in ``spans``."""
        self._region_of = region_of
        self._added: dict[Spot, dict[date, int]] = defaultdict(lambda: defaultdict(int))

    def add(
        self, cycle_id: int, periods: Sequence[Period], found: Iterable[Found], times: int = 1
    ) -> None:
        """Count a promise; ``times`` -1 takes it back. One that never counted adds nothing."""
        if not periods:
            return
        some = [one._replace(published_on=max(one.published_on, periods[0].since)) for one in found]
        reasons, reports, seen = list(_reasons(some)), list(_reports(some)), list(_seen(some))
        for one in (*reasons, *reports, *seen):
            self._count((Kind.PLACE, one.place_id, one.says), one.since, one.until, times)
            if region := self._region_of.get(one.place_id):
                self._count((Kind.REGION, region, one.says), one.since, one.until, times)
        for one in (*reasons, *_wholly(reports), *seen):
            self._count((Kind.CYCLE, cycle_id, one.says), one.since, one.until, times)
            for kind, key, since, until in _owners(periods):
                begins = max(since, one.since)
                ends = min((day for day in (until, one.until) if day), default=None)
                if ends is None or begins < ends:
                    self._count((kind, key, one.says), begins, ends, times)

    def _count(self, spot: Spot, since: date, until: date | None, times: int) -> None:
        self._added[spot][since] += times
        if until is not None:
            self._added[spot][until] -= times

    @property
    def added(self) -> Added:
        """What is added to each count, but for what adds nothing."""
        told = {
            spot: {day: number for day, number in days.items() if number}
            for spot, days in self._added.items()
        }
        return {spot: days for spot, days in told.items() if days}


def _reasons(found: Iterable[Found]) -> Iterator[Noted]:
    """What the reading in each place gave as reasons, at the end of each day (rule 1)."""
    in_place: dict[int, list[Found]] = defaultdict(list)
    for one in sorted(found):
        in_place[one.place_id].append(one)
    for place_id, some in in_place.items():
        reading, read = some[0], {}
        for one in some:
            reading = max(reading, one, key=lambda found: (found.month, found.number))
            read[one.published_on] = reading
        for (day, reading), until in zip(read.items(), [*read, None][1:], strict=True):
            for code in reading.reasons:
                yield Noted(place_id, code, day, until)


def _reports(found: Iterable[Found]) -> Iterator[Noted]:
    """The months about which something was found in each place, since the first time."""
    first: dict[tuple[int, date], date] = {}
    for one in found:
        spot = one.place_id, one.month
        first[spot] = min(first.get(spot, one.published_on), one.published_on)
    for (place_id, month), since in first.items():
        yield Noted(place_id, label(month), since, None)


def _seen(found: Iterable[Found]) -> Iterator[Noted]:
    """The places in which something was found, since the first time."""
    first: dict[int, date] = {}
    for one in found:
        first[one.place_id] = min(first.get(one.place_id, one.published_on), one.published_on)
    for place_id, since in first.items():
        yield Noted(place_id, place_label(place_id), since, None)


def _wholly(reports: Iterable[Noted]) -> Iterable[Noted]:
    """The same of a promise as a whole: each month once, since the first time."""
    first: dict[str, Noted] = {}
    for one in sorted(reports, key=lambda noted: noted.since):
        first.setdefault(one.says, one)
    return first.values()


def _owners(periods: Sequence[Period]) -> Iterator[tuple[Kind, int, date, date | None]]:
    """For which topic and party a promise counted, from which day to which."""
    for period, until in zip(periods, [*(one.since for one in periods[1:]), None], strict=True):
        yield Kind.TOPIC, period.topic_id, period.since, until
        yield Kind.PARTY, period.party_id, period.since, until


def counted(before: Iterable[Beside], added: Mapping[date, int]) -> list[Beside]:
    """A count after something was added.

    Args:
        before: what it was, from the first day that changes on; none if there was nothing.
        added: what is added from a day on.
    """
    known = {one.since: one.number for one in before}
    days = sorted(known.keys() | added.keys())
    rows, there, more = [], 0, 0
    for day, until in zip(days, [*days, None][1:], strict=True):
        there, more = known.get(day, there), more + added.get(day, 0)
        rows.append(Beside(day, until, there + more))
    return rows
