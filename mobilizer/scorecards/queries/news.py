"""What is new about all, a topic, a party, a place or a promise: for feeds and for who follows.

The newest numbers are found by an index alone, and only those rows are read: a feed costs the
same however much was published.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, union_all
from sqlalchemy.orm import aliased, joinedload

from mobilizer.core.database import db
from mobilizer.core.errors import NotVisible
from mobilizer.core.numbers import in_address
from mobilizer.cycles.models import Cycle, Topic
from mobilizer.cycles.queries import public
from mobilizer.cycles.queries import topic as the_topic
from mobilizer.elections.models import Party
from mobilizer.findings.models import Finding
from mobilizer.places.models import Place
from mobilizer.places.queries import by_code, inside, regions
from mobilizer.places.rules import PlaceKind
from mobilizer.promises.models import Promise
from mobilizer.promises.rules import PromiseState
from mobilizer.scorecards.rules import About
from mobilizer.scoring.rules import Rating
from mobilizer.tallies import queries as tallies
from mobilizer.tallies.rules import Kind

PLACES = {About.REGION: PlaceKind.REGION, About.MUNICIPALITY: PlaceKind.MUNICIPALITY}


@dataclass(frozen=True)
class Subject:
    """What can be followed: a whole cycle, or one thing in it."""

    about: About
    cycle: Cycle
    thing: Topic | Party | Place | Promise | None = None

    @property
    def code(self) -> str:
        """What it is called in addresses; empty for all."""
        if isinstance(self.thing, Promise):
            return str(self.thing.number)
        return self.thing.code if self.thing else ""

    @property
    def names(self) -> Mapping[str, str]:
        """Its names by language; a promise without a title has the beginning of its words."""
        if isinstance(self.thing, Promise):
            return titles_of(self.thing)
        return self.thing.names if self.thing else self.cycle.names


@dataclass(frozen=True)
class News:
    """A finding, and what was said before: by the one it corrects, else by the last one there."""

    finding: Finding
    before: Rating | None


def titles_of(promise: Promise) -> Mapping[str, str]:
    """A promise's titles; where it has none, the beginning of its words."""
    return promise.titles or {promise.language: f"{promise.exact_words[:79]}…"}


def subject(about: About, code: str, cycle: Cycle) -> Subject:
    """What is followed under this code.

    Raises:
        NotVisible: it is not there for the public.
    """
    if about is About.ALL:
        return Subject(about, cycle)
    thing = db.session.scalars(_WHERE[about](cycle, code)).one_or_none()
    if thing is None:
        raise NotVisible
    return Subject(about, cycle, thing)


def _topic(cycle: Cycle, code: str) -> Select[Topic]:
    return the_topic(cycle, code)


def _party(cycle: Cycle, code: str) -> Select[Party]:
    return select(Party).where(
        Party.code == code, Party.id.in_(tallies.subjects(cycle, Kind.PARTY))
    )


def _region(cycle: Cycle, code: str) -> Select[Place]:
    return regions(cycle.country).where(Place.code == code)


def _municipality(cycle: Cycle, code: str) -> Select[Place]:
    here = Place.country == cycle.country, Place.kind == PlaceKind.MUNICIPALITY
    return by_code(code).where(*here)


def _promise(cycle: Cycle, code: str) -> Select[Promise]:
    return select(Promise).where(
        Promise.cycle_id == cycle.id,
        Promise.state == PromiseState.PUBLISHED,
        Promise.number == int(code),
    )


_WHERE: dict[About, Callable[[Cycle, str], Any]] = {
    About.TOPIC: _topic,
    About.PARTY: _party,
    About.REGION: _region,
    About.MUNICIPALITY: _municipality,
    About.PROMISE: _promise,
}


def cycle_of(about: About, code: str, asked: str | None) -> Cycle:
    """The public cycle of what is followed: a promise's own, else the one that is asked for.

    Args:
        about: what kind of thing it is.
        code: what it is called in addresses.
        asked: the cycle's code; the one shown first where none is said.

    Raises:
        NotVisible: there is no such cycle.
    """
    found = public()
    if about is About.PROMISE:
        number = in_address(code) or 0
        found = found.join(Promise, Promise.cycle_id == Cycle.id).where(Promise.number == number)
    elif asked:
        found = found.where(Cycle.code == asked)
    cycle = db.session.scalars(found.limit(1)).first()
    if cycle is None:
        raise NotVisible
    return cycle


#: What findings are sorted by, so that the newest about several things are at hand.
SORTED = {About.TOPIC: Kind.TOPIC, About.PARTY: Kind.PARTY, About.REGION: Kind.REGION}


def newest_about(
    cycle: Cycle, wanted: Sequence[Subject], many: int, below: int | None = None
) -> ColumnElement[bool]:
    """Whether a finding is one of the newest that are about all of some things.

    Args:
        cycle: of which cycle.
        wanted: what they are about: topics, parties and regions, or one other thing.
        many: so many at least, if there are.
        below: only those with a smaller number.
    """
    numbers = select(Finding.number).where(Finding.cycle_id == cycle.id)
    if below is not None:
        numbers = numbers.where(Finding.number < below)
    if any(one.about in SORTED for one in wanted):
        subjects = [(SORTED[one.about], one.thing.id) for one in wanted if one.thing]
        return Finding.number.in_(tallies.newest_about(cycle, subjects, many, below))
    of_each = [numbers.where(here) for one in wanted for here in _indexed(one)] or [numbers]
    last = (of_one.order_by(Finding.number.desc()).limit(many).subquery() for of_one in of_each)
    return Finding.number.in_(union_all(*map(select, last)))


def _indexed(subject: Subject) -> list[ColumnElement[bool]]:
    """What findings are about a promise or a municipality, each by an index.

    A city that is made of municipalities is several places.
    """
    if isinstance(subject.thing, Promise):
        return [Finding.promise_id == subject.thing.id]
    if isinstance(subject.thing, Place):
        places = db.session.scalars(inside(subject.thing))
        return [Finding.place_id == place_id for place_id in places]
    return []


def newest(wanted: ColumnElement[bool], many: int) -> list[News]:
    """The newest findings of those wanted, the newest first, each with what was said before."""
    numbers = select(Finding.number).where(wanted).order_by(Finding.number.desc()).limit(many)
    wrong, earlier = aliased(Finding), aliased(Finding)
    before = (
        select(earlier.rating)
        .where(
            earlier.promise_id == Finding.promise_id,
            earlier.place_id == Finding.place_id,
            earlier.month <= Finding.month,
            earlier.number < Finding.number,
        )
        .order_by(earlier.month.desc(), earlier.number.desc())
        .limit(1)
        .correlate(Finding)
        .scalar_subquery()
    )
    found = (
        select(Finding, func.coalesce(wrong.rating, before))
        .outerjoin(wrong, wrong.number == Finding.corrects)
        .where(Finding.number.in_(select(numbers.subquery().c.number)))
        .order_by(Finding.number.desc())
        .options(joinedload(Finding.place), joinedload(Finding.promise))
    )
    return [News(finding, rating) for finding, rating in db.session.execute(found)]
