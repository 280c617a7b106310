"""The two ratings side by side, once both are in; and what they come to."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Row, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload, lazyload

from mobilizer.accounts.models import User
from mobilizer.accounts.rules import Role
from mobilizer.agreement.models import SecondLook, TakenFigures
from mobilizer.agreement.rules.alpha import Agreement, agreement, as_told
from mobilizer.assignments.models import Assignment
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.pages import Page, paged
from mobilizer.cycles.models import Cycle
from mobilizer.cycles.queries import window
from mobilizer.findings.models import Finding
from mobilizer.monitoring.models import Entry, Revision
from mobilizer.review.models import Decision
from mobilizer.review.rules import Verdict
from mobilizer.scoring.rules import Rating


@dataclass(frozen=True)
class Compared:
    """What was published of a report, beside what the second mentor said of it."""

    look: SecondLook
    finding: Finding


@dataclass(frozen=True)
class Standing:
    """How the second looks of a cycle stand, for its coordinator."""

    cycle: Cycle
    #: Asked for and not given yet.
    open: int
    #: Of these, drawn while there is no mentor who may look.
    without_mentor: int
    figures: Agreement


def _both_in() -> Select[SecondLook]:
    """The second looks that were given, at what somebody else approved and nobody corrected."""
    return _given().where(~_is_corrected())


def _is_corrected() -> ColumnElement[bool]:
    later = aliased(Finding)
    return exists().where(later.corrects == Finding.number).correlate(Finding)


def _given() -> Select[SecondLook]:
    """The second looks that were given, at what somebody else approved."""
    return (
        select(SecondLook)
        .join(Finding, Finding.revision_id == SecondLook.revision_id)
        .join(
            Decision,
            and_(
                Decision.revision_id == SecondLook.revision_id,
                Decision.verdict == Verdict.APPROVE,
                Decision.by_id != SecondLook.coder_id,
            ),
        )
        .where(SecondLook.given_at.is_not(None))
    )


def compared(user: User) -> Select[SecondLook]:
    """The pairs she may know of: those of cycles she runs, and those she is one half of."""
    hers = and_(
        Finding.cycle_id.in_(user.cycle_ids(Role.MENTOR)),
        or_(SecondLook.coder_id == user.id, Decision.by_id == user.id),
    )
    return _both_in().where(or_(Finding.cycle_id.in_(user.cycle_ids(Role.COORDINATOR)), hers))


def differing(user: User, number: int) -> Page[Compared]:
    """One page of the pairs that disagree, the latest first: two queries."""
    listing = (
        compared(user)
        .where(SecondLook.rating.is_not(None), SecondLook.rating != Finding.rating)
        .order_by(SecondLook.given_at.desc(), SecondLook.id.desc())
        .options(
            joinedload(SecondLook.coder).options(lazyload(User.postings)),
            joinedload(SecondLook.revision)
            .joinedload(Revision.entry)
            .joinedload(Entry.assignment)
            .options(joinedload(Assignment.promise), joinedload(Assignment.place)),
        )
    )
    page = paged(listing, number)
    published = findings_of(page.rows)
    rows = [Compared(look, published[look.revision_id]) for look in page.rows]
    return Page(rows, page.number, page.per_page, page.total)


def findings_of(looks: Sequence[SecondLook]) -> dict[int | None, Finding]:
    """What was published of these reports, by their revisions."""
    wanted = select(Finding).where(Finding.revision_id.in_([one.revision_id for one in looks]))
    return {one.revision_id: one for one in db.session.scalars(wanted)}


def finding_beside(user: User, look: SecondLook) -> Finding | None:
    """What was published of a report, to whom may know both ratings; None before both are in."""
    found = db.session.scalar(compared(user).where(SecondLook.id == look.id))
    return findings_of([found])[found.revision_id] if found else None


def figures(cycle: Cycle) -> Agreement:
    """What the second looks of a cycle come to. One query, two while there are none.

    Measured anew once a pair came in; until then as it was told where the cycle was taken from.
    """
    rows = _side_by_side(cycle)
    if not rows and (taken := db.session.get(TakenFigures, cycle.id)) is not None:
        return as_told(taken.row)
    standing = {(one, two): every - left_out for one, two, every, left_out in rows}
    return agreement(
        {pair: number for pair, number in standing.items() if number},
        corrected=sum(left_out for *_, left_out in rows),
    )


def taken_over(cycle: Cycle) -> TakenFigures | None:
    """The figures that came with a cycle, while there are none of our own."""
    return None if _side_by_side(cycle) else db.session.get(TakenFigures, cycle.id)


def _side_by_side(cycle: Cycle) -> Sequence[Row[Rating, Rating, int, int]]:
    corrected = func.sum(case((_is_corrected(), 1), else_=0))
    pairs = (
        _given()
        .where(Finding.cycle_id == cycle.id)
        .with_only_columns(Finding.rating, SecondLook.rating, func.count(), corrected)
        .group_by(Finding.rating, SecondLook.rating)
    )
    return db.session.execute(pairs).all()


def standing(user: User) -> list[Standing]:
    """How the second looks stand in the cycles she runs."""
    cycles = select(Cycle).where(Cycle.id.in_(user.cycle_ids(Role.COORDINATOR)))
    running = db.session.scalars(cycles.order_by(Cycle.id.desc())).all()
    waits = (
        select(Assignment.cycle_id, func.count(), func.count(SecondLook.coder_id))
        .select_from(SecondLook)
        .join(SecondLook.revision)
        .join(Revision.entry)
        .join(Entry.assignment)
        .where(SecondLook.given_at.is_(None))
        .group_by(Assignment.cycle_id)
    )
    found = {cycle_id: (every, asked) for cycle_id, every, asked in db.session.execute(waits)}
    rows = []
    for cycle in running:
        every, asked = found.get(cycle.id, (0, 0))
        rows.append(Standing(cycle, every, every - asked, figures(cycle)))
    return rows


def is_over(cycle: Cycle) -> bool:
    """Whether nothing can be filed any more: then the seed of the drawing is published."""
    return clock.today(cycle.time_zone) > window(cycle, cycle.last_month).closes
