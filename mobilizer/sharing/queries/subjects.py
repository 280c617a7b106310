"""What may be shown elsewhere: only what stands on a public page."""

from dataclasses import dataclass, field

from sqlalchemy.orm import joinedload

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.errors import NotVisible
from mobilizer.core.numbers import in_address
from mobilizer.cycles.models import Cycle, Topic
from mobilizer.cycles.queries import public_cycle
from mobilizer.elections.models import Party
from mobilizer.places.models import Place
from mobilizer.places.queries import by_code
from mobilizer.places.rules import PlaceKind
from mobilizer.promises.models import Promise
from mobilizer.scorecards import queries as scorecards
from mobilizer.scorecards.queries.news import Subject as Scorecard
from mobilizer.scorecards.rules import About, By
from mobilizer.scorecards.rules.coverage import Coverage
from mobilizer.scoring.rules import Counts, Rating
from mobilizer.sharing.rules.cards import Kind

WAYS = {
    Kind.TOPIC: By.TOPIC,
    Kind.PARTY: By.PARTY,
    Kind.REGION: By.REGION,
    Kind.MUNICIPALITY: By.MUNICIPALITY,
}
PLACES = {Kind.REGION: PlaceKind.REGION, Kind.MUNICIPALITY: PlaceKind.MUNICIPALITY}


#: What has a score.
Scored = Cycle | Topic | Party | Place


@dataclass(frozen=True)
class Subject:
    """Something with a public page: a cycle or a part of it with its counts, or a promise."""

    kind: Kind
    cycle: Cycle
    thing: Cycle | Topic | Party | Place | Promise
    counts: Counts = field(default_factory=Counts)
    rating: Rating | None = None
    #: Of a score where somebody looked.
    coverage: Coverage | None = None

    @property
    def code(self) -> str:
        """What names it in addresses."""
        return str(self.thing.number if isinstance(self.thing, Promise) else self.thing.code)


def subject(kind: Kind, code: str, cycle: Cycle | None) -> Subject:
    """What can be shown elsewhere, with the numbers its page has today.

    Args:
        kind: what it is.
        code: what names it; of a promise its number.
        cycle: in which; None for the one of a promise, else the one shown first.

    Raises:
        NotVisible: there is no such thing, or no public page of it.
    """
    if kind is Kind.PROMISE:
        return _promise(code, cycle)
    cycle = cycle or public_cycle(None)
    thing, counts = _counted(kind, code, cycle)
    return Subject(kind, cycle, thing, counts, coverage=_coverage(kind, cycle, thing))


def _counted(kind: Kind, code: str, cycle: Cycle) -> tuple[Scored, Counts]:
    """A cycle or a part of it with its counts."""
    if kind is Kind.CYCLE:
        return cycle, scorecards.board(cycle).overall
    for line in scorecards.lines(cycle, WAYS[kind]):
        if line.thing.code == code:
            return line.thing, line.counts
    place = _place(kind, code)
    if place is None:
        raise NotVisible
    return place, Counts()


def _coverage(kind: Kind, cycle: Cycle, thing: Scored) -> Coverage:
    """Where somebody looked by today, as the page of it says."""
    if isinstance(thing, Cycle):
        about = Scorecard(About.ALL, cycle)
    else:
        about = Scorecard(About(kind.value), cycle, thing)
    places = scorecards.places_of(cycle.country)
    return scorecards.coverage(about, places, clock.today(cycle.time_zone))


def _promise(number: str, cycle: Cycle | None) -> Subject:
    named = in_address(number) or 0
    found = db.session.scalar(scorecards.public_promise(named).options(joinedload(Promise.party)))
    if found is None or (cycle and cycle.id != found.cycle_id):
        raise NotVisible
    rating = scorecards.board(found.cycle).ratings_of([found])[found.id]
    return Subject(Kind.PROMISE, found.cycle, found, rating=rating)


def _place(kind: Kind, code: str) -> Place | None:
    """A place without a promise has a page that says so."""
    if kind not in PLACES:
        return None
    return db.session.scalar(by_code(code).where(Place.kind == PLACES[kind]))
