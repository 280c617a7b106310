"""Who is in the programme, how many where, and which invitations are out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import selectinload

from mobilizer.accounts.models import Invitation, Posting, StandIn, User
from mobilizer.accounts.queries import standing_in, visible_to
from mobilizer.accounts.rules import Reach, Role
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.sessions import WebSession
from mobilizer.core.text import normalise
from mobilizer.cycles import queries as cycles
from mobilizer.cycles.models import Cycle
from mobilizer.cycles.rules import Headcount
from mobilizer.history.queries import History, happened
from mobilizer.places import queries as places
from mobilizer.places.models import Place
from mobilizer.places.rules import PlaceKind


@dataclass(frozen=True)
class Wanted:
    """What a list of people is narrowed to."""

    text: str = ""
    cycle_id: int | None = None
    role: Role | None = None
    region_id: int | None = None
    is_active: bool = True


def history(someone: User, reader: User) -> History:
    """The latest steps on a person and on her roles in the cycles that the reader coordinates."""
    overseen = Posting.cycle_id.in_(reader.cycle_ids(Role.COORDINATOR))
    roles = select(Posting.id).where(Posting.user_id == someone.id, overseen)
    return happened(someone, posting=roles)


def cycles_to_fill(user: User) -> Select[Cycle]:
    """The cycles to which somebody may invite."""
    everywhere = user.reach("person.invite") == Reach.ALL
    return cycles.visible_to(user) if everywhere else cycles.run_by(user)


def people(user: User, wanted: Wanted) -> Select[User]:
    """The people somebody may know of, narrowed to those wanted."""
    postings = selectinload(User.postings)
    listing = (
        visible_to(user)
        .options(postings.selectinload(Posting.region), postings.selectinload(Posting.mentor))
        .order_by(User.full_name, User.alias, User.id)
    )
    for word in normalise(wanted.text).split():
        listing = listing.where(User.search_words.contains(f" {word}", autoescape=True))
    left = User.deactivated_at.is_not(None)
    listing = listing.where(~left if wanted.is_active else left)
    held = [
        column == value
        for column, value in (
            (Posting.cycle_id, wanted.cycle_id),
            (Posting.role, wanted.role),
            (Posting.region_id, wanted.region_id),
        )
        if value is not None
    ]
    if not held:
        return listing
    holders = select(Posting.user_id).where(Posting.ended_at.is_(None), *held)
    return listing.where(User.id.in_(holders))


def postings_visible_to(user: User) -> Select[Posting]:
    """The postings of those whom somebody may know of."""
    known = visible_to(user).with_only_columns(User.id)
    return select(Posting).where(Posting.user_id.in_(known))


def last_seen(people: Iterable[User]) -> dict[int, datetime]:
    """When each of these was last here: in a session, or when she signed in."""
    seen = {one.id: one.signed_in_at for one in people if one.signed_in_at}
    rows = db.session.execute(
        select(User.id, func.max(WebSession.seen_at))
        .join(WebSession, WebSession.user_id == User.id)
        .where(User.id.in_([one.id for one in people]))
        .group_by(User.id)
    )
    for user_id, moment in rows:
        seen[user_id] = max(moment, seen.get(user_id, moment))
    return seen


def invitations_visible_to(user: User) -> Select[Invitation]:
    """The invitations somebody may know of: all, or for a coordinator those of her cycles."""
    far = user.reach("person.invite")
    listing = (
        select(Invitation)
        .options(selectinload(Invitation.region))
        .order_by(Invitation.created_at.desc(), Invitation.id.desc())
    )
    if far == Reach.ALL:
        return listing
    mine = user.cycle_ids(Role.COORDINATOR) if far else set()
    return listing.where(Invitation.cycle_id.in_(mine) if mine else false())


def is_open() -> ColumnElement[bool]:
    """The condition of an invitation that still lets somebody in."""
    return and_(
        Invitation.used_at.is_(None),
        Invitation.withdrawn_at.is_(None),
        Invitation.expires_at > clock.now(),
    )


def regions_of(several: Iterable[Cycle]) -> Select[Place]:
    """The regions of the countries of these cycles."""
    countries = [cycle.country for cycle in several]
    return places.shown().where(Place.kind == PlaceKind.REGION, Place.country.in_(countries))


def posted(cycle: Cycle) -> dict[str, Headcount]:
    """How many people are posted, by the code of every region of the cycle."""
    return _counted(
        cycle,
        select(Posting.region_id, Posting.role, func.count())
        .join(User, User.id == Posting.user_id)
        .where(
            Posting.cycle_id == cycle.id,
            Posting.ended_at.is_(None),
            User.deactivated_at.is_(None),
        )
        .group_by(Posting.region_id, Posting.role),
    )


def invited(cycle: Cycle) -> dict[str, Headcount]:
    """How many people have an open invitation, by the code of every region of the cycle."""
    return _counted(
        cycle,
        select(Invitation.region_id, Invitation.role, func.count())
        .where(Invitation.cycle_id == cycle.id, is_open())
        .group_by(Invitation.region_id, Invitation.role),
    )


def _counted(cycle: Cycle, counting: Select[int | None, Role, int]) -> dict[str, Headcount]:
    counts = {(region_id, role): number for region_id, role, number in db.session.execute(counting)}
    return {
        region.code: Headcount(
            counts.get((region.id, Role.MOBILIZER), 0), counts.get((region.id, Role.MENTOR), 0)
        )
        for region in db.session.scalars(places.regions(cycle.country))
    }


def without_mentor(cycle: Cycle) -> Select[Posting]:
    """The mobilizers of a cycle whom nobody mentors now."""
    gone = select(User.id).where(User.deactivated_at.is_not(None))
    return (
        cycles.serving(cycle, Role.MOBILIZER)
        .where(or_(Posting.mentor_id.is_(None), Posting.mentor_id.in_(gone)))
        .options(selectinload(Posting.user), selectinload(Posting.region))
        .order_by(Posting.id)
    )


def mentors_of(several: Iterable[Cycle]) -> Select[Posting]:
    """The mentors' postings in these cycles."""
    return (
        select(Posting)
        .join(User, User.id == Posting.user_id)
        .where(
            Posting.role == Role.MENTOR,
            Posting.cycle_id.in_([cycle.id for cycle in several]),
            Posting.ended_at.is_(None),
            User.deactivated_at.is_(None),
        )
        .options(selectinload(Posting.user), selectinload(Posting.region))
        .order_by(User.full_name, Posting.id)
    )


def stand_ins(postings: Iterable[Posting]) -> Select[StandIn]:
    """Who stands in for these, now or on days to come."""
    ids = [posting.id for posting in postings]
    coming = (StandIn.posting_id.in_(ids), StandIn.ends_at > clock.now())
    listing = select(StandIn).where(*coming).order_by(StandIn.first_day)
    return listing.options(selectinload(StandIn.user))


def stand_ins_visible_to(user: User) -> Select[StandIn]:
    """Those for the mentors somebody may know of."""
    known = postings_visible_to(user).with_only_columns(Posting.id)
    return select(StandIn).where(StandIn.posting_id.in_(known))


def stands_in_for(user: User) -> Select[StandIn]:
    """For whom somebody stands in just now, with their names."""
    named = selectinload(StandIn.posting).selectinload(Posting.user)
    return standing_in(user).options(named).order_by(StandIn.last_day)
