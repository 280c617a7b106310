"""Whether promises counted where the log says: nobody moves them in days that are over."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import groupby, pairwise
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import selectinload

from mobilizer.audit.models import AuditEvent
from mobilizer.audit.queries import STRIDE
from mobilizer.core.database import db
from mobilizer.desk.queries.reading import readable
from mobilizer.promises.models import Promise
from mobilizer.promises.rules import PromiseState
from mobilizer.tallies.models import Listing

#: Rows have the day where the cycle was, steps the day in UTC: no zone is further from it.
NEAR = timedelta(days=1)
#: What of a row of listings a change of the promise moves, by the field's name in the log.
MOVES = {"topic": "topic_id", "party": "party_id", "places": "place_ids"}
#: The day of a step in UTC, and what it changed.
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
    """What cannot be read is left to the checks that name it."""
    promises = {one.id: one for one in readable(ids, _promises)}
    steps = _steps(list(promises))
    for key, some in groupby(readable(list(promises), _listings), lambda one: one.promise_id):
        promise, of_it = promises[key], list(some)
        if not steps[key]:
            continue
        for since in _unmoved(of_it, steps[key]):
            yield "promise", promise.number, f"counts elsewhere from {since} on; no step moved it"
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
        fields = details.get("fields") if isinstance(details, dict) else None
        changed = frozenset(str(one) for one in fields) if isinstance(fields, list) else frozenset()
        found[int(key)].append((at.date(), changed))
    return found


def _told(ids: list[int]) -> list[Row[str, datetime, Any]]:
    told = select(AuditEvent.subject_key, AuditEvent.at, AuditEvent.details).where(
        AuditEvent.subject_kind == Promise.__tablename__,
        AuditEvent.subject_key.in_([str(key) for key in ids]),
    )
    return list(db.session.execute(told))


def _unmoved(rows: list[Listing], steps: list[Step]) -> Iterator[date]:
    first = min(day for day, _ in steps)
    for before, after in pairwise(rows):
        moved = {name for name, of in MOVES.items() if getattr(before, of) != getattr(after, of)}
        logged = {name for day, some in steps if abs(day - after.since) <= NEAR for name in some}
        if first - after.since <= NEAR and not moved <= logged:
            yield after.since


def _counts(row: Listing) -> tuple[int, int, list[int]]:
    return row.topic_id, row.party_id, row.place_ids


def _stands(promise: Promise) -> tuple[int, int, list[int]]:
    return promise.topic_id, promise.party_id, promise.made_for
