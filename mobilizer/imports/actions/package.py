"""Taking over what this or another installation published, as it is. The caller commits.

Findings come in with their numbers and hashes, so that the chain stays the one that was published.
That is only possible where there is no chain yet: into an empty programme, and all of it at once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from mobilizer.accounts.models import User
from mobilizer.audit.actions import record
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_
from mobilizer.cycles.models import Cycle
from mobilizer.findings.models import Finding
from mobilizer.findings.rules.words import readable
from mobilizer.imports.actions.beside import take_answers, take_figures, take_replies
from mobilizer.imports.actions.foundation import Foundation
from mobilizer.imports.rules.days import beginning
from mobilizer.opendata.rules.cells import Row
from mobilizer.opendata.rules.counted import ANSWERS, BY_NAME
from mobilizer.opendata.rules.folder import rows
from mobilizer.promises.actions import index
from mobilizer.promises.models import Indicator, Promise, PromiseChange
from mobilizer.promises.rules import Frequency, PromiseState, Testability
from mobilizer.scoring.rules import Rating
from mobilizer.search import actions as search
from mobilizer.tallies.models import Listing

#: So many findings are written at once.
STRIDE = 500


@dataclass
class Taken:
    """How much came in."""

    cycles: int = 0
    promises: int = 0
    findings: int = 0
    replies: int = 0
    answers: int = 0


def take_over(folders: Sequence[Path], *, by: User | None = None) -> Taken:
    """Take the packages of some cycles into an empty programme.

    Args:
        folders: each a package that was checked and found right.
        by: who answers for it that the replies and answers in them are public here too.

    Raises:
        RuleBroken: the programme is not empty, or the packages do not hold the whole chain.
    """
    _need_nothing_there()
    _need_all(folders)
    taken, grounds = Taken(cycles=len(folders)), {}
    for folder in folders:
        ground = Foundation(folder)
        grounds[ground.cycle.code] = ground
        taken.promises += _take_promises(folder, ground)
    for number, row in enumerate(_findings(folders), start=1):
        _take_finding(row, grounds[row["cycle"]])
        taken.findings = number
        if number % STRIDE == 0:
            db.session.flush()
    db.session.flush()
    for folder, ground in zip(folders, grounds.values(), strict=True):
        taken.replies += take_replies(_rows(folder, "replies"), ground, by=by)
        taken.answers += take_answers(_answers(folder), ground, by=by)
        take_figures(_rows(folder, "agreement"), ground)
    db.session.flush()
    return taken


def _need_nothing_there() -> None:
    for kind in (Cycle, Promise, Finding):
        if db.session.scalar(select(func.count()).select_from(kind)):
            raise RuleBroken(
                N_(
                    "This programme holds cycles already. A package comes in as it is, with the "
                    "numbers and hashes of its findings, and so into an empty programme only."
                )
            )


def _need_all(folders: Sequence[Path]) -> None:
    """Hold the packages to the whole chain: one with a gap could never be verified."""
    numbers = sorted(row["number"] for row in _findings(folders))
    for expected, number in enumerate(numbers, start=1):
        if number != expected:
            raise RuleBroken(GAP, number=expected)
    if links := [row["number"] for folder in folders for row in _rows(folder, "links")]:
        missing = sorted(set(links) - set(numbers))
        if missing:
            raise RuleBroken(GAP, number=missing[0])


GAP = N_(
    "Finding %(number)s is of a cycle that is not here. Give the folder with the packages of all "
    "cycles: the chain of findings comes in whole or not at all."
)


def _rows(folder: Path, name: str) -> Iterator[Row]:
    return (row for _, row in rows(folder, BY_NAME[name]))


def _answers(folder: Path) -> Iterator[Row]:
    """Questions and answers; the packages of earlier forms have none."""
    return _rows(folder, "answers") if (folder / ANSWERS.file).exists() else iter(())


def _findings(folders: Sequence[Path]) -> Iterator[Row]:
    """The findings of all packages in the order of their numbers."""
    each = [_rows(folder, "findings") for folder in folders]
    return merge(*each, key=lambda row: row["number"])


def _take_promises(folder: Path, ground: Foundation) -> int:
    parts: dict[str, dict[int, list[Row]]] = {"indicators": {}, "changes": {}, "listings": {}}
    for name, of in parts.items():
        for row in _rows(folder, name):
            of.setdefault(row["promise"], []).append(row)
    for row in _rows(folder, "promises"):
        promise = _promise(row, ground)
        promise.indicators = [
            _indicator(one) for one in parts["indicators"].get(row["promise"], ())
        ]
        promise.changes = [_change(one, ground) for one in parts["changes"].get(row["promise"], ())]
        db.session.add(promise)
        db.session.flush()
        listed = parts["listings"][promise.number]
        db.session.add_all(_listing(one, promise, ground) for one in listed)
        index(promise)
        record(None, "promise.log", promise, vouches=promise, number=promise.number)
        record(None, "promise.publish", promise, vouches=promise, number=promise.number)
        ground.promises[promise.number] = promise
    return len(ground.promises)


_SAME = (
    *("speaker", "language", "exact_words", "titles", "source_spot", "made_on", "due_on"),
    *("due_raw", "institution", "testability_reason", "level", "due_precision"),
)


def _promise(row: Row, ground: Foundation) -> Promise:
    since = beginning(row["published_on"], ground.cycle.time_zone)
    return Promise(
        number=row["promise"],
        cycle=ground.cycle,
        party=ground.parties[row["party"]],
        topic=ground.topics[row["topic"]],
        source=ground.sources[row["source"]],
        places=[ground.places[code] for code in row["places"].split(" ")],
        is_in_its_power=row["in_its_power"],
        testability=Testability(row["testability"]) if row["testability"] else None,
        origin=row["imported_from"],
        origin_key=row["imported_key"],
        state=PromiseState.PUBLISHED,
        logged_at=since,
        checked_at=since,
        published_at=since,
        **{name: row[name] for name in _SAME},
    )


def _indicator(row: Row) -> Indicator:
    """An indicator; how it is looked at is not published."""
    told = {name: value for name, value in row.items() if name != "promise"}
    return Indicator(methods=[], frequency=Frequency.MONTHLY, **told)


def _change(row: Row, ground: Foundation) -> PromiseChange:
    told = {name: row[name] for name in ("field", "before", "after", "reason")}
    changed_at = beginning(row["changed_on"], ground.cycle.time_zone)
    return PromiseChange(changed_at=changed_at, **told)


def _listing(row: Row, promise: Promise, ground: Foundation) -> Listing:
    """Where it counted since a day: nothing else in the package tells that of an earlier one."""
    places = row["places"].split(" ") if row["places"] else []
    return Listing(
        promise_id=promise.id,
        since=row["since"],
        topic_id=ground.topics[row["topic"]].id,
        party_id=ground.parties[row["party"]].id,
        place_ids=sorted(ground.places[code].id for code in places),
        unread=Rating(row["unread"]),
    )


def _take_finding(row: Row, ground: Foundation) -> None:
    told: dict[str, Any] = {
        name: row[name]
        for name in (
            *("number", "month", "content", "published_on", "imported_from", "corrects"),
            *("previous_hash", "hash"),
        )
    }
    finding = Finding(
        cycle=ground.cycle,
        promise=ground.promises[row["promise"]],
        place=ground.places[row["place"]],
        rating=Rating(row["rating"]),
        published_at=beginning(row["published_on"], ground.cycle.time_zone),
        **told,
    )
    db.session.add(finding)
    search.add(finding.promise.number, readable(finding.content))
    record(
        None, "finding.publish", finding, vouches=finding, rating=row["rating"], hash=row["hash"]
    )
