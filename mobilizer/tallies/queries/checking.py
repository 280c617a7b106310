"""Whether the tallies are what their records say."""

from collections.abc import Iterable, Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from mobilizer.tallies.models import Tally
from mobilizer.tallies.queries.found import stored
from mobilizer.tallies.queries.sources import published_ids, region_of, sources
from mobilizer.tallies.queries.stored import beside, sets, standings, tails
from mobilizer.tallies.rules import Sum, Tallied, found, spans, tallied
from mobilizer.tallies.rules.beside import Added, Sums, counted
from mobilizer.tallies.rules.found import About
from mobilizer.tallies.rules.sets import Turned, Turns, held

#: What is said from a day to another; nothing where there is none.
Row = tuple[date, date | None, object]


def faults(session: Session, cycle_id: int) -> Iterator[str]:
    """Each promise and each subject of a cycle of which something else stands than should."""
    regions = region_of(session)
    sums, asides, turned = Sum(regions), Sums(regions), Turned()
    about = About(regions)
    for _, some in sources(session, published_ids(session, cycle_id)):
        stood = standings(session, [one.promise_id for one in some])
        for one in some:
            stands = spans(cycle_id, one.periods, one.found, regions)
            if one.periods != one.recorded:
                yield f"promise {one.number}: counts elsewhere than is on record"
            if set(stands) != set(stood.get(one.promise_id, ())):
                yield f"promise {one.number}: stands otherwise than was found"
            sums.add(stands)
            asides.add(cycle_id, one.periods, one.found)
            turned.add(one.number, stands)
            about.add(cycle_id, one.periods, one.found)
    yield from _miscounted(session, cycle_id, sums)
    yield from _told_wrong(session, cycle_id, asides.added)
    yield from _sorted_wrong(session, cycle_id, turned.turns)
    yield from _found_elsewhere(session, cycle_id, about.turns)


def _miscounted(session: Session, cycle_id: int, sums: Sum) -> Iterator[str]:
    changes = sums.changes
    stored = select(Tally.kind, Tally.subject_id).where(Tally.cycle_id == cycle_id).distinct()
    there = {(kind, key) for kind, key in session.execute(stored)}
    for subject in sorted(there | set(changes)):
        stands = tails(session, cycle_id, [subject], date.min).get(subject, [])
        should = tallied((), changes.get(subject, {}))
        if _runs(map(_row, stands)) != _runs(map(_row, should)):
            kind, key = subject
            yield f"{kind} {key}: counted otherwise than what stands"


def _row(one: Tallied) -> Row:
    return one.since, one.until, one.numbers if any(one.numbers) else None


def _told_wrong(session: Session, cycle_id: int, added: Added) -> Iterator[str]:
    stored = beside(session, cycle_id)
    for spot in sorted(stored.keys() | added.keys()):
        if _runs(stored.get(spot, [])) != _runs(counted((), added.get(spot, {}))):
            kind, key, says = spot
            yield f"{kind} {key}: told otherwise of {says} than what was found"


def _sorted_wrong(session: Session, cycle_id: int, turns: Turns) -> Iterator[str]:
    stored = sets(session, cycle_id)
    for choice in sorted(stored.keys() | turns.keys()):
        if _runs(stored.get(choice, [])) != _runs(held((), turns.get(choice, {}))):
            yield f"numbers under {choice[0]} {choice[1]}: others than stand there"


def _found_elsewhere(session: Session, cycle_id: int, turns: found.Turns) -> Iterator[str]:
    there = stored(session, cycle_id)
    for spot in sorted(there.keys() | turns.keys()):
        if there.get(spot, 0) != found.turned(0, turns.get(spot, ())):
            (kind, key), _ = spot
            yield f"findings about {kind} {key}: others than there are"


def _runs(rows: Iterable[Row]) -> list[Row]:
    """What rows say, without the days on which nothing changed or there was nothing yet."""
    told: list[Row] = []
    for since, until, says in rows:
        if told and told[-1][1:] == (since, says):
            told[-1] = (told[-1][0], until, says)
        elif told or says:
            told.append((since, until, says))
    return told
