"""The releases of a cycle: what was counted at the end of each month, from the tallies of that day.

Nothing of them changes: no finding is ever changed or deleted, and a later one does not count on
an earlier day. The package that is kept of the month holds what else was said then.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, literal, select, union_all
from sqlalchemy.orm import aliased

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.cycles.rules import month_after
from mobilizer.findings.models import Finding
from mobilizer.findings.queries import corrections
from mobilizer.findings.queries import last_day as last_found_on
from mobilizer.opendata.models import MonthPackage
from mobilizer.opendata.queries import of_months
from mobilizer.scorecards.queries.board import end_of_day
from mobilizer.scorecards.rules.releases import last_day, released
from mobilizer.scoring.rules import Counts, Rating, Score, score
from mobilizer.tallies.models import Tally
from mobilizer.tallies.queries import Counted, counted_on_both, counts_on, published_between
from mobilizer.tallies.rules import Kind, Subject
from mobilizer.tallies.rules.found import Between

#: So many corrections a release lists, the newest ones; the page of corrections has all.
MOST_CORRECTIONS = 100

#: Made once: SQLAlchemy takes longer to learn another name of a table than a database to answer.
_WRONG = aliased(Finding)


@dataclass(frozen=True)
class Head:
    """Where the chain of findings, which is one for all cycles, ended at a moment."""

    number: int
    hash: str


@dataclass(frozen=True)
class Release:
    """What stood at the end of a month. ``head`` is None before the first finding of all.

    ``package`` is None until the worker has made it.
    """

    cycle: Cycle
    month: date
    counts: Counts
    head: Head | None
    package: MonthPackage | None

    @property
    def day(self) -> date:
        """Its last day: all of it counts, where the cycle is."""
        return last_day(self.month)

    @property
    def score(self) -> Score:
        """That of the whole cycle."""
        return score(self.counts, self.cycle.least_rated)


@dataclass(frozen=True)
class WholeRelease(Release):
    """The same with the counts of each subject, and all that of a month before."""

    every: Mapping[Subject, Counts]
    before: Mapping[Subject, Counts]
    head_before: Head | None


@dataclass(frozen=True)
class Corrected:
    """A finding that corrects an earlier one, and what that one said."""

    by: Finding
    was: Rating


def months_released(cycle: Cycle) -> tuple[date, ...]:
    """The months of a cycle that have a release, the newest first.

    From the first at whose end a promise was public, to the cycle's last month, or to that in
    which something was found after it. A month that is not over has none.
    """
    whole = Tally.kind == Kind.CYCLE, Tally.subject_id == cycle.id
    since = select(func.min(Tally.since)).where(Tally.cycle_id == cycle.id, *whole)
    found = func.coalesce(last_found_on(cycle.id).scalar_subquery(), cycle.last_month)
    asked = select(since.scalar_subquery(), found)
    days: tuple[date | None, date] = db.session.execute(asked).one()
    began, last_found = days
    if began is None:
        return ()
    first = max(cycle.first_month, began.replace(day=1))
    last = max(cycle.last_month, last_found.replace(day=1))
    return released(first, last, clock.today(cycle.time_zone))


def releases(cycle: Cycle, months: Sequence[date]) -> list[Release]:
    """The releases of some months of a cycle, in their order, the newest first."""
    days = [last_day(month) for month in reversed(months)]
    counts = [one.counts for one in reversed(counts_on(cycle, (Kind.CYCLE, cycle.id), days))]
    packages = of_months(cycle, months)
    told = zip(months, counts, heads(cycle, months), strict=True)
    return [Release(cycle, *one, packages.get(one[0])) for one in told]


def release(cycle: Cycle, month: date) -> WholeRelease:
    """The release of a month that has one, with all that is counted in it."""
    both = month_after(month, -1), month
    before, every = map(_listed, counted_on_both(cycle, *map(last_day, both)))
    head_before, head = heads(cycle, both)
    whole = every.get((Kind.CYCLE, cycle.id), Counts())
    package = of_months(cycle, [month]).get(month)
    return WholeRelease(cycle, month, whole, head, package, every, before, head_before)


def _listed(told: Mapping[Subject, Counted]) -> dict[Subject, Counts]:
    """What was counted of each subject that had a promise."""
    return {subject: one.counts for subject, one in told.items() if one.listed}


def heads(cycle: Cycle, months: Sequence[date]) -> list[Head | None]:
    """Where the chain ended with each of some months. One query."""
    if not months:
        return []
    moments = [end_of_day(last_day(month), cycle) for month in months]
    each = [_last_by(moment).subquery() for moment in moments]
    columns = [select(literal(at), one.c.number, one.c.hash) for at, one in enumerate(each)]
    found = {
        at: Head(number, hash_) for at, number, hash_ in db.session.execute(union_all(*columns))
    }
    return [found.get(at) for at in range(len(months))]


def _last_by(moment: datetime) -> Select[int, str]:
    """The last finding until a moment: none was published before one with a lower number."""
    return (
        select(Finding.number, Finding.hash)
        .where(Finding.published_at <= moment)
        .order_by(Finding.published_at.desc(), Finding.number.desc())
        .limit(1)
    )


def published_in(found: WholeRelease) -> Between:
    """What of its cycle was published in the month of a release. One query."""
    after, upto = (head.number if head else 0 for head in (found.head_before, found.head))
    return published_between(found.cycle, after, upto)


def corrected_since(release: Release) -> list[Corrected]:
    """The later findings that correct one which a release counts, the newest first. One query."""
    moment = end_of_day(release.day, release.cycle)
    later = (
        corrections(release.cycle.id)
        .join(_WRONG, _WRONG.number == Finding.corrects)
        .where(Finding.published_at > moment, _WRONG.published_at <= moment)
        .add_columns(_WRONG.rating)
        .limit(MOST_CORRECTIONS)
    )
    return [Corrected(finding, was) for finding, was in db.session.execute(later)]
