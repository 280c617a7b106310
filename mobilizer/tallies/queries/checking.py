"""Whether the tallies are what their records say."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from mobilizer.tallies.models import Tally
from mobilizer.tallies.queries.sources import published_ids, region_of, sources
from mobilizer.tallies.queries.stored import standings, tails
from mobilizer.tallies.rules import Sum, Tallied, spans, tallied


def faults(session: Session, cycle_id: int) -> Iterator[str]:
    """Each promise and each subject of a cycle of which something else stands than should."""
    regions = region_of(session)
    sums = Sum(regions)
    for _, some in sources(session, published_ids(session, cycle_id)):
        stood = standings(session, [one.promise_id for one in some])
        for one in some:
            stands = spans(cycle_id, one.periods, one.found, regions)
            if one.periods != one.recorded:
                yield f"promise {one.number}: counts elsewhere than is on record"
            if set(stands) != set(stood.get(one.promise_id, ())):
                yield f"promise {one.number}: stands otherwise than was found"
            sums.add(stands)
    yield from _miscounted(session, cycle_id, sums)


def _miscounted(session: Session, cycle_id: int, sums: Sum) -> Iterator[str]:
    changes = sums.changes
    stored = select(Tally.kind, Tally.subject_id).where(Tally.cycle_id == cycle_id).distinct()
    there = {(kind, key) for kind, key in session.execute(stored)}
    for subject in sorted(there | set(changes)):
        days = changes.get(subject, {})
        first = min(days, default=None)
        should = _told(tallied((), days))
        rows = tails(session, cycle_id, [subject], first) if first else {}
        if _told(rows.get(subject, [])) != should or (first is None and subject in there):
            kind, key = subject
            yield f"{kind} {key}: counted otherwise than what stands"


def _told(rows: list[Tallied]) -> list[tuple[object, ...]]:
    """What rows say, without the days on which nothing changed."""
    told: list[tuple[object, ...]] = []
    for one in rows:
        if not told or told[-1][1] != one.numbers:
            told.append((one.since, one.numbers))
    return told
