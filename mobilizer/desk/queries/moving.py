"""Whether promises counted where the log says: nobody moves them in days that are over."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby, pairwise
from typing import Any
from zoneinfo import available_timezones

from sqlalchemy import Row, select
from sqlalchemy.orm import selectinload

from mobilizer.audit.models import AuditEvent
from mobilizer.audit.queries import STRIDE
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle, Topic
from mobilizer.desk.queries.reading import readable
from mobilizer.elections.models import Party
from mobilizer.places.models import Place
from mobilizer.promises.models import Promise
from mobilizer.promises.rules import PromiseState
from mobilizer.tallies.models import Listing

#: Rows have the day where the cycle was, steps the day in UTC: no zone is further from it.
NEAR = timedelta(days=1)
#: What of a row of listings a change of the promise moves, by the field's name in the log.
MOVES = {"topic": "topic_id", "party": "party_id", "places": "place_ids"}


@dataclass(frozen=True)
class Step:
    """A step on a promise: when, what it changed, and from which codes to which, if it says so.

    Steps of before it was said name the fields alone.
    """

    at: datetime
    fields: frozenset[str]
    codes: Mapping[str, Any]

    @property
    def day(self) -> date:
        """Its day in UTC."""
        return self.at.date()


def moved_unlogged() -> Iterator[tuple[str, int, str]]:
    """Promises that counted elsewhere from a day on which no step moved them, or count elsewhere.

    What is of before the first step on a promise was taken over with it.
    """
    codes = _Codes()
    following = select(Listing.promise_id).distinct().order_by(Listing.promise_id).limit(STRIDE)
    after = 0
    while ids := list(db.session.scalars(following.where(Listing.promise_id > after))):
        yield from _among(ids, codes)
        after = ids[-1]


def _among(ids: list[int], codes: "_Codes") -> Iterator[tuple[str, int, str]]:
    """What cannot be read is left to the checks that name it."""
    promises = {one.id: one for one in readable(ids, _promises)}
    steps = _steps(list(promises))
    for key, some in groupby(readable(list(promises), _listings), lambda one: one.promise_id):
        promise, of_it = promises[key], list(some)
        if not steps[key]:
            continue
        for since in _unmoved(of_it, steps[key]):
            yield "promise", promise.number, f"counts elsewhere from {since} on; no step moved it"
        zone = codes.zone_of(promise)
        for since, name in _elsewhere(of_it, codes, steps[key], zone):
            yield (
                "promise",
                promise.number,
                f"counts from {since} on under another {name} than logged",
            )
        if promise.state is PromiseState.PUBLISHED and _counts(of_it[-1]) != _stands(promise):
            yield "promise", promise.number, "counts elsewhere than it stands"


def _promises(ids: list[int]) -> list[Promise]:
    wanted = select(Promise).where(Promise.id.in_(ids)).options(selectinload(Promise.places))
    return list(db.session.scalars(wanted.order_by(Promise.id)))


def _listings(ids: list[int]) -> list[Listing]:
    rows = select(Listing).where(Listing.promise_id.in_(ids))
    return list(db.session.scalars(rows.order_by(Listing.promise_id, Listing.since)))


def _steps(ids: list[int]) -> dict[int, list[Step]]:
    found: dict[int, list[Step]] = defaultdict(list)
    for key, at, details in readable(ids, _told):
        found[int(key)].append(_step(at, details if isinstance(details, dict) else {}))
    return found


def _step(at: datetime, said: Mapping[str, Any]) -> Step:
    fields, codes = said.get("fields"), said.get("moved")
    changed = frozenset(str(one) for one in fields) if isinstance(fields, list) else frozenset()
    told = codes.items() if isinstance(codes, dict) else ()
    pairs = {name: both for name, both in told if isinstance(both, list) and len(both) == 2}
    return Step(at, changed, pairs)


def _told(ids: list[int]) -> list[Row[str, datetime, Any]]:
    told = select(AuditEvent.subject_key, AuditEvent.at, AuditEvent.details).where(
        AuditEvent.subject_kind == Promise.__tablename__,
        AuditEvent.subject_key.in_([str(key) for key in ids]),
    )
    return list(db.session.execute(told.order_by(AuditEvent.id)))


def _unmoved(rows: list[Listing], steps: list[Step]) -> Iterator[date]:
    first = min(step.day for step in steps)
    for before, after in pairwise(rows):
        moved = {name for name, of in MOVES.items() if getattr(before, of) != getattr(after, of)}
        near = [step for step in steps if abs(step.day - after.since) <= NEAR]
        logged = {name for step in near for name in step.fields}
        if first - after.since <= NEAR and not moved <= logged:
            yield after.since


class _Codes:
    """The codes by which the log calls topics, parties and places, and where each cycle's days end.

    What somebody made unreadable has none.
    """

    def __init__(self) -> None:
        self._zones = dict(db.session.execute(select(Cycle.id, Cycle.time_zone)).all())
        self._topics = dict(db.session.execute(select(Topic.id, Topic.code)).all())
        self._parties = dict(db.session.execute(select(Party.id, Party.code)).all())
        self._places = dict(db.session.execute(select(Place.id, Place.code)).all())

    def of(self, row: Listing) -> dict[str, Any]:
        """What a row says, by the fields' names in the log."""
        return {
            "topic": self._topics.get(row.topic_id),
            "party": self._parties.get(row.party_id),
            "places": sorted(self._places.get(key, "") for key in _keys(row.place_ids)),
        }

    def zone_of(self, promise: Promise) -> str:
        """The time zone of its cycle."""
        zone = self._zones.get(promise.cycle_id)
        return zone if zone in available_timezones() else "UTC"


def _keys(said: Any) -> list[int]:
    return [key for key in said if isinstance(key, int)] if isinstance(said, list) else []


def _elsewhere(
    rows: list[Listing], codes: _Codes, steps: list[Step], zone: str
) -> Iterator[tuple[date, str]]:
    """The rows that say another topic, party or other places than the log says of their day."""
    for row in rows:
        for name, code in codes.of(row).items():
            logged = _logged(name, row.since, steps, zone)
            if logged is not None and logged != code:
                yield row.since, name


def _logged(name: str, day: date, steps: list[Step], zone: str) -> Any:
    """What a promise counted under at the end of a day, by the log; None where that is silent.

    It is what the last step until then moved it to, else what the next one moved it from.
    """
    moving = [step for step in steps if name in step.fields]
    before = [step for step in moving if clock.day_of(step.at, zone) <= day]
    after = moving[len(before) :]
    if before and name in before[-1].codes:
        return before[-1].codes[name][1]
    if after and name in after[0].codes:
        return after[0].codes[name][0]
    return None


def _counts(row: Listing) -> tuple[int, int, list[int]]:
    return row.topic_id, row.party_id, row.place_ids


def _stands(promise: Promise) -> tuple[int, int, list[int]]:
    return promise.topic_id, promise.party_id, promise.made_for
