"""One report with all it takes to fill it in: the matrix, the month before, what was said of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload, lazyload, selectinload

from mobilizer.accounts.models import User
from mobilizer.assignments.models import Assignment
from mobilizer.assignments.queries import lines
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.errors import NotVisible
from mobilizer.cycles.queries import window_for
from mobilizer.cycles.rules import Window
from mobilizer.evidence.models import Evidence
from mobilizer.monitoring.models import Comment, Entry, Revision
from mobilizer.monitoring.queries.visible import assignments_of
from mobilizer.monitoring.rules.answers import Reading, read, without_evidence
from mobilizer.monitoring.rules.carry import carried
from mobilizer.monitoring.rules.contradictions import Contradiction, contradictions
from mobilizer.monitoring.rules.draft import Draft
from mobilizer.monitoring.rules.matrix import Matrix, Measure
from mobilizer.monitoring.rules.workflow import WORKFLOW, EntryState, RevisionKind, Verb
from mobilizer.places.models import Place
from mobilizer.places.queries import municipalities
from mobilizer.promises.models import Promise

#: What never became, or no longer is, a statement to go on from.
DROPPED = (EntryState.REJECTED, EntryState.WITHDRAWN)
#: So many comments stand beside a report; all of them on the page of its thread.
MOST_SHOWN = 40


@dataclass(frozen=True)
class Report:
    """One assignment in one month, as its author works on it."""

    assignment: Assignment
    month: date
    window: Window
    today: date
    matrix: Matrix
    entry: Entry | None
    newest: Revision | None
    #: The last report before this month that said how things stand.
    before: Revision | None
    #: What others said about the newest revision, and what they asked before and is still open.
    comments: tuple[Comment, ...]

    @property
    def draft(self) -> Draft:
        """What is typed so far; else what was sent; else what last month said."""
        if self.entry is not None and self.entry.draft is not None:
            return Draft.stored(self.entry.draft)
        if self.newest is not None:
            known = {n: v for n, v in self.newest.answers.items() if n in self.matrix.fields}
            return Draft(
                known or self._carried,
                tuple(piece.id for piece in self.newest.evidence),
                contradiction_reason=self.newest.contradiction_reason,
            )
        return Draft(self._carried)

    @property
    def _carried(self) -> dict[str, object]:
        return carried(self.matrix, self.before.answers) if self.before else {}

    @property
    def version(self) -> str:
        """What a page must bring back to show that it knew the newest state."""
        return version(self.entry)

    @property
    def is_taken_over(self) -> bool:
        """Whether the month before was reported by whoever followed this promise before her."""
        return self.before is not None and self.before.author_id != self.assignment.mobilizer_id

    @property
    def is_begun(self) -> bool:
        """Whether something is typed and not sent."""
        return self.entry is not None and self.entry.draft is not None

    @property
    def is_waiting(self) -> bool:
        """Whether it is sent, waits for review, and nothing was typed since."""
        sent = self.entry is not None and self.entry.state == EntryState.SUBMITTED
        return sent and not self.is_begun

    @property
    def has_opened(self) -> bool:
        """Whether the month may be reported on."""
        return self.today >= self.window.opens

    @property
    def is_editable(self) -> bool:
        """Whether its author may still send."""
        state = self.entry.state if self.entry else EntryState.DRAFT
        return self.has_opened and (state, Verb.SUBMIT) in WORKFLOW

    @property
    def is_withdrawable(self) -> bool:
        """Whether its author may take it back."""
        return self.entry is not None and (self.entry.state, Verb.WITHDRAW) in WORKFLOW

    @property
    def commented(self) -> set[str]:
        """The fields to change or to answer; "" for the whole. Only a return asks for it."""
        if self.entry is None or self.entry.state != EntryState.RETURNED:
            return set()
        return {comment.field for comment in self.comments if comment.is_open}

    def evidence(self, draft: Draft) -> list[Evidence]:
        """The pieces of evidence a draft rests on, in the order in which they were added."""
        known = self.entry.evidence if self.entry else []
        return [piece for piece in known if piece.id in draft.evidence]

    def read(self, draft: Draft) -> Reading:
        """What a draft says, with every fault, the lack of evidence among them."""
        reading = read(self.matrix, draft.fields, self.today)
        pieces = [piece.indicators for piece in self.evidence(draft)]
        reading.faults.extend(without_evidence(self.matrix, reading.answers, pieces))
        return reading

    def contradictions(
        self, answers: dict[str, object], evidence: Iterable[Evidence]
    ) -> list[Contradiction]:
        """Where these answers disagree with their rating, or with what they rest on."""
        before = self.before.rating if self.before else None
        kinds = {piece.kind for piece in evidence}
        return contradictions(self.matrix, answers, self.month, before, kinds)


def version(entry: Entry | None) -> str:
    """Changes whenever a draft is saved or a revision sent."""
    if entry is None:
        return "0.0"
    return f"{entry.newest}.{entry.draft['number'] if entry.draft else 0}"


def matrix_of(promise: Promise) -> Matrix:
    """The matrix of a promise."""
    measures = tuple(
        Measure(one.position, one.unit, one.target, one.baseline) for one in promise.indicators
    )
    return Matrix(promise.level, measures, promise.due_on)


def report(user: User, assignment_id: str, month: date) -> Report:
    """The report of one's own assignment in a month, begun or not.

    Raises:
        NotVisible: it is another's assignment, or not in this month.
    """
    found = db.one_or_404(
        assignments_of(user)
        .where(Assignment.id == assignment_id)
        .options(joinedload(Assignment.cycle), joinedload(Assignment.promise))
    )
    if not found.first_month <= month <= found.last_month:
        raise NotVisible
    entry = db.session.scalar(
        select(Entry)
        .where(Entry.assignment_id == found.id, Entry.month == month)
        .options(selectinload(Entry.evidence))
    )
    return report_on(found, month, entry)


def report_on(assignment: Assignment, month: date, entry: Entry | None) -> Report:
    """The same, for whoever has looked up the entry already."""
    newest = newest_of(entry) if entry else None
    return Report(
        assignment=assignment,
        month=month,
        window=window_of(assignment, month),
        today=clock.today(assignment.cycle.time_zone),
        matrix=matrix_of(assignment.promise),
        entry=entry,
        newest=newest,
        before=before(assignment.id, month),
        comments=open_comments(newest, assignment.mobilizer_id) if newest else (),
    )


def newest_of(entry: Entry) -> Revision | None:
    """The newest revision of an entry."""
    return db.session.scalar(
        select(Revision).where(Revision.entry_id == entry.id, Revision.number == entry.newest)
    )


def before(assignment_id: str, month: date) -> Revision | None:
    """The last revision before a month that says how things stand: a full one, or "the same".

    Of what was taken over from somebody else, only what was approved.
    """
    line = lines([assignment_id])
    is_own = line.c.id == line.c.of_id
    return db.session.scalar(
        select(Revision)
        .join(Revision.entry)
        .join(line, line.c.id == Entry.assignment_id)
        .where(
            or_(
                and_(is_own, Entry.state.not_in(DROPPED)),
                and_(~is_own, Entry.state == EntryState.APPROVED),
            ),
            Entry.month < month,
            Revision.kind != RevisionKind.NOT_FOUND_OUT,
            Revision.number == Entry.newest,
        )
        .order_by(Entry.month.desc())
        .limit(1)
    )


def open_comments(newest: Revision, author_id: int) -> tuple[Comment, ...]:
    """What others than the author said about the newest revision or still ask, oldest first.

    What is open comes before what is not, if there is more than anybody would read here.
    """
    found = db.session.scalars(
        select(Comment)
        .where(
            Comment.entry_id == newest.entry_id,
            Comment.author_id != author_id,
            or_(Comment.revision_id == newest.id, Comment.is_open),
        )
        .options(joinedload(Comment.author).options(lazyload(User.postings)))
        .order_by(Comment.is_open.desc(), Comment.id.desc())
        .limit(MOST_SHOWN)
    )
    return tuple(sorted(found, key=lambda comment: comment.id))


def window_of(assignment: Assignment, month: date) -> Window:
    """When a month may be filed for an assignment, with its author's extension if there is one."""
    return window_for(assignment.cycle, assignment.mobilizer_id, month)


def places_for(assignment: Assignment) -> list[Place]:
    """Where evidence for an assignment can come from: its region, and the municipalities there."""
    return [assignment.region, *db.session.scalars(municipalities(assignment.region))]
