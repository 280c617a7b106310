"""Topics, parties, regions and municipalities: a list of each, and a page for each."""

from collections.abc import Sequence
from typing import Any

from flask.typing import ResponseReturnValue

from mobilizer.core.database import db
from mobilizer.core.pages import asked_page
from mobilizer.core.policy import public
from mobilizer.cycles.models import Cycle, Topic
from mobilizer.cycles.queries import topic as the_topic
from mobilizer.elections.models import Party
from mobilizer.places.models import Place
from mobilizer.places.queries import by_code, municipalities
from mobilizer.places.rules import PlaceKind
from mobilizer.scorecards import queries
from mobilizer.scorecards.queries import Line
from mobilizer.scorecards.rules import By
from mobilizer.scorecards.views.frame import bp, page, the_cycle
from mobilizer.scorecards.views.rows import rows
from mobilizer.scoring.rules import Counts, score
from mobilizer.tallies.queries import counted, subjects
from mobilizer.tallies.rules import Kind

#: What the numbers of each are kept under.
KINDS = {
    By.TOPIC: Kind.TOPIC,
    By.PARTY: Kind.PARTY,
    By.REGION: Kind.REGION,
    By.MUNICIPALITY: Kind.PLACE,
}


def listing(by: By, **values: Any) -> ResponseReturnValue:
    """All topics, parties or places with their scores."""
    cycle = the_cycle()
    drawing = queries.drawing_of(cycle.country) if by is By.REGION else None
    lines = rows(queries.lines(cycle, by), cycle)
    return page("things.html", cycle, by=by, rows=lines, drawing=drawing, **values)


def thing_page(
    thing: Topic | Party | Place, by: By, cycle: Cycle, *, parts: Sequence[Line] = ()
) -> ResponseReturnValue:
    """One topic, party or place: its score, what it is made of, its promises."""
    subject = KINDS[by], thing.id
    counts = counted(cycle, subject).counts
    promises = queries.page_under(cycle, subject, asked_page())
    return page(
        "thing.html",
        cycle,
        thing=thing,
        by=by,
        counts=counts,
        score=score(counts, cycle.least_rated),
        parts=rows(list(parts), cycle),
        promises=promises,
        ratings_of=queries.board(cycle).ratings_of(promises.rows),
    )


@bp.get("/topics/")
@public
def topics() -> ResponseReturnValue:
    return listing(By.TOPIC)


@bp.get("/topics/<code>")
@public
def topic(code: str) -> ResponseReturnValue:
    cycle = the_cycle()
    return thing_page(db.one_or_404(the_topic(cycle, code)), By.TOPIC, cycle)


@bp.get("/parties/")
@public
def parties() -> ResponseReturnValue:
    return listing(By.PARTY)


@bp.get("/parties/<code>")
@public
def party(code: str) -> ResponseReturnValue:
    cycle = the_cycle()
    promising = Party.id.in_(subjects(cycle, Kind.PARTY))
    found = db.one_or_404(db.select(Party).where(Party.code == code, promising))
    return thing_page(found, By.PARTY, cycle)


@bp.get("/regions/")
@public
def regions() -> ResponseReturnValue:
    return listing(By.REGION)


@bp.get("/regions/<code>")
@public
def region(code: str) -> ResponseReturnValue:
    cycle = the_cycle()
    found = db.one_or_404(by_code(code).where(Place.kind == PlaceKind.REGION))
    by_place = queries.board(cycle).by_place
    below = [
        Line(place, by_place.get(place.id, Counts()))
        for place in db.session.scalars(municipalities(found))
    ]
    return thing_page(found, By.REGION, cycle, parts=below)


@bp.get("/municipalities/")
@public
def all_municipalities() -> ResponseReturnValue:
    return listing(By.MUNICIPALITY)


@bp.get("/municipalities/<code>")
@public
def municipality(code: str) -> ResponseReturnValue:
    cycle = the_cycle()
    found = db.one_or_404(by_code(code).where(Place.kind == PlaceKind.MUNICIPALITY))
    return thing_page(found, By.MUNICIPALITY, cycle)
