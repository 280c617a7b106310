"""One report with all it takes to decide on it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, lazyload, selectinload

from mobilizer.accounts.models import User
from mobilizer.accounts.rules import Role
from mobilizer.assignments.models import Assignment
from mobilizer.conversation.queries import shown_in
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.errors import NotVisible, RuleBroken
from mobilizer.evidence.models import Evidence
from mobilizer.evidence.queries import is_complete
from mobilizer.monitoring.models import Comment, Entry, Revision
from mobilizer.monitoring.queries import before, matrix_of, visible_to
from mobilizer.monitoring.rules.answers import EVIDENCE
from mobilizer.monitoring.rules.carry import changed
from mobilizer.monitoring.rules.contradictions import Contradiction, contradictions
from mobilizer.monitoring.rules.matrix import BECAUSE, TRIED, Field, Matrix
from mobilizer.monitoring.rules.workflow import RevisionKind
from mobilizer.promises.models import Promise
from mobilizer.promises.rules import PromiseState
from mobilizer.review.models import Decision, Reopening
from mobilizer.review.queries.queue import received_on
from mobilizer.review.rules import (
    WHOLE,
    Brought,
    Standing,
    Verdict,
    check_may_decide,
    check_may_reopen,
    due_on,
    is_overdue,
    lacking,
)

#: What the two short reports ask beside the matrix.
SHORT = {one.name: one for one in (BECAUSE, TRIED)}
#: Shown by itself, because it is a word to the mentor and no part of the report.
NOTE = "note_mentor"


@dataclass(frozen=True)
class Row:
    """One field of the matrix, last month beside this month."""

    field: Field
    before: object
    now: object
    #: It differs from last month.
    is_changed: bool
    #: It differs from the revision that was sent back.
    is_mended: bool


@dataclass(frozen=True)
class Case:
    """A report on a mentor's desk."""

    entry: Entry
    newest: Revision
    #: The revision before, of the same month.
    former: Revision | None
    #: The last month that said how things stand.
    last: Revision | None
    matrix: Matrix
    #: What is open and what was said last; all of it stands on the thread's own page.
    comments: tuple[Comment, ...]
    decisions: tuple[Decision, ...]
    reopenings: tuple[Reopening, ...]
    standing: Standing

    @property
    def assignment(self) -> Assignment:
        """Who reports on which promise, where."""
        return self.entry.assignment

    @property
    def compared_with(self) -> Revision | None:
        """Last month, where this one answers the same: who could not find out was not asked."""
        return None if self.newest.kind is RevisionKind.NOT_FOUND_OUT else self.last

    @cached_property
    def fields(self) -> dict[str, Field]:
        """The fields that are answered here or were last month, in the order of the matrix."""
        return self._answered(self.newest, self.compared_with)

    @property
    def untouched(self) -> dict[str, Field]:
        """The fields of last month of which this report says nothing, because it could not."""
        return self._answered(self.last) if self.last and not self.compared_with else {}

    def _answered(self, *revisions: Revision | None) -> dict[str, Field]:
        known = {**SHORT, **self.matrix.fields}
        said = {name for one in revisions if one for name in one.answers}
        return {name: one for name, one in known.items() if name in said and name != NOTE}

    @property
    def commentable(self) -> tuple[str, ...]:
        """What a comment can be about."""
        return (WHOLE, EVIDENCE, *self.fields)

    @cached_property
    def rows(self) -> list[Row]:
        """The matrix, field by field."""
        was = self.compared_with.answers if self.compared_with else {}
        now = self.newest.answers
        differing = set(changed(was, now)) if self.compared_with else set()
        mended = set(changed(self.former.answers, now)) if self.former else set()
        return [
            Row(one, was.get(name, ""), now.get(name, ""), name in differing, name in mended)
            for name, one in self.fields.items()
        ]

    @cached_property
    def contradictions(self) -> list[Contradiction]:
        """Where the answers disagree with the rating, or with what they rest on."""
        newest, rated = self.newest, self.last.rating if self.last else None
        return contradictions(self.matrix, newest.answers, self.entry.month, rated, newest.kinds)

    @property
    def steps(self) -> list[Decision | Reopening]:
        """What was decided and what was reopened, in one line, the latest first."""
        # Of one moment it was decided first and reopened then: sorting keeps that order.
        steps: list[Decision | Reopening] = [*self.reopenings, *self.decisions]
        return sorted(steps, key=_taken_at, reverse=True)

    @property
    def bar(self) -> RuleBroken | None:
        """Why this person cannot decide on it now; None when she can."""
        try:
            check_may_decide(self.standing, Verdict.APPROVE)
        except RuleBroken as fault:
            return fault
        return None

    @property
    def may_reopen(self) -> bool:
        """Whether this person can send it back to be corrected."""
        try:
            check_may_reopen(self.standing)
        except RuleBroken:
            return False
        return True

    @cached_property
    def can_be_mended(self) -> bool:
        """Whether whoever filed it can still send it again."""
        filed = self.assignment
        return filed.mobilizer.is_active and filed.cycle_id in filed.mobilizer.cycle_ids(
            Role.MOBILIZER
        )

    @cached_property
    def lacking(self) -> list[RuleBroken]:
        """What stands against approving it, but for files that are not there."""
        return lacking(brought(self))

    @property
    def is_overdue(self) -> bool:
        """Whether it has waited for too long."""
        cycle = self.assignment.cycle
        today = clock.today(cycle.time_zone)
        return self.bar is None and is_overdue(received_on(self.entry), cycle.review_days, today)

    @property
    def due_on(self) -> object:
        """The last day on which a decision is not overdue."""
        return due_on(received_on(self.entry), self.assignment.cycle.review_days)

    def said_of(self, about: str) -> list[Comment]:
        """The comments on a field, or on the whole, oldest first."""
        return [comment for comment in self.comments if comment.field == about]


def case(user: User, entry_id: str) -> Case:
    """A report that was sent in, if this person may know of it.

    Args:
        user: who looks at it.
        entry_id: of the report.

    Raises:
        NotVisible: she may not, or nothing was sent yet.
    """
    nobodys = lazyload(User.postings)
    entry = db.one_or_404(
        visible_to(user)
        .where(Entry.id == entry_id, Entry.newest > 0)
        .options(
            joinedload(Entry.assignment).options(
                joinedload(Assignment.cycle),
                joinedload(Assignment.place),
                joinedload(Assignment.region),
                joinedload(Assignment.mobilizer).options(nobodys),
                joinedload(Assignment.promise).options(
                    joinedload(Promise.source), selectinload(Promise.indicators)
                ),
            )
        )
    )
    revisions = _revisions(entry)
    decisions = decisions_on(entry)
    return Case(
        entry=entry,
        newest=revisions[0],
        former=revisions[1] if len(revisions) > 1 else None,
        last=before(entry.assignment_id, entry.month),
        matrix=matrix_of(entry.assignment.promise),
        comments=tuple(shown_in(entry)),
        decisions=decisions,
        reopenings=_reopenings(entry),
        standing=standing(user, entry, decisions),
    )


def _revisions(entry: Entry) -> list[Revision]:
    """The newest revision and the one before it."""
    found = db.session.scalars(
        select(Revision)
        .where(Revision.entry_id == entry.id, Revision.number > entry.newest - 2)
        .order_by(Revision.number.desc())
        .options(
            joinedload(Revision.author).options(lazyload(User.postings)),
            selectinload(Revision.evidence).options(
                joinedload(Evidence.media),
                joinedload(Evidence.place),
                joinedload(Evidence.upload),
            ),
        )
    ).all()
    if not found:
        raise NotVisible
    return list(found)


def _taken_at(step: Decision | Reopening) -> datetime:
    return step.decided_at if isinstance(step, Decision) else step.reopened_at


def decisions_on(entry: Entry) -> tuple[Decision, ...]:
    """All decisions on an entry, the latest first."""
    found = db.session.scalars(
        select(Decision)
        .join(Decision.revision)
        .where(Revision.entry_id == entry.id)
        .order_by(Decision.id.desc())
        .options(
            joinedload(Decision.by).options(lazyload(User.postings)),
            joinedload(Decision.stands_in_for).options(lazyload(User.postings)),
            joinedload(Decision.revision),
        )
    )
    return tuple(found)


def _reopenings(entry: Entry) -> tuple[Reopening, ...]:
    """How often it was sent back to be corrected, the latest first."""
    nobodys = joinedload(Reopening.by).options(lazyload(User.postings))
    listing = select(Reopening).where(Reopening.entry_id == entry.id).options(nobodys)
    return tuple(db.session.scalars(listing.order_by(Reopening.id.desc())))


def standing(user: User, entry: Entry, decisions: tuple[Decision, ...]) -> Standing:
    """How a person and an entry stand to each other."""
    # For each revision that she wrote or handed in, whether she wrote it.
    hers = select(Revision.author_id == user.id).where(
        Revision.entry_id == entry.id,
        or_(Revision.author_id == user.id, Revision.handed_in_by_id == user.id),
    )
    wrote = db.session.scalars(hers.distinct()).all()
    return Standing(
        state=entry.state,
        is_own=entry.assignment.mobilizer_id == user.id or any(wrote),
        reach=user.reach("entry.review", entry.assignment.cycle_id),
        returns=sum(decision.verdict is Verdict.RETURN for decision in decisions),
        is_quarantined=entry.is_quarantined,
        has_handed_in=not all(wrote),
    )


def brought(of: Case, *, looks_at_files: bool = False) -> Brought:
    """What the newest revision brings; files are looked for only where it is asked."""
    photos = (piece.media for piece in of.newest.evidence if piece.media is not None)
    return Brought(
        kind=of.newest.kind,
        matrix=of.matrix,
        answers=of.newest.answers,
        evidence=tuple(tuple(piece.indicators) for piece in of.newest.evidence),
        contradictions=tuple(of.contradictions),
        contradiction_reason=of.newest.contradiction_reason,
        is_media_complete=not looks_at_files or all(is_complete(media) for media in photos),
        uploads=tuple(piece.upload.state for piece in of.newest.evidence if piece.upload),
        is_promise_published=of.assignment.promise.state is PromiseState.PUBLISHED,
    )
