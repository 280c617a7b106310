"""One run of an import: new promises, changed ones, and verdicts that say something new."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from mobilizer.core.database import db, locked
from mobilizer.cycles.models import Cycle
from mobilizer.findings import actions as findings
from mobilizer.findings.models import Finding
from mobilizer.findings.queries import of_promise
from mobilizer.findings.rules import Shown
from mobilizer.imports.actions.ground import country_of, cycle_of, party_of, source_of, topic_of
from mobilizer.imports.rules.mapping import Mapping
from mobilizer.imports.rules.reading import Imported
from mobilizer.places.models import Place
from mobilizer.promises import actions as promises
from mobilizer.promises.models import Promise, PromiseChange, Source
from mobilizer.promises.rules import PromiseState, Testability
from mobilizer.promises.rules.values import PromiseValues


@dataclass
class Run:
    """What a run did. ``kept`` counts promises left as somebody here had rewritten them."""

    new: int = 0
    changed: int = 0
    same: int = 0
    kept: int = 0
    findings: int = 0


def take_in(rows: Iterable[Imported], mapping: Mapping, code: str, *, publish: bool = False) -> Run:
    """Take rows into a cycle. Rows that say what is known already change nothing.

    Args:
        rows: read and found right.
        mapping: how they were read.
        code: the cycle's code; the mapping's cycle is made if there is none.
        publish: make the promises public, and the tracker's verdicts findings that say whose
            they are.

    Raises:
        RuleBroken: a rule of promises, cycles or findings forbids it.
    """
    cycle = cycle_of(code, mapping)
    place, source = country_of(cycle), source_of(cycle, mapping)
    db.session.flush()
    run = Run()
    for row in rows:
        promise = _take_promise(row, mapping, cycle, place, source, run)
        if publish:
            _publish(promise, row, mapping, place, run)
    return run


def _take_promise(
    row: Imported, mapping: Mapping, cycle: Cycle, place: Place, source: Source, run: Run
) -> Promise:
    party, topic = party_of(row, cycle, mapping), topic_of(row, cycle, mapping)
    db.session.flush()
    values = PromiseValues(
        cycle_id=cycle.id,
        party_id=party.id,
        topic_id=topic.id,
        level=cycle.level,
        language=row.language,
        exact_words=row.exact_words,
        titles={row.language: row.title},
        source=source.id,
        place_ids=(place.id,),
        made_on=row.made_on,
        due_on=row.due_on,
        due_precision=row.due_precision,
        due_raw=row.due_raw,
        origin=mapping.origin,
        origin_key=row.key,
    )
    known = db.session.scalar(
        locked(
            select(Promise).where(
                Promise.cycle_id == cycle.id,
                Promise.origin == mapping.origin,
                Promise.origin_key == row.key,
            )
        )
    )
    if known is None:
        run.new += 1
        return promises.log_promise(values, by=None)
    _renew(known, values, mapping, run)
    return known


def _renew(known: Promise, values: PromiseValues, mapping: Mapping, run: Run) -> None:
    """Bring a promise in step with the file, unless somebody here has rewritten it."""
    by_hand = select(PromiseChange.id).where(
        PromiseChange.promise_id == known.id, PromiseChange.by_id.is_not(None)
    )
    if db.session.scalar(by_hand.limit(1)) is not None:
        run.kept += 1
    elif promises.change(known, values, by=None, reason=f"Imported anew from {mapping.tracker}."):
        run.changed += 1
    else:
        run.same += 1


def _publish(promise: Promise, row: Imported, mapping: Mapping, place: Place, run: Run) -> None:
    if promise.state is PromiseState.DRAFT:
        promises.check(promise, Testability.TESTABLE, by=None)
    if promise.state is PromiseState.CHECKED:
        promises.publish(promise, by=None)
    if row.rating is None:
        return
    content = _content(row)
    if _said_before(promise, mapping, row, content):
        return
    findings.publish(
        findings.Verdict(
            promise=promise,
            place=place,
            rating=row.rating,
            content=content,
            imported_from=mapping.tracker,
        ),
        by=None,
    )
    run.findings += 1


def _said_before(promise: Promise, mapping: Mapping, row: Imported, content: Any) -> bool:
    """Whether the tracker's latest verdict here is this one already.

    A finding of our own that came after it stands: the tracker speaks again only when it says
    something new.
    """
    theirs = of_promise(promise.id).where(Finding.imported_from == mapping.tracker)
    latest = db.session.scalars(theirs.limit(1)).first()
    return latest is not None and (latest.rating, latest.content) == (row.rating, content)


def _content(row: Imported) -> dict[str, Any]:
    """What the public reads of the tracker's verdict, in the form of a finding's content."""
    updates = [
        {"on": update.on.isoformat() if update.on else "", "text": update.text}
        for update in row.updates
    ]
    evidence = [
        {"kind": shown.kind, "address": shown.address, "provider": shown.provider}
        for shown in (
            Shown(link.kind.value, link.url, link.provider.value if link.provider else "")
            for link in row.links
        )
    ]
    return {
        "kind": "imported",
        "language": row.language,
        "status": row.status,
        "updates": updates,
        "evidence": evidence,
    }
