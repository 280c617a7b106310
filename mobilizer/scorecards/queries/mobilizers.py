"""What the public may know of a mobilizer who wants a page: see ``rules.alias``."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select

from mobilizer.accounts.models import Posting, User
from mobilizer.accounts.rules import Role
from mobilizer.core.database import db
from mobilizer.core.errors import NotVisible
from mobilizer.cycles.models import Cycle
from mobilizer.findings.models import Finding
from mobilizer.monitoring.models import Revision
from mobilizer.places.models import Place
from mobilizer.scorecards.rules.alias import may_be_shown, roughly


@dataclass(frozen=True)
class Shown:
    """All that a mobilizer's page says of her."""

    alias: str
    region: Place
    #: She has published more than so many reports; 0: a few.
    more_than: int


def shown_mobilizer(slug: str, cycle: Cycle, until: date) -> Shown:
    """A mobilizer who wants a page, in a cycle, by what was published until a day.

    Raises:
        NotVisible: nobody has such a page, or she would be found out by it.
    """
    hers = (
        select(Posting)
        .join(User, User.id == Posting.user_id)
        .where(
            User.public_page == slug,
            User.deactivated_at.is_(None),
            Posting.cycle_id == cycle.id,
            Posting.role == Role.MOBILIZER,
            Posting.region_id.is_not(None),
        )
        .order_by(Posting.id.desc())
        .limit(1)
    )
    posting = db.session.scalars(hers).first()
    if posting is None or posting.region is None:
        raise NotVisible
    if not may_be_shown(db.session.scalar(_published_in(posting.region, cycle, until)) or 0):
        raise NotVisible
    reports = _published(cycle, until).where(Revision.author_id == posting.user_id)
    number = db.session.scalar(select(func.count()).select_from(reports.subquery())) or 0
    return Shown(posting.user.alias, posting.region, roughly(number))


def _published_in(region: Place, cycle: Cycle, until: date) -> Select[int]:
    """How many mobilizers of a region have published a report, whatever became of them."""
    one = _published(cycle, until).where(Revision.author_id == Posting.user_id)
    return select(func.count(Posting.user_id.distinct())).where(
        Posting.cycle_id == cycle.id,
        Posting.role == Role.MOBILIZER,
        Posting.region_id == region.id,
        one.correlate(Posting).exists(),
    )


def _published(cycle: Cycle, until: date) -> Select[int]:
    return (
        select(Finding.number)
        .join(Revision, Revision.id == Finding.revision_id)
        .where(Finding.cycle_id == cycle.id, Finding.published_on <= until)
    )
