"""What has been published, as of any moment."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased, joinedload

from mobilizer.core.database import db
from mobilizer.findings.models import Finding
from mobilizer.findings.rules import GENESIS, Fault, Link, Published, faults

#: How many findings are held in memory while the chain is walked.
STRIDE = 1000
#: What a row says that was changed behind our back into none of ours: no rating, no day, no JSON.
UNREADABLE = (LookupError, ValueError, TypeError, AttributeError)

#: Made once: SQLAlchemy takes longer to learn another name of a table than a database to answer.
_BY_THEN = aliased(Finding)


def head(until: datetime | None = None) -> Finding | None:
    """The newest finding of all, or the newest one by a moment: numbers grow with time."""
    newest = select(Finding).order_by(Finding.number.desc()).limit(1)
    if until is not None:
        by_moment = (Finding.published_at.desc(), Finding.number.desc())
        newest = select(Finding).where(Finding.published_at <= until).order_by(*by_moment).limit(1)
    return db.session.scalar(newest)


def latest(cycle_id: int, as_of: datetime | None = None) -> Select[Finding]:
    """The latest finding of each promise in each place: its reading there (rule 1).

    The latest is the one about the latest month; of two about one month the one published
    later, which corrects the other. A month that is approved late changes no newer reading.
    """
    published = select(
        Finding.number,
        func.row_number()
        .over(
            partition_by=(Finding.promise_id, Finding.place_id),
            order_by=(Finding.month.desc(), Finding.number.desc()),
        )
        .label("rank"),
    ).where(Finding.cycle_id == cycle_id)
    if as_of is not None:
        published = published.where(Finding.published_at <= as_of)
    ranked = published.subquery()
    return select(Finding).join(ranked, ranked.c.number == Finding.number).where(ranked.c.rank == 1)


def of_promise(promise_id: int) -> Select[Finding]:
    """All findings of a promise, the latest first: by month, then as they were published."""
    return (
        select(Finding)
        .where(Finding.promise_id == promise_id)
        .order_by(Finding.month.desc(), Finding.number.desc())
        .options(joinedload(Finding.place))
    )


def published(cycle_id: int) -> Select[Finding]:
    """All findings of a cycle, the newest first."""
    return (
        select(Finding)
        .where(Finding.cycle_id == cycle_id)
        .order_by(Finding.number.desc())
        .options(joinedload(Finding.place), joinedload(Finding.promise))
    )


def last_day(cycle_id: int) -> Select[date]:
    """The day on which something was last published in a cycle."""
    newest = select(Finding.published_on).where(Finding.cycle_id == cycle_id)
    return newest.order_by(Finding.number.desc()).limit(1)


def until(findings: Select[Any], moment: datetime | None) -> Select[Any]:
    """Of some findings those that were published by a moment; all of them for None."""
    return findings if moment is None else findings.where(is_by(moment))


def is_by(moment: datetime) -> ColumnElement[bool]:
    """Whether a finding was published by a moment.

    By its number, so that a list in their order is read from there on: no finding is published
    before one with a lower number.
    """
    return Finding.number <= _last(moment).scalar_subquery()


def last_number(moment: datetime) -> int:
    """The number of the last finding of all by a moment; 0 before the first."""
    return db.session.scalar(_last(moment)) or 0


def _last(moment: datetime) -> Select[int]:
    return (
        select(_BY_THEN.number)
        .where(_BY_THEN.published_at <= moment)
        .order_by(_BY_THEN.published_at.desc(), _BY_THEN.number.desc())
        .limit(1)
    )


def corrections(cycle_id: int) -> Select[Finding]:
    """The findings of a cycle that correct an earlier one, the newest first."""
    return published(cycle_id).where(Finding.corrects.is_not(None))


def numbered(numbers: Iterable[int]) -> Select[Finding]:
    """Findings by their numbers."""
    return select(Finding).where(Finding.number.in_(list(numbers)))


def as_published(finding: Finding) -> Published:
    """A stored finding as the public gets it."""
    return Published(
        number=finding.number,
        cycle=finding.cycle.code,
        promise=finding.promise.number,
        place=finding.place.code,
        month=finding.month,
        rating=finding.rating.value,
        content=finding.content,
        published_on=finding.published_on,
        imported_from=finding.imported_from,
        corrects=finding.corrects,
    )


def broken_links() -> Iterator[Fault]:
    """Walk the whole chain and tell every fault, with bounded memory."""
    before, first = GENESIS, 1
    while numbers := _numbers(first):
        links = _links(numbers)
        found = faults(links, before, first)
        yield from found
        if any("missing" in fault.says for fault in found):
            return
        if links:
            before, first = links[-1].hash, first + len(links)
        if len(links) < len(numbers):
            first = numbers[len(links)]
            yield Fault(first, f"finding {first} cannot be read: it was changed")
            before, first = _hash(first), first + 1


def _numbers(first: int) -> list[int]:
    """The numbers of the next findings."""
    after = select(Finding.number).where(Finding.number >= first)
    return list(db.session.scalars(after.order_by(Finding.number).limit(STRIDE)))


def _links(numbers: list[int]) -> list[Link]:
    """These findings as links; up to the first that holds what none of ours can."""
    try:
        return _read(numbers)
    except UNREADABLE:
        links: list[Link] = []
        for number in numbers:
            try:
                links += _read([number])
            except UNREADABLE:
                break
        return links


def _read(numbers: list[int]) -> list[Link]:
    stored = db.session.scalars(
        select(Finding)
        .where(Finding.number.in_(numbers))
        .order_by(Finding.number)
        .options(joinedload(Finding.cycle), joinedload(Finding.place), joinedload(Finding.promise))
    )
    return [Link(as_published(f), f.previous_hash, f.hash) for f in stored]


def _hash(number: int) -> str:
    return db.session.scalar(select(Finding.hash).where(Finding.number == number)) or ""
