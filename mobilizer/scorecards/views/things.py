"""Topics, parties, regions and municipalities: a list of each, and a page for each."""

from collections.abc import Collection, Sequence
from typing import Any

from flask.typing import ResponseReturnValue

from mobilizer.core.errors import NotVisible
from mobilizer.core.language import current
from mobilizer.core.pages import asked_page
from mobilizer.core.policy import public
from mobilizer.places.models import Place
from mobilizer.places.rules import PlaceKind
from mobilizer.scorecards import queries
from mobilizer.scorecards.queries import Board, Line
from mobilizer.scorecards.queries.news import PLACES, Subject, subject
from mobilizer.scorecards.rules import About, By
from mobilizer.scorecards.rules.letters import by_letter
from mobilizer.scorecards.rules.places import within
from mobilizer.scorecards.views.days import chosen_day
from mobilizer.scorecards.views.frame import bp, page, the_cycle
from mobilizer.scorecards.views.rows import rows
from mobilizer.scorecards.views.story import tell
from mobilizer.scoring.rules import Counts


def listing(by: By) -> ResponseReturnValue:
    """All topics, parties or regions with their scores."""
    cycle = the_cycle()
    chosen = chosen_day(cycle)
    drawing = queries.drawing_of(cycle.country) if by is By.REGION else None
    lines = rows(queries.lines(cycle, by, chosen.past), cycle)
    return page("things.html", cycle, chosen, by=by, rows=lines, drawing=drawing)


def thing_page(
    by: By,
    subject: Subject,
    *,
    places: Sequence[Place] | None = None,
    place_ids: Collection[int] | None = None,
) -> ResponseReturnValue:
    """One topic, party or place: its score, what it is made of, its promises."""
    cycle = subject.cycle
    places = queries.places_of(cycle.country) if places is None else places
    chosen = chosen_day(cycle)
    story = tell(subject, chosen.day, places)
    tallied = queries.tallied(subject)
    promises = queries.page_under(cycle, tallied, asked_page(), story.listed, chosen.past)
    return page(
        "thing.html",
        cycle,
        chosen,
        thing=subject.thing,
        region=above(subject.thing),
        by=by,
        story=story,
        counts=story.now.counts,
        parts=rows(below(subject.thing, places, place_ids, story.board), cycle),
        promises=promises,
        ratings_of=queries.ratings_under(subject, promises.rows, chosen.past),
    )


def above(thing: Any) -> Place | None:
    """The region of a municipality; nothing stands above anything else."""
    is_municipality = isinstance(thing, Place) and thing.kind == PlaceKind.MUNICIPALITY
    return thing.region if is_municipality else None


def below(
    thing: Any, places: Sequence[Place], place_ids: Collection[int] | None, board: Board
) -> list[Line]:
    """The municipalities of a region with their counts; none of anything else."""
    if place_ids is None or thing.kind != PlaceKind.REGION:
        return []
    return [
        Line(place, board.by_place.get(place.id, Counts()))
        for place in places
        if place.id in place_ids and place.kind == PlaceKind.MUNICIPALITY
    ]


@bp.get("/topics/")
@public
def topics() -> ResponseReturnValue:
    return listing(By.TOPIC)


@bp.get("/topics/<code>")
@public
def topic(code: str) -> ResponseReturnValue:
    return thing_page(By.TOPIC, subject(About.TOPIC, code, the_cycle()))


@bp.get("/parties/")
@public
def parties() -> ResponseReturnValue:
    return listing(By.PARTY)


@bp.get("/parties/<code>")
@public
def party(code: str) -> ResponseReturnValue:
    return thing_page(By.PARTY, subject(About.PARTY, code, the_cycle()))


@bp.get("/regions/")
@public
def regions() -> ResponseReturnValue:
    return listing(By.REGION)


@bp.get("/regions/<code>")
@public
def region(code: str) -> ResponseReturnValue:
    return place_page(By.REGION, About.REGION, code)


@bp.get("/municipalities/")
@public
def all_municipalities() -> ResponseReturnValue:
    cycle = the_cycle()
    chosen = chosen_day(cycle)
    lines = queries.lines(cycle, By.MUNICIPALITY, chosen.past)
    counted = {line.thing.id: line for line in lines}
    every = rows(
        [
            counted.get(place.id, Line(place, Counts()))
            for place in queries.places_of(cycle.country)
            if place.kind == PlaceKind.MUNICIPALITY
        ],
        cycle,
    )
    letters = by_letter(((row.name, row) for row in every), current())
    return page(
        "things.html",
        cycle,
        chosen,
        by=By.MUNICIPALITY,
        rows=[row for _, some in letters for row in some if row.counts.promises],
        letters=letters,
    )


@bp.get("/municipalities/<code>")
@public
def municipality(code: str) -> ResponseReturnValue:
    return place_page(By.MUNICIPALITY, About.MUNICIPALITY, code)


def place_page(by: By, about: About, code: str) -> ResponseReturnValue:
    """A region with what lies in it, or a municipality."""
    cycle = the_cycle()
    places = queries.places_of(cycle.country)
    place = next((one for one in places if (one.code, one.kind) == (code, PLACES[about])), None)
    if place is None:
        raise NotVisible
    tree = [(one.id, one.parent_id, one.kind) for one in places]
    found = Subject(about, cycle, place)
    return thing_page(by, found, places=places, place_ids=within(place.id, tree))
