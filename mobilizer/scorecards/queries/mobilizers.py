"""What the public may know of a mobilizer who wants a page: see ``rules.alias``."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select

from mobilizer.accounts.models import Posting, User
from mobilizer.accounts.rules import Role
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.errors import NotVisible
from mobilizer.cycles import queries as cycles
from mobilizer.cycles.models import Cycle
from mobilizer.findings.models import Finding
from mobilizer.monitoring.models import Revision
from mobilizer.places.models import Place
from mobilizer.scorecards.rules.alias import Unshown, may_be_shown, roughly
from mobilizer.scorecards.rules.past import last_month_end


@dataclass(frozen=True)
class Shown:
    """All that a mobilizer's page says of her."""

    alias: str
    region: Place
    #: She has published more than so many reports; 0: a few.
    more_than: int


def shown_mobilizer(slug: str) -> tuple[Cycle, date, Shown]:
    """A mobilizer who wants a page, in the cycle shown first, by what was published until a day.

    Raises:
        NotVisible: nobody has such a page, or she would be found out by it.
    """
    cycle = _shown_first()
    posting = db.session.scalar(_hers(cycle).where(User.public_page == slug)) if cycle else None
    if cycle is None or posting is None or posting.region is None:
        raise NotVisible
    until = last_month_end(clock.today(cycle.time_zone))
    if _is_alone(posting, cycle, until):
        raise NotVisible
    reports = _published(cycle, until).where(Revision.author_id == posting.user_id)
    number = db.session.scalar(select(func.count()).select_from(reports.subquery())) or 0
    return cycle, until, Shown(posting.user.alias, posting.region, roughly(number))


def why_unshown(user: User) -> Unshown | None:
    """Why the page that somebody wants is not there yet; None where it is."""
    cycle = _shown_first()
    if cycle is None:
        return Unshown.NO_CYCLE
    posting = db.session.scalar(_hers(cycle).where(User.id == user.id))
    if posting is None:
        return Unshown.NOT_IN_CYCLE
    is_alone = _is_alone(posting, cycle, last_month_end(clock.today(cycle.time_zone)))
    return Unshown.TOO_FEW if is_alone else None


def _shown_first() -> Cycle | None:
    return db.session.scalar(cycles.public().limit(1))


def _hers(cycle: Cycle) -> Select[Posting]:
    """The last posting of a mobilizer in a cycle, once it is said whose."""
    return (
        select(Posting)
        .join(User, User.id == Posting.user_id)
        .where(
            User.deactivated_at.is_(None),
            Posting.cycle_id == cycle.id,
            Posting.role == Role.MOBILIZER,
            Posting.region_id.is_not(None),
        )
        .order_by(Posting.id.desc())
        .limit(1)
    )


def _is_alone(posting: Posting, cycle: Cycle, until: date) -> bool:
    """Whether too few of her region have published for her to be one of several."""
    return not may_be_shown(db.session.scalar(_published_in(posting.region_id, cycle, until)) or 0)


def _published_in(region_id: int | None, cycle: Cycle, until: date) -> Select[int]:
    """How many mobilizers of a region have published a report, whatever became of them."""
    one = _published(cycle, until).where(Revision.author_id == Posting.user_id)
    return select(func.count(Posting.user_id.distinct())).where(
        Posting.cycle_id == cycle.id,
        Posting.role == Role.MOBILIZER,
        Posting.region_id == region_id,
        one.correlate(Posting).exists(),
    )


def _published(cycle: Cycle, until: date) -> Select[int]:
    return (
        select(Finding.number)
        .join(Revision, Revision.id == Finding.revision_id)
        .where(Finding.cycle_id == cycle.id, Finding.published_on <= until)
    )
