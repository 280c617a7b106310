"""Which cycles there are, who may see them, and which month it is in them."""

from datetime import date
from itertools import islice
from typing import NamedTuple

from sqlalchemy import Select, func, select, true
from sqlalchemy.orm import joinedload

from mobilizer.accounts.models import Posting, User
from mobilizer.accounts.rules import Reach, Role
from mobilizer.core.database import db
from mobilizer.core.errors import NotVisible
from mobilizer.cycles.models import Cycle, Extension, Topic
from mobilizer.cycles.rules import Window, month_window, months_between
from mobilizer.places.models import Place
from mobilizer.places.queries import regions

# --- which cycles


def visible_to(user: User) -> Select[Cycle]:
    """The cycles she has a posting in, or all, the latest first."""
    reach = user.reach("cycle.read")
    hers = {posting.cycle_id for posting in user.current_postings}
    seen = true() if reach == Reach.ALL else Cycle.id.in_(hers - {None} if reach else set())
    return select(Cycle).where(seen).order_by(Cycle.first_month.desc(), Cycle.id.desc())


def run_by(user: User) -> Select[Cycle]:
    """The cycles she coordinates: in these she may change things."""
    return visible_to(user).where(Cycle.id.in_(user.cycle_ids(Role.COORDINATOR)))


def public() -> Select[Cycle]:
    """The cycles anybody may see, the one that is shown first before the others."""
    return (
        select(Cycle)
        .where(Cycle.is_public)
        .order_by(Cycle.is_current.desc(), Cycle.first_month.desc(), Cycle.id.desc())
    )


def public_cycle(code: str | None) -> Cycle:
    """The public cycle of a code, with its topics; for None the one that is shown first.

    Raises:
        NotVisible: there is none, or it is not public.
    """
    found = public() if code is None else public().where(Cycle.code == code)
    wanted = found.limit(1).options(joinedload(Cycle.topics))
    cycle = db.session.scalars(wanted).unique().first()
    if cycle is None:
        raise NotVisible
    return cycle


def current_public() -> Select[Cycle]:
    """The cycle the public first page shows."""
    return public().where(Cycle.is_current)


def time_zones() -> Select[str]:
    """The time zones of all cycles: by them public pages tell days."""
    return select(Cycle.time_zone).distinct()


def by_code(code: str) -> Select[Cycle]:
    """The cycle with this code, public or not: for commands, and for whoever may see all."""
    return select(Cycle).where(Cycle.code == code)


def topic(cycle: Cycle, code: str) -> Select[Topic]:
    """A cycle's topic by its code."""
    return select(Topic).where(Topic.cycle_id == cycle.id, Topic.code == code)


def demonstrates(user: User) -> bool:
    """Whether she works in a demonstration: then every page of hers says so."""
    hers = {posting.cycle_id for posting in user.current_postings} - {None}
    invented = select(Cycle.id).where(Cycle.id.in_(hers), Cycle.is_demonstration).limit(1)
    return bool(hers) and db.session.scalar(invented) is not None


# --- who is in one


def serving(cycle: Cycle, role: Role) -> Select[Posting]:
    """The postings in which people hold a role in a cycle now, their ``User`` joined."""
    return (
        select(Posting)
        .join(User, User.id == Posting.user_id)
        .where(
            Posting.cycle_id == cycle.id,
            Posting.role == role,
            Posting.ended_at.is_(None),
            User.deactivated_at.is_(None),
        )
    )


def posted(cycle: Cycle, role: Role) -> Select[User]:
    """Who holds a role in a cycle now, by name."""
    return (
        select(User)
        .where(
            User.deactivated_at.is_(None),
            User.id.in_(
                select(Posting.user_id).where(
                    Posting.cycle_id == cycle.id,
                    Posting.role == role,
                    Posting.ended_at.is_(None),
                )
            ),
        )
        .order_by(func.lower(User.full_name), User.id)
    )


def regions_of(cycle: Cycle) -> Select[Place]:
    """The regions of a cycle's country."""
    return regions(cycle.country)


# --- its months


class Month(NamedTuple):
    """One month of a cycle, and when its reports may be filed."""

    month: date
    window: Window


def window(cycle: Cycle, month: date) -> Window:
    """When reports on a month may be filed, for whoever has no extension."""
    return month_window(month, cycle.opens_day, cycle.due_day, cycle.closes_day)


def months(cycle: Cycle) -> list[Month]:
    """All months of a cycle, in order."""
    return [
        Month(month, window(cycle, month))
        for month in months_between(cycle.first_month, cycle.last_month)
    ]


def month_now(cycle: Cycle, today: date) -> date | None:
    """The month that is reported on today; None between two months and outside the cycle.

    Where two are open at once it is the earlier one that is not yet due, else the later one.
    """
    open_now = [one for one in months(cycle) if one.window.is_open(today)]
    not_yet_due = (one.month for one in open_now if today <= one.window.due)
    return next(not_yet_due, open_now[-1].month if open_now else None)


def month_at_hand(cycle: Cycle, today: date) -> date:
    """The month that is reported on, else the next to open; after the end, the last one."""
    coming = next((one.month for one in months(cycle) if one.window.opens > today), None)
    return month_now(cycle, today) or coming or cycle.last_month


def next_months(cycle: Cycle, today: date, number: int = 3) -> list[Month]:
    """The next months that are not closed yet; the last ones of a cycle that is over."""
    ahead = list(islice((one for one in months(cycle) if one.window.closes >= today), number))
    return ahead or months(cycle)[-number:]


# --- extensions


def extensions(cycle: Cycle) -> Select[Extension]:
    """The extensions of a cycle, the latest month first."""
    return (
        select(Extension)
        .where(Extension.cycle_id == cycle.id)
        .order_by(Extension.month.desc(), Extension.id.desc())
    )


def extension(cycle_id: int, user_id: int, month: date) -> Select[Extension]:
    """One person's extension of one month, if she has one."""
    return select(Extension).where(
        Extension.cycle_id == cycle_id, Extension.user_id == user_id, Extension.month == month
    )


def window_for(cycle: Cycle, user_id: int, month: date) -> Window:
    """When one person may file a month, with her extension if she has one."""
    given = db.session.scalars(extension(cycle.id, user_id, month)).one_or_none()
    open_to_all = window(cycle, month)
    return open_to_all.extended(given.until) if given else open_to_all
