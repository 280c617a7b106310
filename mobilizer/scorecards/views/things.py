"""Topics, parties, regions and municipalities: a list of each, and a page for each."""

from collections.abc import Sequence
from typing import Any

from flask.typing import ResponseReturnValue
from sqlalchemy import Select

from mobilizer.core.database import db
from mobilizer.core.pages import asked_page, paged
from mobilizer.core.policy import public
from mobilizer.cycles.models import Topic
from mobilizer.cycles.queries import topic as the_topic
from mobilizer.elections.models import Party
from mobilizer.places.models import Place
from mobilizer.places.queries import by_code, municipalities
from mobilizer.places.rules import PlaceKind
from mobilizer.promises.models import Promise
from mobilizer.scorecards import queries
from mobilizer.scorecards.queries import Line
from mobilizer.scorecards.rules import By
from mobilizer.scorecards.views.days import Chosen, chosen_day
from mobilizer.scorecards.views.frame import bp, page, the_cycle
from mobilizer.scorecards.views.rows import rows
from mobilizer.scoring.rules import Counts, score


def listing(by: By, **values: Any) -> ResponseReturnValue:
    """All topics, parties or places with their scores."""
    cycle = the_cycle()
    drawing = queries.drawing_of(cycle.country) if by is By.REGION else None
    chosen = chosen_day(cycle)
    lines = rows(queries.lines(cycle, by, chosen.past), cycle)
    return page("things.html", cycle, chosen, by=by, rows=lines, drawing=drawing, **values)


def thing_page(
    thing: Topic | Party | Place,
    by: By,
    chosen: Chosen,
    counts: Counts,
    promises: Select[Promise],
    *,
    parts: Sequence[Line] = (),
) -> ResponseReturnValue:
    """One topic, party or place: its score, what it is made of, its promises."""
    cycle = chosen.cycle
    return page(
        "thing.html",
        cycle,
        chosen,
        thing=thing,
        by=by,
        counts=counts,
        score=score(counts, cycle.least_rated),
        parts=rows(list(parts), cycle),
        promises=paged(promises, asked_page()),
        ratings_of=queries.board(cycle, chosen.past).headlines,
    )


@bp.get("/topics/")
@public
def topics() -> ResponseReturnValue:
    return listing(By.TOPIC)


@bp.get("/topics/<code>")
@public
def topic(code: str) -> ResponseReturnValue:
    cycle = the_cycle()
    found = db.one_or_404(the_topic(cycle, code))
    chosen = chosen_day(cycle)
    counts = queries.board(cycle, chosen.past).by_topic.get(found.id, Counts())
    promises = queries.shown_promises(cycle, chosen.past).where(Promise.topic_id == found.id)
    return thing_page(found, By.TOPIC, chosen, counts, promises)


@bp.get("/parties/")
@public
def parties() -> ResponseReturnValue:
    return listing(By.PARTY)


@bp.get("/parties/<code>")
@public
def party(code: str) -> ResponseReturnValue:
    cycle = the_cycle()
    promising = list(queries.board(cycle).by_party)
    found = db.one_or_404(db.select(Party).where(Party.code == code, Party.id.in_(promising)))
    chosen = chosen_day(cycle)
    counts = queries.board(cycle, chosen.past).by_party.get(found.id, Counts())
    promises = queries.shown_promises(cycle, chosen.past).where(Promise.party_id == found.id)
    return thing_page(found, By.PARTY, chosen, counts, promises)


@bp.get("/regions/")
@public
def regions() -> ResponseReturnValue:
    return listing(By.REGION)


@bp.get("/regions/<code>")
@public
def region(code: str) -> ResponseReturnValue:
    cycle = the_cycle()
    found = db.one_or_404(by_code(code).where(Place.kind == PlaceKind.REGION))
    chosen = chosen_day(cycle)
    board, inside = queries.board(cycle, chosen.past), queries.ids_inside(found)
    below = [
        Line(place, board.by_place.get(place.id, Counts()))
        for place in db.session.scalars(municipalities(found))
    ]
    promises = queries.promises_in(cycle, inside, chosen.past)
    return thing_page(found, By.REGION, chosen, board.within(inside), promises, parts=below)


@bp.get("/municipalities/")
@public
def all_municipalities() -> ResponseReturnValue:
    return listing(By.MUNICIPALITY)


@bp.get("/municipalities/<code>")
@public
def municipality(code: str) -> ResponseReturnValue:
    cycle = the_cycle()
    found = db.one_or_404(by_code(code).where(Place.kind == PlaceKind.MUNICIPALITY))
    chosen = chosen_day(cycle)
    counts = queries.board(cycle, chosen.past).by_place.get(found.id, Counts())
    promises = queries.promises_in(cycle, {found.id}, chosen.past)
    return thing_page(found, By.MUNICIPALITY, chosen, counts, promises)
