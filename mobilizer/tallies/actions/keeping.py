"""Keeping the tallies in the very transaction that publishes or changes something.

Whatever does so: an approval, a correction, a promise's publication, a change of one, an import.
It is the first thing at the commit, before the sets of common words follow, the log is sealed and
the publication's number is raised: on PostgreSQL whoever keeps the tallies is alone until then, and
waits for nobody but for those turns. docs/decisions/tallies.md says what else was weighed.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import delete, event, inspect, text
from sqlalchemy.orm import Session, SessionTransaction, UOWTransaction

from mobilizer.findings.models import Finding
from mobilizer.places.models import Place
from mobilizer.promises.models import Promise
from mobilizer.promises.rules import PromiseState
from mobilizer.tallies.actions.rebuilding import rebuild
from mobilizer.tallies.actions.writing import (
    write_beside,
    write_found,
    write_listings,
    write_sets,
    write_standings,
    write_tallies,
)
from mobilizer.tallies.models import Standing
from mobilizer.tallies.queries.sources import Source, cycles_of, every_promise, region_of, sources
from mobilizer.tallies.queries.stored import standings
from mobilizer.tallies.rules import Span, Sum, spans
from mobilizer.tallies.rules.beside import Sums
from mobilizer.tallies.rules.found import About
from mobilizer.tallies.rules.sets import Turned

#: The number under which PostgreSQL lets one transaction at a time keep the tallies.
TALLY_LOCK = 7_301_036

PROMISES = "promises that were published, changed or found about in this transaction"
_NEWS = "numbers of the findings that are not counted yet, by the key of their promise"
_COUNTRIES = "countries whose tree of places was changed in this transaction"


def attend() -> None:
    """Keep the tallies from here on, before anything else that is done at a commit."""
    if not event.contains(Session, "before_commit", _keep):
        event.listen(Session, "before_commit", _keep, insert=True)


@event.listens_for(Session, "after_transaction_create")
def _begin(session: Session, transaction: SessionTransaction) -> None:
    """Nothing is changed yet, however the transaction before ended."""
    if transaction.parent is None:
        for noted in (PROMISES, _NEWS, _COUNTRIES):
            session.info.pop(noted, None)


@event.listens_for(Session, "after_flush")
def _note(session: Session, _: UOWTransaction) -> None:
    for row in (*session.new, *session.dirty):
        if isinstance(row, Finding):
            session.info.setdefault(PROMISES, set()).add(row.promise_id)
            session.info.setdefault(_NEWS, defaultdict(set))[row.promise_id].add(row.number)
        elif isinstance(row, Promise) and row.state is PromiseState.PUBLISHED:
            session.info.setdefault(PROMISES, set()).add(row.id)
        elif isinstance(row, Place) and _lies_elsewhere(row):
            session.info.setdefault(_COUNTRIES, set()).add(row.country)


def _lies_elsewhere(place: Place) -> bool:
    """Whether a place that was there before has come into another one.

    Where it lay may not have been read: what is said anew is taken for a change.
    """
    state = inspect(place)
    return state.persistent and state.attrs.parent_id.history.has_changes()


def _keep(session: Session) -> None:
    """Bring the tallies in step. A savepoint that ends is no end yet."""
    if session.in_nested_transaction():
        return
    session.flush()
    promises: set[int] = session.info.pop(PROMISES, set())
    countries: set[str] = session.info.pop(_COUNTRIES, set())
    anew = cycles_of(session, countries) if countries else ()
    if promises or anew:
        hold(session, anew)
    if promises:
        follow(session, promises)
    for cycle_id in anew:
        rebuild(session, cycle_id)


def hold(session: Session, anew: Sequence[int] = ()) -> None:
    """Wait until nobody else keeps the tallies. SQLite's writers are alone anyway.

    Args:
        session: of the transaction.
        anew: the keys of the cycles that are to be counted anew. What is written then names every
            promise of them, so whoever changes one is waited for before, as all others do it.
    """
    if session.connection().dialect.name == "postgresql":
        if anew:
            session.execute(every_promise(anew).with_for_update(read=True, key_share=True))
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": TALLY_LOCK})


def follow(session: Session, promise_ids: Iterable[int]) -> None:
    """Let the tallies say of some promises what their records say now."""
    news: dict[int, set[int]] = session.info.get(_NEWS, {})
    regions = region_of(session)
    for cycle_id, some in sources(session, promise_ids):
        stood = standings(session, [one.promise_id for one in some])
        sums, beside, turned = Sum(regions), Sums(regions), Turned()
        about, changed = About(regions), []
        for one in some:
            before = stood.get(one.promise_id, [])
            stands = spans(cycle_id, one.periods, one.found, regions)
            _take_away(session, one, before, stands)
            changed.append((one, set(stands) - set(before)))
            sums.add(before, -1)
            sums.add(stands)
            new = news.pop(one.promise_id, ())
            known = [found for found in one.found if found.number not in new]
            beside.add(cycle_id, one.recorded, known, -1)
            beside.add(cycle_id, one.periods, one.found)
            about.add(cycle_id, one.recorded, known)
            about.add(cycle_id, one.periods, one.found)
            turned.add(one.number, before)
            turned.add(one.number, stands)
        write_listings(session, some)
        write_standings(session, changed)
        write_tallies(session, cycle_id, sums.changes)
        write_beside(session, cycle_id, beside.added)
        write_sets(session, cycle_id, turned.turns)
        write_found(session, cycle_id, about.turns)


def _take_away(session: Session, of: Source, stood: list[Span], stands: list[Span]) -> None:
    """Delete what never stood, as it turns out at the end of a day."""
    kept = {span[:3] for span in stands}
    for span in stood:
        if span[:3] not in kept:
            session.execute(
                delete(Standing).where(
                    Standing.promise_id == of.promise_id,
                    Standing.kind == span.kind,
                    Standing.subject_id == span.subject_id,
                    Standing.since == span.since,
                )
            )
