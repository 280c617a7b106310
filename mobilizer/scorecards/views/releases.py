"""The releases of a cycle: the scores as they stood at the end of each month, for good."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from mobilizer.core.database import db
from mobilizer.core.errors import NotVisible
from mobilizer.core.language import current
from mobilizer.core.policy import public
from mobilizer.cycles.queries import public_cycle
from mobilizer.cycles.rules import month_after
from mobilizer.elections.models import Party
from mobilizer.places.models import Place
from mobilizer.places.rules import PlaceKind
from mobilizer.scorecards import queries
from mobilizer.scorecards.queries import Line
from mobilizer.scorecards.queries import releases as of_months
from mobilizer.scorecards.queries.near import Thing
from mobilizer.scorecards.queries.news import Subject
from mobilizer.scorecards.queries.releases import WholeRelease
from mobilizer.scorecards.rules import About, By
from mobilizer.scorecards.rules.releases import month_named
from mobilizer.scorecards.views.frame import bp, page, the_cycle
from mobilizer.scorecards.views.rows import Row, rows
from mobilizer.scoring.rules import Counts, change, score
from mobilizer.tallies.rules import Kind

#: What the numbers of each are kept under.
KINDS = {
    By.TOPIC: Kind.TOPIC,
    By.PARTY: Kind.PARTY,
    By.REGION: Kind.REGION,
    By.MUNICIPALITY: Kind.PLACE,
}


@dataclass(frozen=True)
class Moved:
    """A row of a release, and by how many points its score moved since the month before."""

    row: Row
    points: int | None


@bp.get("/releases/")
@public
def releases() -> ResponseReturnValue:
    cycle = the_cycle()
    months = of_months.months_released(cycle)
    return page("releases.html", cycle, releases=of_months.releases(cycle, months))


@bp.get("/releases/<month>")
@public
def release_of_the_current(month: str) -> ResponseReturnValue:
    """To the address that stays when another cycle is shown first."""
    code = public_cycle(None).code
    return redirect(url_for(".release", lang=current(), code=code, month=month))


@bp.get("/releases/<code>/<month>")
@public
def release(code: str, month: str) -> ResponseReturnValue:
    cycle = public_cycle(code)
    months = of_months.months_released(cycle)
    named = month_named(month)
    if named not in months:
        raise NotVisible
    found = of_months.release(cycle, named)
    before = found.before.get((Kind.CYCLE, cycle.id), Counts())
    places = queries.places_of(cycle.country)
    return page(
        "release.html",
        cycle,
        release=found,
        points=change(found.score, score(before, cycle.least_rated)),
        new=found.counts.promises - before.promises,
        tables=tables(found, places),
        coverage=queries.coverage(Subject(About.ALL, cycle), places, found.day),
        published=of_months.published_in(found),
        corrections=of_months.corrected_since(found),
        beside=beside(found.month, months),
    )


def beside(month: date, months: Collection[date]) -> list[date]:
    """The releases of the months before and after, as far as there are any."""
    return [one for one in (month_after(month, -1), month_after(month)) if one in months]


def tables(found: WholeRelease, places: Sequence[Place]) -> dict[By, list[Moved]]:
    """The scores of a release, told apart in every way; what counts nothing is left out."""
    cycle = found.cycle
    parties = {key for kind, key in found.every if kind is Kind.PARTY}
    things: dict[By, Sequence[Thing]] = {
        By.TOPIC: cycle.topics,
        By.PARTY: db.session.scalars(db.select(Party).where(Party.id.in_(parties))).all(),
        By.REGION: [place for place in places if place.kind == PlaceKind.REGION],
        By.MUNICIPALITY: [place for place in places if place.kind == PlaceKind.MUNICIPALITY],
    }
    return {by: list(moved(found, KINDS[by], some)) for by, some in things.items()}


def moved(found: WholeRelease, kind: Kind, things: Iterable[Thing]) -> Iterator[Moved]:
    """The rows of some topics, parties or places; they lead to their pages as of that day."""
    counted = {thing.code: thing for thing in things if (kind, thing.id) in found.every}
    lines = [Line(thing, found.every[kind, thing.id]) for thing in counted.values()]
    for row in rows(lines, found.cycle, found.day):
        before = found.before.get((kind, counted[row.code].id), Counts())
        yield Moved(row, change(row.score, score(before, found.cycle.least_rated)))
