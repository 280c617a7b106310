"""The scorecard: the first page of the public."""

from collections.abc import Sequence

from flask import request
from flask.typing import ResponseReturnValue

from mobilizer.core.database import db
from mobilizer.core.errors import NotVisible
from mobilizer.core.policy import public
from mobilizer.cycles import queries as cycles
from mobilizer.cycles.models import Cycle
from mobilizer.findings.models import Finding
from mobilizer.places.models import Place
from mobilizer.places.rules import PlaceKind
from mobilizer.scorecards import queries
from mobilizer.scorecards.queries import Board, Line
from mobilizer.scorecards.queries.ago import Ago, latest_and_year_ago
from mobilizer.scorecards.queries.news import Subject
from mobilizer.scorecards.rules import About, By
from mobilizer.scorecards.views.days import Chosen, chosen_day
from mobilizer.scorecards.views.frame import bp, page, the_cycle
from mobilizer.scorecards.views.rows import rows
from mobilizer.scorecards.views.story import tell
from mobilizer.scoring.rules import Counts

#: How many of the latest findings the first page shows, and how many topics.
LATEST = 6
TOPICS = 8


@bp.get("/")
@public
def home() -> ResponseReturnValue:
    every = db.session.scalars(cycles.public()).all()
    if not every and not request.args.get("cycle"):
        return page("nothing.html", None)
    shown = the_cycle()
    return show(shown, [other for other in every if other is not shown])


@bp.get("/cycles/<code>")
@public
def cycle(code: str) -> ResponseReturnValue:
    every = db.session.scalars(cycles.public()).all()
    asked = next((cycle for cycle in every if cycle.code == code), None)
    if asked is None:
        raise NotVisible
    return show(asked, [other for other in every if other is not asked])


def show(cycle: Cycle, others: Sequence[Cycle]) -> ResponseReturnValue:
    """The scorecard of one cycle."""
    chosen, places = chosen_day(cycle), queries.places_of(cycle.country)
    story = tell(Subject(About.ALL, cycle), chosen.day, places)
    topics = rows(queries.lines_of(cycle, By.TOPIC, story.board), cycle)
    with_promises = [row for row in topics if row.counts.promises]
    findings, ago = latest_of(chosen)
    return page(
        "home.html",
        cycle,
        chosen,
        story=story,
        counts=story.now.counts,
        regions=rows(regions(places, story.board), cycle),
        drawing=queries.drawn(places),
        topics=sorted(with_promises, key=lambda row: -row.counts.promises)[:TOPICS],
        number_of_topics=len(with_promises),
        findings=findings,
        ago=ago,
        other_cycles=others,
    )


def latest_of(chosen: Chosen) -> tuple[Sequence[Finding], Ago | None]:
    """The newest findings by the day a page is of; today also what was found a year ago."""
    cycle = chosen.cycle
    if chosen.past is None:
        return latest_and_year_ago(cycle, chosen.today, LATEST)
    by_then = queries.published_by(cycle, chosen.past).limit(LATEST)
    return db.session.scalars(by_then).all(), None


def regions(places: Sequence[Place], board: Board) -> list[Line]:
    """The regions among some places with their counts, as ``queries.lines`` gives them."""
    return [
        Line(place, board.by_region.get(place.id, Counts()))
        for place in places
        if place.kind == PlaceKind.REGION
    ]
