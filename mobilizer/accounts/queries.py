"""Which people there are, where they are signed in, and which invitations are out."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import aliased

from mobilizer.accounts.models import Invitation, Posting, StandIn, User, WayBack
from mobilizer.accounts.rules import Reach, Role
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.sessions import ABSOLUTE, IDLE, WebSession, hashed

#: The posting of a mentor who is away, in ``standing_in``.
Absent = aliased(Posting, name="absent")


def signed_in(user_id: str) -> User | None:
    """The person a session names; None when she has been deactivated since."""
    user = db.session.get(User, int(user_id))
    return user if user is not None and user.is_active else None


def visible_to(user: User) -> Select[User]:
    """The people somebody may know of in the programme.

    Administrators know every account; coordinators those of their cycles; mentors those of their
    regions; everybody herself.
    """
    far = user.reach("person.read")
    if far == Reach.ALL:
        return select(User)
    seen: list[ColumnElement[bool]] = [User.id == user.id]
    if far is not None:
        seen.append(_in(Posting.cycle_id.in_(user.cycle_ids(Role.COORDINATOR))))
        seen += [
            _in(Posting.cycle_id == posting.cycle_id, Posting.region_id == posting.region_id)
            for posting in user.current_postings
            if posting.role == Role.MENTOR
        ]
    return select(User).where(or_(*seen))


def _in(*places: ColumnElement[bool]) -> ColumnElement[bool]:
    return User.id.in_(select(Posting.user_id).where(*places))


def named(sign_in_name: str) -> Select[User]:
    """The person who signs in with this name, as ``rules.names.compared`` makes it."""
    return select(User).where(User.sign_in_name == sign_in_name)


def mentors(cycle_id: int, region_id: int) -> Select[User]:
    """The mentors of a region in a cycle."""
    return (
        select(User)
        .join(Posting, Posting.user_id == User.id)
        .where(
            Posting.role == Role.MENTOR,
            Posting.cycle_id == cycle_id,
            Posting.region_id == region_id,
            Posting.ended_at.is_(None),
            User.deactivated_at.is_(None),
        )
        .order_by(User.id)
    )


def standing_in(user: User) -> Select[StandIn]:
    """For whom a mentor stands in just now, of the cycles in which she is a mentor herself.

    The one rule of whose work is in whose hands: all that a stand-in may see or do asks it.
    """
    return (
        select(StandIn)
        .join(StandIn.posting.of_type(Absent))
        .where(
            StandIn.user_id == user.id,
            _is_now(),
            Absent.cycle_id.in_(user.cycle_ids(Role.MENTOR)),
        )
    )


def stood_in_for_her(user: User) -> Select[StandIn]:
    """Who stands or stood in for a mentor, of the postings that she still holds."""
    return (
        select(StandIn)
        .join(StandIn.posting.of_type(Absent))
        .where(Absent.user_id == user.id, Absent.ended_at.is_(None))
    )


def stand_ins_of(user_ids: Iterable[int], cycle_id: int) -> Select[int]:
    """Who stands in just now for one of these in a cycle."""
    return (
        select(StandIn.user_id)
        .join(StandIn.posting.of_type(Absent))
        .where(Absent.user_id.in_(user_ids), Absent.cycle_id == cycle_id, _is_now())
    )


def _is_now() -> ColumnElement[bool]:
    now = clock.now()
    return and_(StandIn.begins_at <= now, StandIn.ends_at > now, Absent.ended_at.is_(None))


def only_mentor(cycle_id: int, region_id: int, *, but: int | None = None) -> int | None:
    """The id of a region's mentor, if there is exactly one beside the person left out."""
    found = db.session.scalars(mentors(cycle_id, region_id).where(User.id != (but or 0))).all()
    return found[0].id if len(found) == 1 else None


def invitation(token: str) -> Select[Invitation]:
    """The invitation a token was made for."""
    return select(Invitation).where(Invitation.token_hash == hashed(token))


def way_back(token: str) -> Select[WayBack]:
    """The way back a token opens, while it is open and the account too."""
    return (
        select(WayBack)
        .join(WayBack.user)
        .where(
            WayBack.token_hash == hashed(token),
            WayBack.used_at.is_(None),
            WayBack.expires_at > clock.now(),
            User.deactivated_at.is_(None),
        )
    )


def sessions_of(user: User) -> Select[WebSession]:
    """Where a person is signed in, the latest first."""
    now = clock.now()
    return (
        select(WebSession)
        .where(
            WebSession.user_id == user.id,
            WebSession.seen_at > now - IDLE,
            WebSession.created_at > now - ABSOLUTE,
        )
        .order_by(WebSession.seen_at.desc())
    )
