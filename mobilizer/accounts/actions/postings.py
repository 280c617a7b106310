"""Giving and taking roles. The caller commits."""

from datetime import timedelta

from sqlalchemy import select

from mobilizer.accounts import queries
from mobilizer.accounts.actions.withdrawing import withdraw_unfounded
from mobilizer.accounts.models import Posting, User
from mobilizer.accounts.rules import Role
from mobilizer.accounts.rules.postings import Place, check_grant, check_place
from mobilizer.audit.actions import record
from mobilizer.core import clock
from mobilizer.core.database import db, locked
from mobilizer.core.errors import RuleBroken
from mobilizer.core.sessions import end_sessions
from mobilizer.core.words import N_

#: The same role again within this time is the same: a button was pressed twice.
SAME_WITHIN = timedelta(minutes=10)


def check_may_grant(by: User | None, role: Role, cycle_id: int | None) -> None:
    """Whether somebody may give or take a role; the operator's command line may.

    Raises:
        RuleBroken: she may not.
    """
    if by is not None:
        own = [(posting.role, posting.cycle_id) for posting in by.current_postings]
        check_grant(role, cycle_id, own)


def add(user: User, role: Role, place: Place, *, by: User | None) -> Posting:
    """Give a person a role. The same again at once is the same.

    Raises:
        RuleBroken: the role is not held there, she holds it already, it is one's own, or who
            gives it may not.
    """
    _check_not_own(user, by)
    check_place(role, place)
    check_may_grant(by, role, place.cycle_id)
    return _just_given(user, role, place) or keep(user, role, place, by=by)


def _just_given(user: User, role: Role, place: Place) -> Posting | None:
    """The posting that the first of two presses of one button has made."""
    db.session.scalars(locked(select(User).where(User.id == user.id))).one()
    made = select(Posting).where(
        Posting.user_id == user.id,
        Posting.role == role,
        Posting.cycle_id == place.cycle_id,
        Posting.region_id == place.region_id,
        Posting.ended_at.is_(None),
        Posting.created_at >= clock.now() - SAME_WITHIN,
    )
    if place.mentor_id is not None:
        made = made.where(Posting.mentor_id == place.mentor_id)
    return db.session.scalars(made).first()


def keep(user: User, role: Role, place: Place, *, by: User | None) -> Posting:
    """Make a posting that somebody entitled has decided on: at once, or by an invitation."""
    place = with_mentor(role, place, of=user.id)
    check_place(role, place)
    db.session.scalars(locked(select(User).where(User.id == user.id))).one()
    _check_is_new(user, role, place)
    posting = Posting(
        user=user,
        role=role,
        cycle_id=place.cycle_id,
        region_id=place.region_id,
        mentor_id=place.mentor_id,
        created_at=clock.now(),
    )
    db.session.add(posting)
    db.session.flush()
    end_sessions(user.id)
    held = {"role": role, "cycle_id": place.cycle_id, "region_id": place.region_id}
    record(by, "posting.add", posting, to=held)
    _adopt(posting, by=by)
    return posting


def _adopt(posting: Posting, *, by: User | None) -> None:
    """A region's first mentor gets the mobilizers who came before her."""
    cycle_id, region_id = posting.cycle_id, posting.region_id
    if posting.role != Role.MENTOR or cycle_id is None or region_id is None:
        return
    if queries.only_mentor(cycle_id, region_id) == posting.user_id:
        _give(posting, mentor_id=None, to=posting.user_id, by=by)


def with_mentor(role: Role, place: Place, *, of: int | None = None) -> Place:
    """A mobilizer's place with her mentor: the one that is named, else the region's only one.

    Raises:
        RuleBroken: who is named is no mentor of the region, or is the mobilizer herself.
    """
    if role != Role.MOBILIZER or place.cycle_id is None or place.region_id is None:
        return place
    if place.mentor_id is None:
        only = queries.only_mentor(place.cycle_id, place.region_id, but=of)
        return Place(place.cycle_id, place.region_id, only)
    _check_mentor(place, of)
    return place


def _check_mentor(place: Place, of: int | None) -> None:
    mentors = queries.mentors(place.cycle_id or 0, place.region_id or 0)
    if place.mentor_id == of:
        raise RuleBroken(N_("Nobody is her own mentor."), field="mentor")
    if db.session.scalars(mentors.where(User.id == place.mentor_id)).first() is None:
        raise RuleBroken(N_("This person is not a mentor of the region."), field="mentor")


def move(posting: Posting, *, region_id: int | None, mentor_id: int | None, by: User) -> None:
    """Give a posting another region or another mentor.

    Raises:
        RuleBroken: the role is not held there, or who moves it may not.
    """
    _check_open(posting, by)
    place = Place(posting.cycle_id, region_id, mentor_id)
    place = with_mentor(posting.role, place, of=posting.user_id)
    check_place(posting.role, place)
    _check_is_new(posting.user, posting.role, place, but=posting.id)
    before = {"region_id": posting.region_id, "mentor_id": posting.mentor_id}
    after = {"region_id": place.region_id, "mentor_id": place.mentor_id}
    changes = {
        name: {"from": before[name], "to": after[name]}
        for name in before
        if before[name] != after[name]
    }
    if not changes:
        return
    left = posting.region_id if "region_id" in changes else None
    posting.region_id, posting.mentor_id = place.region_id, place.mentor_id
    db.session.flush()
    record(by, "posting.change", posting, changed=changes)
    if posting.role == Role.MENTOR and left is not None:
        _hand_over(posting, left, by=by)


def end(posting: Posting, *, by: User) -> None:
    """Take a role from a person. She is signed out, and her mobilizers get the mentor who is left.

    Raises:
        RuleBroken: it has ended, it is one's own, or who ends it may not.
    """
    _check_open(posting, by)
    posting.ended_at = clock.now()
    db.session.flush()
    end_sessions(posting.user_id)
    record(by, "posting.end", posting, role=posting.role)
    withdraw_unfounded(posting.user, by=by)
    if posting.role == Role.MENTOR and posting.region_id is not None:
        _hand_over(posting, posting.region_id, by=by)


def _hand_over(left: Posting, region_id: int, *, by: User) -> None:
    """Give a mentor's mobilizers of a region to the only one who remains, or to nobody yet."""
    heir = queries.only_mentor(left.cycle_id or 0, region_id, but=left.user_id)
    _give(left, mentor_id=left.user_id, to=heir, by=by, region_id=region_id)


def _give(
    posting: Posting,
    *,
    mentor_id: int | None,
    to: int | None,
    by: User | None,
    region_id: int | None = None,
) -> None:
    """Give the mobilizers of a mentor, or of none, another: in a posting's cycle and region."""
    theirs = select(Posting).where(
        Posting.role == Role.MOBILIZER,
        Posting.cycle_id == posting.cycle_id,
        Posting.region_id == (region_id or posting.region_id),
        Posting.mentor_id == mentor_id,
        Posting.ended_at.is_(None),
    )
    for mobilizer in db.session.scalars(theirs):
        new = to if to != mobilizer.user_id else None
        if mobilizer.mentor_id != new:
            change = {"from": mobilizer.mentor_id, "to": new}
            mobilizer.mentor_id = new
            record(by, "posting.change", mobilizer, changed={"mentor_id": change})


def _check_open(posting: Posting, by: User) -> None:
    _check_not_own(posting.user, by)
    check_may_grant(by, posting.role, posting.cycle_id)
    if posting.ended_at is not None:
        raise RuleBroken(N_("This posting has ended."))


def _check_not_own(user: User, by: User | None) -> None:
    if by is not None and by.id == user.id:
        raise RuleBroken(N_("Nobody changes her own roles: ask somebody else to."))


def _check_is_new(user: User, role: Role, place: Place, *, but: int | None = None) -> None:
    """A person holds a role once; a mentor once in each region.

    Raises:
        RuleBroken: she holds it there.
    """
    for posting in user.current_postings:
        same = posting.role == role and posting.cycle_id == place.cycle_id
        elsewhere = role == Role.MENTOR and posting.region_id != place.region_id
        if same and not elsewhere and (but is None or posting.id != but):
            raise RuleBroken(N_("She holds this role in the cycle already."), field="role")
