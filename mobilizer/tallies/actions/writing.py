"""Writing listings, standings and tallies down."""

from collections.abc import Iterable
from functools import cache
from typing import Any, cast

from sqlalchemy import Insert, Table, delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from mobilizer.core.database import Base
from mobilizer.tallies.models import FindingSet, Listing, NumberSet, SideTally, Standing, Tally
from mobilizer.tallies.queries.found import stored
from mobilizer.tallies.queries.sources import Source
from mobilizer.tallies.queries.stored import beside, sets, tails
from mobilizer.tallies.rules import COLUMNS, Changes, Span, Subject, Tallied, found, tallied
from mobilizer.tallies.rules.beside import Added, counted
from mobilizer.tallies.rules.sets import Turns, as_bits, held

#: Of so many counts is asked at once.
STRIDE = 200


def write_listings(session: Session, some: Iterable[Source]) -> None:
    """Put on record where promises count, where that is new."""
    rows = []
    for one in some:
        for period in set(one.recorded) - set(one.periods):
            is_it = Listing.promise_id == one.promise_id, Listing.since == period.since
            session.execute(delete(Listing).where(*is_it))
        known = set(one.recorded)
        rows += [
            {"promise_id": one.promise_id, **period._asdict(), "place_ids": [*period.place_ids]}
            for period in one.periods
            if period not in known
        ]
    _put(session, Listing, rows)


def write_standings(session: Session, some: Iterable[tuple[Source, Iterable[Span]]]) -> None:
    """Write down what stands of some promises, over what stood since the same day."""
    rows = []
    for of, spans in some:
        whose = {"promise_id": of.promise_id, "cycle_id": of.cycle_id, "number": of.number}
        rows += [{**whose, **span._asdict()} for span in spans]
    _put(session, Standing, rows)


def write_tallies(session: Session, cycle_id: int, changes: Changes) -> None:
    """Add changes to the counts of a cycle's subjects."""
    if not changes:
        return
    first = min(day for days in changes.values() for day in days)
    before = tails(session, cycle_id, changes, first)
    rows = []
    for subject, days in changes.items():
        known = set(before.get(subject, ()))
        after = tallied(before.get(subject, ()), days)
        rows += [_row(cycle_id, subject, one) for one in after if one not in known]
    _put(session, Tally, rows)


def write_beside(session: Session, cycle_id: int, added: Added) -> None:
    """Add to what is told beside the counts of a cycle's subjects."""
    spots = sorted(added)
    for start in range(0, len(spots), STRIDE):
        some = spots[start : start + STRIDE]
        first = min(day for spot in some for day in added[spot])
        before, rows = beside(session, cycle_id, some, first), []
        for spot in some:
            known = set(before.get(spot, ()))
            where = dict(zip(("kind", "subject_id", "says"), spot, strict=True))
            rows += [
                {"cycle_id": cycle_id, **where, **one._asdict()}
                for one in counted(before.get(spot, ()), added[spot])
                if one not in known
            ]
        _put(session, SideTally, rows)


def write_sets(session: Session, cycle_id: int, turns: Turns) -> None:
    """Turn numbers in the sets of a cycle."""
    if not turns:
        return
    before = sets(session, cycle_id, turns, min(day for days in turns.values() for day in days))
    rows = []
    for choice, days in turns.items():
        known = set(before.get(choice, ()))
        spot = {"cycle_id": cycle_id, "kind": choice[0], "choice": choice[1]}
        rows += [
            {**spot, "since": one.since, "until": one.until, "bits": as_bits(one.numbers)}
            for one in held(before.get(choice, ()), days)
            if one not in known
        ]
    _put(session, NumberSet, rows)


def write_found(session: Session, cycle_id: int, turns: found.Turns) -> None:
    """Turn numbers of findings in the sets of a cycle's subjects."""
    subjects = {key for (_, key), _ in turns}
    blocks = {block for _, block in turns}
    here = FindingSet.subject_id.in_(subjects), FindingSet.block.in_(blocks)
    before = stored(session, cycle_id, *here)
    rows = [
        {
            "cycle_id": cycle_id,
            "kind": kind,
            "subject_id": key,
            "block": block,
            "bits": as_bits(found.turned(before.get(((kind, key), block), 0), places)),
        }
        for ((kind, key), block), places in turns.items()
    ]
    _put(session, FindingSet, rows)


def _row(cycle_id: int, subject: Subject, one: Tallied) -> dict[str, Any]:
    kind, subject_id = subject
    spot = {"cycle_id": cycle_id, "kind": kind, "subject_id": subject_id}
    counts = dict(zip(COLUMNS, one.numbers, strict=True))
    return {**spot, "since": one.since, "until": one.until, **counts}


def _put(session: Session, model: type[Base], rows: list[dict[str, Any]]) -> None:
    """Insert rows, in the place of those with the same key."""
    if rows:
        connection = session.connection()
        connection.execute(_putting(model, is_sqlite=connection.dialect.name == "sqlite"), rows)


@cache  # To say it anew takes longer than to do it.
def _putting(model: type[Base], *, is_sqlite: bool) -> Insert:
    table = cast(Table, model.__table__)
    written = (sqlite.insert if is_sqlite else postgresql.insert)(table)
    keys = [column.name for column in table.primary_key]
    others = {one.name: written.excluded[one.name] for one in table.c if one.name not in keys}
    return written.on_conflict_do_update(index_elements=keys, set_=others)
