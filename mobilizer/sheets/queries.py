"""The sheets a person may hand out: of the assignments she oversees, what was approved."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select
from sqlalchemy.orm import defer, joinedload, lazyload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from mobilizer.accounts.models import User
from mobilizer.assignments.models import Assignment
from mobilizer.assignments.queries import expected_in
from mobilizer.core.database import db
from mobilizer.core.errors import NotVisible
from mobilizer.core.seed import all_rows
from mobilizer.cycles.models import Cycle
from mobilizer.evidence.models import Evidence
from mobilizer.findings.models import Finding
from mobilizer.monitoring.models import Entry, Revision
from mobilizer.places.models import Place
from mobilizer.progress.queries import cycles_of, overseen_by
from mobilizer.promises.models import Indicator, Promise
from mobilizer.replies.models import HeldFinding
from mobilizer.replies.queries import beside_findings, is_standing
from mobilizer.review.actions import content_of
from mobilizer.review.models import Decision
from mobilizer.review.rules import Verdict
from mobilizer.sheets import rules
from mobilizer.sheets.rules import Filed, Plan, Replied, Sheet


@dataclass(frozen=True)
class Field:
    """One field of the matrix as its paper names it."""

    number: int
    #: A, B or C: the plan, the report, the review.
    part: str
    name: str
    labels: Mapping[str, str]


def fields() -> list[Field]:
    """The forty fields, in the order of the matrix."""
    return [
        Field(
            int(row["no"]),
            row["part"][0],
            row["field"],
            {code: row[f"label_{code}"] for code in ("en", "sq", "mk", "sr")},
        )
        for row in all_rows("matrix.csv")
    ]


def visible_to(user: User) -> Select[Assignment]:
    """The assignments whose sheets she may hand out."""
    hers = [overseen_by(user, cycle) for cycle in db.session.scalars(cycles_of(user))]
    return select(Assignment).where(or_(false(), *hers))


def sheet(user: User, assignment_id: str, month: date) -> tuple[Assignment, Sheet]:
    """One assignment's sheet of a month.

    Raises:
        NotVisible: she does not oversee it, or it does not reach into this month.
    """
    found = db.one_or_404(visible_to(user).where(Assignment.id == assignment_id).options(*_shown()))
    if not found.first_month <= month <= found.last_month:
        raise NotVisible
    return found, _sheets([found], Assignment.id == found.id, month)[0]


def sheets(user: User, cycle: Cycle, month: date, region: Place | None = None) -> list[Sheet]:
    """All sheets of a month of a cycle or of one of its regions, by promise and place.

    A report that was approved stays in, also if its assignment has ended since.
    """
    approved = (
        select(Entry.assignment_id)
        .join(Revision, Revision.entry_id == Entry.id)
        .join(Decision, Decision.revision_id == Revision.id)
        .where(Entry.month == month, Decision.verdict == Verdict.APPROVE)
    )
    which = and_(overseen_by(user, cycle), or_(expected_in(month), Assignment.id.in_(approved)))
    if region is not None:
        which = and_(which, Assignment.region_id == region.id)
    listing = select(Assignment).where(which).options(*_shown())
    found = list(db.session.scalars(listing))
    found.sort(key=lambda one: (one.promise.number, one.place.code, one.first_month))
    return _sheets(found, which, month)


def _shown() -> tuple[ExecutableOption, ...]:
    promise = joinedload(Assignment.promise)
    return (
        joinedload(Assignment.cycle),
        joinedload(Assignment.place),
        joinedload(Assignment.mobilizer).options(lazyload(User.postings)),
        promise.joinedload(Promise.party),
        promise.joinedload(Promise.topic),
        promise.joinedload(Promise.source),
        promise.selectinload(Promise.indicators),
    )


def _sheets(found: list[Assignment], which: ColumnElement[bool], month: date) -> list[Sheet]:
    of_month = select(Entry).join(Entry.assignment).where(which, Entry.month == month)
    entries = {
        one.assignment_id: one for one in db.session.scalars(of_month.options(defer(Entry.draft)))
    }
    filed = _filed(of_month.with_only_columns(Entry.id))
    return [
        Sheet(
            number=one.promise.number,
            plan=_plan(one),
            month=month,
            state=entry.state.label if (entry := entries.get(one.id)) and entry.newest else None,
            filed=filed.get(entry.id) if entry else None,
        )
        for one in found
    ]


def _filed(entries: Select[str]) -> dict[str, Filed]:
    """The newest approved revision of each entry, by the entry."""
    revisions = db.session.scalars(
        select(Revision)
        .join(Decision, Decision.revision_id == Revision.id)
        .where(
            Revision.entry_id.in_(entries),
            Decision.verdict == Verdict.APPROVE,
            # What waits for a reply is nobody's to read before.
            ~exists().where(HeldFinding.revision_id == Revision.id, is_standing()),
        )
        .order_by(Revision.number)
        .options(
            joinedload(Revision.author).options(lazyload(User.postings)),
            selectinload(Revision.evidence).joinedload(Evidence.media),
        )
    )
    newest = {one.entry_id: one for one in revisions}
    published = _published(entries)
    replies = _replies(number for number, _ in published.values())
    return {
        entry: _one(one, *published.get(one.id, (None, None)), replies=replies)
        for entry, one in newest.items()
    }


def _one(
    revision: Revision,
    finding: int | None,
    corrects: int | None,
    *,
    replies: Mapping[int, list[Replied]],
) -> Filed:
    beside = tuple(replies.get(finding or 0, ()))
    return Filed(revision.rating, content_of(revision), finding, corrects, beside)


def _replies(findings: Iterable[int]) -> dict[int, list[Replied]]:
    """What was published beside these findings, by their numbers."""
    found: dict[int, list[Replied]] = defaultdict(list)
    for reply in db.session.scalars(beside_findings(findings)):
        if reply.beside and reply.shown_on:
            found[reply.beside].append(Replied(reply.of, reply.shown_on, reply.text))
    return found


def _published(entries: Select[str]) -> dict[int | None, tuple[int, int | None]]:
    """Which finding a revision became, and which one that corrects."""
    rows = db.session.execute(
        select(Finding.revision_id, Finding.number, Finding.corrects)
        .join(Revision, Revision.id == Finding.revision_id)
        .where(Revision.entry_id.in_(entries))
        .order_by(Finding.number)
    )
    return {revision: (number, corrects) for revision, number, corrects in rows}


def _plan(one: Assignment) -> Plan:
    promise, source = one.promise, one.promise.source
    return Plan(
        cycle=one.cycle.names,
        alias=one.mobilizer.alias,
        level=promise.level,
        place=one.place.names,
        party=promise.party.names,
        topic=promise.topic.names,
        exact_words=promise.exact_words,
        source=rules.Source(
            source.kind,
            source.title,
            promise.source_spot,
            source.said_on,
            source.said_on_raw,
            source.link,
        ),
        due_on=promise.due_on,
        due_precision=promise.due_precision,
        due_raw=promise.due_raw,
        focus=promise.focus,
        institution=promise.institution,
        indicators=tuple(_indicator(measured) for measured in promise.indicators),
    )


def _indicator(one: Indicator) -> rules.Indicator:
    return rules.Indicator(
        position=one.position,
        text=one.text,
        unit=one.unit,
        target=one.target,
        frequency=one.frequency,
        unit_name=one.unit_name,
        baseline=one.baseline,
        baseline_on=one.baseline_on,
        methods=tuple(one.methods),
        data_source=one.data_source,
    )
