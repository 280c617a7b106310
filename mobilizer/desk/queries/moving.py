"""Whether promises counted where the log says: nobody moves them in days that are over."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby, pairwise
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from mobilizer.audit.models import AuditEvent
from mobilizer.audit.queries import STRIDE
from mobilizer.core.database import db
from mobilizer.promises.models import Promise
from mobilizer.promises.rules import PromiseState
from mobilizer.tallies.models import Listing

#: Days are where the cycle is, or was when the step was taken.
NEAR = timedelta(days=1)
#: What of a row of listings a change of the promise moves, by the field's name in the log.
MOVES = {"topic": "topic_id", "party": "party_id", "places": "place_ids"}
#: The day of a step, and what it changed.
Step = tuple[date, frozenset[str]]


def moved_unlogged() -> Iterator[tuple[str, int, str]]:
    """Promises that counted elsewhere from a day on which no step moved them, or count elsewhere.

    What is of before the first step on a promise was taken over with it.
    """
    following = select(Listing.promise_id).distinct().order_by(Listing.promise_id).limit(STRIDE)
    after = 0
    while ids := list(db.session.scalars(following.where(Listing.promise_id > after))):
        yield from _among(ids)
        after = ids[-1]


def _among(ids: list[int]) -> Iterator[tuple[str, int, str]]:
    wanted = select(Promise).where(Promise.id.in_(ids)).options(selectinload(Promise.places))
    promises = {one.id: one for one in db.session.scalars(wanted)}
    steps = _steps(promises)
    rows = select(Listing).where(Listing.promise_id.in_(ids))
    listed = db.session.scalars(rows.order_by(Listing.promise_id, Listing.since))
    for key, some in groupby(listed, lambda one: one.promise_id):
        promise, of_it = promises.get(key), list(some)
        if promise is None or not steps[key]:
            continue
        for since in _unmoved(of_it, steps[key]):
            yield "promise", promise.number, f"counts elsewhere from {since} on; no step moved it"
        if promise.state is PromiseState.PUBLISHED and _counts(of_it[-1]) != _stands(promise):
            yield "promise", promise.number, "counts elsewhere than it stands"


def _steps(promises: dict[int, Promise]) -> dict[int, list[Step]]:
    found: dict[int, list[Step]] = defaultdict(list)
    told = select(AuditEvent.subject_key, AuditEvent.at, AuditEvent.details).where(
        AuditEvent.subject_kind == Promise.__tablename__,
        AuditEvent.subject_key.in_([str(key) for key in promises]),
    )
    for key, at, details in db.session.execute(told):
        zone = ZoneInfo(promises[int(key)].cycle.time_zone)
        fields = details.get("fields") if isinstance(details, dict) else None
        changed = frozenset(str(one) for one in fields) if isinstance(fields, list) else frozenset()
        found[int(key)].append((at.astimezone(zone).date(), changed))
    return found


def _unmoved(rows: list[Listing], steps: list[Step]) -> Iterator[date]:
    first = min(day for day, _ in steps)
    for before, after in pairwise(rows):
        moved = {name for name, of in MOVES.items() if getattr(before, of) != getattr(after, of)}
        logged = {name for day, some in steps if abs(day - after.since) <= NEAR for name in some}
        if after.since >= first - NEAR and not moved <= logged:
            yield after.since


def _counts(row: Listing) -> tuple[int, int, list[int]]:
    return row.topic_id, row.party_id, sorted(row.place_ids)


def _stands(promise: Promise) -> tuple[int, int, list[int]]:
    return promise.topic_id, promise.party_id, sorted(one.id for one in promise.places)
