"""What the drawing goes by."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import Select, and_, case, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from mobilizer.accounts.models import Posting, StandIn, User
from mobilizer.accounts.rules import Role
from mobilizer.agreement.models import SecondLook
from mobilizer.agreement.queries.looking import LOOKED_AT
from mobilizer.agreement.rules import Asked, Candidate
from mobilizer.assignments.models import Assignment, Handover
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.monitoring.models import Comment, Entry, Revision
from mobilizer.monitoring.rules.workflow import EntryState, RevisionKind
from mobilizer.review.models import Decision
from mobilizer.scoring.rules import Rating

#: What was approved so long ago is not drawn any more: it bounds what is looked through each hour.
CAUGHT_UP = timedelta(days=30)


def to_draw(cycle: Cycle) -> Select[Revision]:
    """Full reports that wait, or were approved lately, and have no second look yet."""
    lately = (
        select(Decision.id)
        .where(Decision.revision_id == Revision.id, Decision.decided_at > clock.now() - CAUGHT_UP)
        .exists()
    )
    drawn = aliased(Revision)
    # Of one report one pair: what was looked at and then reopened is not drawn again.
    has_look = (
        select(SecondLook.id)
        .join(drawn, drawn.id == SecondLook.revision_id)
        .where(drawn.entry_id == Entry.id)
        .exists()
    )
    return (
        select(Revision)
        .join(Entry, and_(Entry.id == Revision.entry_id, Entry.newest == Revision.number))
        .join(Entry.assignment)
        .where(
            Assignment.cycle_id == cycle.id,
            Entry.is_quarantined.is_(False),
            or_(
                Entry.state == EntryState.SUBMITTED,
                and_(Entry.state == EntryState.APPROVED, lately),
            ),
            Revision.kind == RevisionKind.FULL,
            Revision.rating != Rating.NOT_YET_RATED,
            ~has_look,
        )
        .order_by(Revision.received_at, Revision.id)
    )


def open_looks(cycle: Cycle) -> Select[SecondLook]:
    """Second looks that were not given yet, the oldest first."""
    return (
        select(SecondLook)
        .join(SecondLook.revision)
        .join(Revision.entry)
        .join(Entry.assignment)
        .where(Assignment.cycle_id == cycle.id, SecondLook.given_at.is_(None))
        .order_by(SecondLook.drawn_at, SecondLook.id)
        .options(
            joinedload(SecondLook.revision).joinedload(Revision.entry).joinedload(Entry.assignment)
        )
    )


def is_wanted(look: SecondLook) -> bool:
    """Whether its report still stands as it was drawn."""
    entry = look.revision.entry
    return (
        entry.newest == look.revision.number
        and entry.state in LOOKED_AT
        and not entry.is_quarantined
    )


def candidates(cycle: Cycle) -> dict[int, Candidate]:
    """The mentors of a cycle with their regions and how often each was asked, by their ids."""
    held = db.session.execute(
        select(Posting.user_id, Posting.role, Posting.region_id)
        .join(User, User.id == Posting.user_id)
        .where(
            Posting.cycle_id == cycle.id,
            Posting.role.in_((Role.MENTOR, Role.COORDINATOR)),
            Posting.ended_at.is_(None),
            User.deactivated_at.is_(None),
        )
    ).all()
    asked = (
        select(SecondLook.coder_id, func.count())
        .join(SecondLook.revision)
        .join(Revision.entry)
        .join(Entry.assignment)
        .where(Assignment.cycle_id == cycle.id, SecondLook.coder_id.is_not(None))
        .group_by(SecondLook.coder_id)
    )
    loads = dict(db.session.execute(asked).all())
    coordinating = {user_id for user_id, role, _ in held if role == Role.COORDINATOR}
    regions = defaultdict(set)
    for user_id, role, region_id in held:
        if role == Role.MENTOR and region_id is not None:
            regions[user_id].add(region_id)
    for user_id, region_id in db.session.execute(_stood_in(cycle)).all():
        if region_id is not None:
            regions[user_id].add(region_id)
    return {
        user_id: Candidate(user_id, frozenset(hers), loads.get(user_id, 0), user_id in coordinating)
        for user_id, hers in regions.items()
    }


def _stood_in(cycle: Cycle) -> Select[int, int | None]:
    """Whose regions a mentor has looked after, or is to: their reports she can read by name."""
    return (
        select(StandIn.user_id, Posting.region_id)
        .join(StandIn.posting)
        .where(Posting.cycle_id == cycle.id)
    )


def asked_for(looks: Iterable[SecondLook]) -> dict[int, Asked]:
    """What bears on who may look, by the look's id: seven queries, however many there are."""
    looks = list(looks)
    ids = {look.revision.entry_id for look in looks}
    involved: dict[str, set[int | None]] = defaultdict(set)
    wrote = select(Revision.entry_id, Revision.author_id).where(Revision.entry_id.in_(ids))
    brought = wrote.with_only_columns(Revision.entry_id, Revision.handed_in_by_id)
    decided = (
        select(Revision.entry_id, Decision.by_id)
        .join(Revision, Revision.id == Decision.revision_id)
        .where(Revision.entry_id.in_(ids))
    )
    mentors = (
        select(Entry.id, Posting.mentor_id)
        .join(Entry.assignment)
        .join(
            Posting,
            and_(
                Posting.user_id == Assignment.mobilizer_id,
                Posting.cycle_id == Assignment.cycle_id,
            ),
        )
        .where(Entry.id.in_(ids), Posting.mentor_id.is_not(None))
    )
    spoke = select(Comment.entry_id, Comment.author_id).where(Comment.entry_id.in_(ids))
    for people in (wrote, brought, decided, mentors, spoke, _knowing(ids), _of_the_line(ids)):
        for entry_id, user_id in db.session.execute(people).all():
            involved[entry_id].add(user_id)
    return {look.id: _asked(look, involved[look.revision.entry_id]) for look in looks}


def _knowing(entry_ids: Iterable[str]) -> Select[str, int]:
    """Who may know of a report's author, in any cycle (``accounts.queries.visible_to``)."""
    hers, theirs = aliased(Posting), aliased(Posting)
    is_hers = or_(
        hers.role == Role.COORDINATOR,
        and_(hers.role == Role.MENTOR, hers.region_id == theirs.region_id),
    )
    within = and_(hers.cycle_id == theirs.cycle_id, is_hers)
    return (
        select(Entry.id, hers.user_id)
        .join(Entry.assignment)
        .join(theirs, theirs.user_id == Assignment.mobilizer_id)
        .join(hers, or_(hers.role == Role.ADMINISTRATOR, within))
        .where(Entry.id.in_(entry_ids), hers.ended_at.is_(None))
        .distinct()
    )


def _of_the_line(entry_ids: Iterable[str]) -> Select[str, int]:
    """The mentors of those who followed the same promise before, or do now it was handed over."""
    begins = select(Entry.id.label("of_id"), Entry.assignment_id.label("id"))
    line = begins.where(Entry.id.in_(entry_ids)).cte("passed", recursive=True)
    next_ = case((Handover.begun_id == line.c.id, Handover.ended_id), else_=Handover.begun_id)
    touches = or_(Handover.begun_id == line.c.id, Handover.ended_id == line.c.id)
    # Without doubles, so that going both ways ends.
    line = line.union(select(line.c.of_id, next_).join(Handover, touches))
    is_its_mentor = or_(
        Posting.user_id == Assignment.mentor_id, Posting.region_id == Assignment.region_id
    )
    return (
        select(line.c.of_id, Posting.user_id)
        .join(Assignment, Assignment.id == line.c.id)
        .join(Posting, and_(Posting.cycle_id == Assignment.cycle_id, is_its_mentor))
        .where(Posting.role == Role.MENTOR)
        .distinct()
    )


def _asked(look: SecondLook, involved: Iterable[int | None]) -> Asked:
    assignment = look.revision.entry.assignment
    people = {*involved, assignment.mobilizer_id, assignment.mentor_id}
    near = frozenset(one for one in people if one is not None)
    return Asked(look.revision.entry_id, assignment.region_id, near)
