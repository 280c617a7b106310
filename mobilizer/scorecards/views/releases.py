"""The releases of a cycle: the scores as they stood at the end of each month, for good."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from mobilizer.core.errors import NotVisible
from mobilizer.core.language import current
from mobilizer.core.policy import public
from mobilizer.cycles.models import Topic
from mobilizer.cycles.rules import month_after
from mobilizer.elections.models import Party
from mobilizer.places.models import Place
from mobilizer.places.rules import PlaceKind
from mobilizer.scorecards import queries
from mobilizer.scorecards.queries import Line
from mobilizer.scorecards.queries import releases as of_months
from mobilizer.scorecards.queries.releases import WholeRelease
from mobilizer.scorecards.rules import Board, By
from mobilizer.scorecards.rules.places import by_region
from mobilizer.scorecards.rules.releases import month_named
from mobilizer.scorecards.views.frame import bp, page, public_cycle, the_cycle
from mobilizer.scorecards.views.rows import Row, rows
from mobilizer.scoring.rules import Counts, change, score

Thing = Topic | Party | Place


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
    return page(
        "release.html",
        cycle,
        release=found,
        points=change(found.score, score(found.before.overall, cycle.least_rated)),
        tables=tables(found),
        published=of_months.published_in(cycle, found.month),
        corrections=of_months.corrected_since(found),
        beside=beside(found.month, months),
    )


def beside(month: date, months: Collection[date]) -> list[date]:
    """The releases of the months before and after, as far as there are any."""
    return [one for one in (month_after(month, -1), month_after(month)) if one in months]


def tables(found: WholeRelease) -> dict[By, list[Moved]]:
    """The scores of a release, told apart in every way; what counts nothing is left out."""
    cycle, places = found.cycle, queries.places_of(found.cycle.country)
    inside = by_region((place.id, place.parent_id, place.kind) for place in places)
    parties = [line.thing for line in queries.lines_of(cycle, By.PARTY, found.board)]
    things: dict[By, Iterable[Thing]] = {
        By.TOPIC: cycle.topics,
        By.PARTY: parties,
        By.REGION: [place for place in places if place.kind == PlaceKind.REGION],
        By.MUNICIPALITY: [place for place in places if place.kind == PlaceKind.MUNICIPALITY],
    }
    return {by: list(moved(found, some, inside)) for by, some in things.items()}


def moved(
    found: WholeRelease, things: Iterable[Thing], inside: Mapping[int, set[int]]
) -> Iterator[Moved]:
    """The rows of some topics, parties or places; they lead to their pages as of that day."""
    told = [Line(thing, counts_of(found.board, thing, inside)) for thing in things]
    lines = [line for line in told if line.counts.promises]
    for line, row in zip(lines, rows(lines, found.cycle, found.day), strict=True):
        before = score(counts_of(found.before, line.thing, inside), found.cycle.least_rated)
        yield Moved(row, change(row.score, before))


def counts_of(board: Board, thing: Thing, inside: Mapping[int, set[int]]) -> Counts:
    """What is counted of a topic, party or place; a region's are also its municipalities'."""
    if isinstance(thing, Topic):
        return board.by_topic.get(thing.id, Counts())
    if isinstance(thing, Party):
        return board.by_party.get(thing.id, Counts())
    return board.within(inside.get(thing.id, {thing.id}))
