"""What the coordinator does with people. The caller commits."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mobilizer.accounts.actions import invitations, returning
from mobilizer.accounts.actions.postings import check_may_grant
from mobilizer.accounts.actions.withdrawing import withdraw_unfounded
from mobilizer.accounts.models import Invitation, Posting, StandIn, User, WayBack
from mobilizer.accounts.rules import Role
from mobilizer.accounts.rules.invitations import USUAL_DAYS
from mobilizer.accounts.rules.postings import Place
from mobilizer.audit.actions import record
from mobilizer.core import clock
from mobilizer.core.database import db, locked
from mobilizer.core.errors import RuleBroken
from mobilizer.core.sessions import end_sessions
from mobilizer.core.words import N_
from mobilizer.cycles.models import Cycle
from mobilizer.cycles.rules import Quotas
from mobilizer.people import queries
from mobilizer.people.rules import check_absence, check_closing, free_places
from mobilizer.places import models as places
from mobilizer.places import queries as place_queries


def place(cycle: Cycle | None, region: places.Place | None, mentor: User | None = None) -> Place:
    """Where a role is held, after checking that the region is one of the cycle's country.

    Raises:
        RuleBroken: it is not.
    """
    if cycle is not None and region is not None and region.country != cycle.country:
        raise RuleBroken(N_("This region is not in the cycle's country."), field="region")
    return Place(
        cycle.id if cycle else None, region.id if region else None, mentor.id if mentor else None
    )


def fill(
    cycle: Cycle, *, by: User, days: int = USUAL_DAYS, language: str = "en"
) -> Iterator[tuple[Invitation, str]]:
    """Make an invitation for every place of the plan that is still free: for a workshop."""
    regions = {one.code: one for one in db.session.scalars(place_queries.regions(cycle.country))}
    quotas = Quotas.from_data(cycle.quotas)
    for role, code in free_places(quotas, queries.posted(cycle), queries.invited(cycle)):
        where = Place(cycle.id, regions[code].id)
        yield invitations.invite(role, where, by=by, days=days, language=language)


def deactivate(user: User, *, by: User) -> None:
    """Close an account: she cannot sign in, nor can whom she invited. Her work stays.

    Raises:
        RuleBroken: it is one's own, is closed, or holds a role that is not the closer's to take.
    """
    _check_closing(user, by)
    if user.deactivated_at is not None:
        raise RuleBroken(N_("This account is closed already."))
    user.deactivated_at = clock.now()
    end_sessions(user.id)
    record(by, "person.deactivate", user)
    withdraw_unfounded(user, by=by)


def reactivate(user: User, *, by: User) -> None:
    """Open a closed account again.

    Raises:
        RuleBroken: it is open, or holds a role that is not the opener's to give.
    """
    _check_closing(user, by)
    if user.deactivated_at is None:
        raise RuleBroken(N_("This account is open."))
    user.deactivated_at = None
    record(by, "person.reactivate", user)


def sign_out(user: User, *, by: User) -> None:
    """Sign a person out everywhere: her phone is lost.

    Raises:
        RuleBroken: the account is not the other's to close.
    """
    _check_closing(user, by)
    end_sessions(user.id)
    record(by, "person.sign_out", user)


def open_way_back(user: User, *, by: User) -> tuple[WayBack, str]:
    """Make a link by which a person who lost her password chooses another.

    Raises:
        RuleBroken: it is one's own account, is closed, or holds a role that is not the opener's
            to give: she could take it over.
    """
    _check_closing(user, by)
    if user.deactivated_at is not None:
        raise RuleBroken(N_("This account is closed already."))
    return returning.open_way_back(user, by=by)


def name_stand_in(
    posting: Posting, user: User, first: date, last: date, cycle: Cycle, *, by: User
) -> StandIn:
    """Let another mentor look after an absent one's reports. The same again is done once.

    Args:
        posting: the absent mentor's.
        user: another mentor of the same cycle.
        first: the first day of the absence, in the cycle's time zone.
        last: its last day.
        cycle: the posting's.
        by: who may give the role.

    Raises:
        RuleBroken: one of these does not hold, or somebody stands in on one of these days.
    """
    check_may_grant(by, Role.MENTOR, posting.cycle_id)
    db.session.scalars(locked(db.select(Posting).where(Posting.id == posting.id))).one()
    if posting.role is not Role.MENTOR or posting.ended_at is not None:
        raise RuleBroken(N_("Only a mentor is stood in for."))
    if user.id == posting.user_id or posting.cycle_id not in user.cycle_ids(Role.MENTOR):
        raise RuleBroken(N_("Choose another mentor of this cycle."), field="mentor")
    check_absence(first, last, clock.today(cycle.time_zone))
    for other in db.session.scalars(queries.stand_ins([posting])):
        if (other.user_id, other.first_day, other.last_day) == (user.id, first, last):
            return other
        if other.first_day <= last and first <= other.last_day:
            message = N_("Somebody stands in on some of these days already.")
            raise RuleBroken(message, field="first_day")
    zone = ZoneInfo(cycle.time_zone)
    named = StandIn(
        posting=posting,
        user=user,
        first_day=first,
        last_day=last,
        begins_at=datetime.combine(first, time(), zone),
        ends_at=datetime.combine(last + timedelta(days=1), time(), zone),
        named_by_id=by.id,
        named_at=clock.now(),
    )
    db.session.add(named)
    db.session.flush()
    since, until = first.isoformat(), last.isoformat()
    record(by, "posting.name_stand_in", posting, user=user.id, since=since, until=until)
    return named


def end_stand_in(named: StandIn, *, by: User) -> None:
    """Let a mentor look after her own again: from now on, or not begun at all. Twice is once.

    Raises:
        RuleBroken: it is not hers to take.
    """
    check_may_grant(by, Role.MENTOR, named.posting.cycle_id)
    ends_at = max(clock.now(), named.begins_at)
    if named.ends_at > ends_at:
        named.ends_at = ends_at
        since = named.first_day.isoformat()
        record(by, "posting.end_stand_in", named.posting, user=named.user_id, since=since)


def _check_closing(user: User, by: User) -> None:
    if user.id == by.id:
        raise RuleBroken(N_("Nobody does this to her own account."))
    check_closing(_held(user), _held(by))


def _held(user: User) -> list[tuple[Role, int | None]]:
    return [(posting.role, posting.cycle_id) for posting in user.current_postings]
