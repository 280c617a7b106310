"""What a second mentor may see: what was drawn to her, and of that what the public could read.

Neither who wrote it, nor the rating it gives, nor what was decided.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.strategy_options import _AbstractLoad as Load

from mobilizer.accounts.models import User
from mobilizer.accounts.rules import Role
from mobilizer.agreement.models import SecondLook
from mobilizer.assignments.models import Assignment
from mobilizer.core.database import db
from mobilizer.evidence.models import Evidence
from mobilizer.findings.models import Finding
from mobilizer.findings.queries import of_promise
from mobilizer.findings.rules import public_content
from mobilizer.monitoring.models import Entry, Revision, RevisionEvidence
from mobilizer.monitoring.queries import matrix_of
from mobilizer.monitoring.rules.matrix import Field
from mobilizer.monitoring.rules.workflow import EntryState
from mobilizer.promises.models import Promise
from mobilizer.review.actions import may_be_shown

#: The states in which a second look at the newest revision is still wanted.
LOOKED_AT = (EntryState.SUBMITTED, EntryState.APPROVED)
#: The mobilizer's own judgement, and what is asked only of some ratings: it would give hers away.
JUDGED = re.compile(r"light_[1-9]|stagnation|stagnation_other")


@dataclass(frozen=True)
class Looked:
    """One report as a second mentor is shown it."""

    look: SecondLook
    #: What the public read about the promise in this place before the month of the report.
    reading: Finding | None
    evidence: tuple[Evidence, ...]
    #: How many pieces are kept from her as from the public.
    hidden: int

    @property
    def entry(self) -> Entry:
        """The report."""
        return self.look.revision.entry

    @property
    def assignment(self) -> Assignment:
        """Which promise, where."""
        return self.entry.assignment

    @cached_property
    def rows(self) -> list[tuple[Field, object]]:
        """The answers that are published, but for judgements, in the order of the matrix."""
        revision = self.look.revision
        content = public_content(
            kind=revision.kind.value, language="", answers=revision.answers, evidence=()
        )
        answers = content.get("answers", {})
        return [
            (one, answers[name])
            for name, one in matrix_of(self.assignment.promise).fields.items()
            if name in answers and not JUDGED.fullmatch(name)
        ]


def visible_to(user: User) -> Select[SecondLook]:
    """What was drawn to her, in the cycles she still mentors in; as long as the report stands."""
    is_wanted = (Entry.newest == Revision.number) & Entry.state.in_(LOOKED_AT)
    return (
        select(SecondLook)
        .join(SecondLook.revision)
        .join(Revision.entry)
        .join(Entry.assignment)
        .where(
            SecondLook.coder_id == user.id,
            Assignment.cycle_id.in_(user.cycle_ids(Role.MENTOR)),
            or_(SecondLook.given_at.is_not(None), is_wanted),
        )
    )


def waiting(user: User) -> Select[SecondLook]:
    """What still waits for her second look, the oldest first."""
    return (
        visible_to(user)
        .where(SecondLook.given_at.is_(None))
        .order_by(SecondLook.drawn_at, SecondLook.id)
        .options(_as_shown())
    )


def looked(user: User, look_id: int) -> Looked:
    """One report for a second look.

    Raises:
        NotVisible: it was not drawn to her.
    """
    wanted = visible_to(user).where(SecondLook.id == look_id)
    look: SecondLook = db.one_or_404(
        wanted.options(
            _as_shown(),
            joinedload(SecondLook.revision)
            .selectinload(Revision.evidence)
            .options(joinedload(Evidence.media), joinedload(Evidence.place)),
        )
    )
    entry, pieces = look.revision.entry, look.revision.evidence
    before = of_promise(entry.assignment.promise_id).where(
        Finding.place_id == entry.assignment.place_id, Finding.month < entry.month
    )
    shown = tuple(piece for piece in pieces if may_be_shown(piece))
    return Looked(
        look, db.session.scalars(before.limit(1)).first(), shown, len(pieces) - len(shown)
    )


def evidence_of(user: User, look_id: int, uid: str) -> Evidence:
    """One piece of evidence of a report that was drawn to her.

    Raises:
        NotVisible: it belongs to no such report, or is kept from the public.
    """
    hers = visible_to(user).where(SecondLook.id == look_id)
    named = select(RevisionEvidence.evidence_id).where(
        RevisionEvidence.revision_id.in_(hers.with_only_columns(SecondLook.revision_id))
    )
    return db.one_or_404(
        select(Evidence).where(
            Evidence.id == uid, Evidence.id.in_(named), Evidence.has_consent.is_(True)
        )
    )


def _as_shown() -> Load:
    """With promise, place and cycle; never with people."""
    return (
        joinedload(SecondLook.revision)
        .joinedload(Revision.entry)
        .joinedload(Entry.assignment)
        .options(
            joinedload(Assignment.cycle),
            joinedload(Assignment.place),
            joinedload(Assignment.promise).options(
                joinedload(Promise.source), selectinload(Promise.indicators)
            ),
        )
    )
