"""What may be approved from one list: the reports that say "same as last month"."""

from collections import defaultdict
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import aliased, joinedload, selectinload

from mobilizer.accounts.models import User
from mobilizer.assignments.models import Assignment
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.core.pages import Page
from mobilizer.evidence.models import Evidence
from mobilizer.evidence.rules.links import EvidenceKind
from mobilizer.monitoring.models import Entry, Revision, RevisionEvidence
from mobilizer.monitoring.queries import matrix_of
from mobilizer.monitoring.queries.reports import DROPPED
from mobilizer.monitoring.rules.contradictions import contradictions
from mobilizer.monitoring.rules.matrix import Answers
from mobilizer.monitoring.rules.workflow import RevisionKind
from mobilizer.promises.models import Promise
from mobilizer.review.queries.queue import ALL, Only, Shown, Waiting, lines, waiting
from mobilizer.review.rules import check_may_be_together
from mobilizer.scoring.rules import Rating


@dataclass(frozen=True)
class Alike:
    """One line of the list."""

    waiting: Waiting
    answers: Answers
    #: How things stood the month before.
    before: Rating | None
    #: The kinds of what it rests on.
    evidence: frozenset[EvidenceKind]

    @property
    def entry(self) -> Entry:
        """The report."""
        return self.waiting.entry

    @property
    def seen(self) -> str:
        """What is approved by ticking this line: exactly this revision."""
        newest = self.waiting.newest
        return f"{self.entry.id}.{newest.number}.{newest.sha256}"

    @property
    def tried(self) -> object:
        """What was tried, in the mobilizer's words."""
        return self.answers.get("tried", "")

    @property
    def bar(self) -> RuleBroken | None:
        """Why it has to be looked at by itself; None when it can be approved from the list."""
        matrix = matrix_of(self.entry.assignment.promise)
        month = self.entry.month
        found = contradictions(matrix, self.answers, month, self.before, self.evidence)
        try:
            check_may_be_together(self.waiting.newest.kind, found, self.waiting.returns)
        except RuleBroken as fault:
            return fault
        return None


def together(user: User, only: Only = ALL, number: int = 1) -> Page[Alike]:
    """One page of what waits for her and says that nothing changed, the oldest first."""
    listing = waiting(user, Shown.WAITING, replace(only, kind=RevisionKind.NO_CHANGE))
    promise = joinedload(Entry.assignment).joinedload(Assignment.promise)
    page = lines(listing.options(promise.options(selectinload(Promise.indicators))), number)
    revisions = [line.newest.id for line in page.rows]
    answers, kinds = _answers(revisions), _kinds(revisions)
    before = _ratings([line.entry.id for line in page.rows])
    rows = [
        Alike(
            line,
            answers[line.newest.id],
            before.get(line.entry.id),
            frozenset(kinds[line.newest.id]),
        )
        for line in page.rows
    ]
    return Page(rows, page.number, page.per_page, page.total)


def _answers(revisions: list[int]) -> dict[int, Answers]:
    found = select(Revision.id, Revision.answers).where(Revision.id.in_(revisions))
    return dict(db.session.execute(found).all())


def _kinds(revisions: list[int]) -> dict[int, set[EvidenceKind]]:
    """For each revision what kinds there are among its evidence."""
    kinds = defaultdict(set)
    found = (
        select(RevisionEvidence.revision_id, Evidence.kind)
        .join(Evidence, Evidence.id == RevisionEvidence.evidence_id)
        .where(RevisionEvidence.revision_id.in_(revisions))
        .distinct()
    )
    for revision, kind in db.session.execute(found):
        kinds[revision].add(kind)
    return kinds


def _ratings(entries: list[str]) -> dict[str, Rating]:
    """For each entry how its assignment was rated the month before (``monitoring.before``)."""
    earlier = aliased(Entry)
    rating = (
        select(Revision.rating)
        .join(earlier, Revision.entry_id == earlier.id)
        .where(
            earlier.assignment_id == Entry.assignment_id,
            earlier.month < Entry.month,
            earlier.state.not_in(DROPPED),
            Revision.number == earlier.newest,
            Revision.kind != RevisionKind.NOT_FOUND_OUT,
        )
        .order_by(earlier.month.desc())
        .limit(1)
        .correlate(Entry)
        .scalar_subquery()
    )
    return dict(db.session.execute(select(Entry.id, rating).where(Entry.id.in_(entries))).all())
