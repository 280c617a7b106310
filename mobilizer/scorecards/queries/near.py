"""The public things of a cycle, and those whose names are near to what somebody typed."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from sqlalchemy import Select, select

from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle, Topic
from mobilizer.elections.models import Party
from mobilizer.places.models import Place
from mobilizer.places.queries import regions, shown
from mobilizer.places.rules import PlaceKind
from mobilizer.promises.models import Promise
from mobilizer.scorecards.queries.listing import shown_promises
from mobilizer.scorecards.queries.shelf import Shelf, shelf
from mobilizer.scorecards.rules import By
from mobilizer.search.rules.nearness import beside, nearest
from mobilizer.tallies.queries import subjects
from mobilizer.tallies.rules import Kind

Thing = Topic | Party | Place
#: What has a code and names.
Named = TypeVar("Named", bound=Thing | Cycle)


def things(cycle: Cycle, by: By) -> Sequence[Thing]:
    """The topics, parties or places of a cycle; of parties those that have a public promise."""
    if by is By.TOPIC:
        return cycle.topics
    if by is By.PARTY:
        return db.session.scalars(parties_of(cycle)).all()
    if by is By.REGION:
        return db.session.scalars(regions(cycle.country)).all()
    there = shown().where(Place.country == cycle.country, Place.kind == PlaceKind.MUNICIPALITY)
    return db.session.scalars(there).all()


def parties_of(cycle: Cycle) -> Select[Party]:
    """The parties that have a public promise in a cycle."""
    return select(Party).where(Party.id.in_(subjects(cycle, Kind.PARTY))).order_by(Party.code)


def parties_on(here: Shelf) -> Sequence[Party]:
    """The parties that have a promise on a shelf."""
    listed = select(Party).where(Party.code.in_(here.under["party"])).order_by(Party.code)
    return db.session.scalars(listed).all()


def near(typed: str, among: Iterable[Named]) -> list[Named]:
    """Those of some things that may be meant by what was typed, a code or words."""
    return nearest(typed, ((thing, (thing.code, *thing.names.values())) for thing in among))


def promises_beside(cycle: Cycle, number: int) -> list[Promise]:
    """The public promises with the numbers around one that is not there, or not public."""
    around = shown_promises(cycle).where(Promise.number.in_(beside(number, shelf(cycle).every)))
    return list(db.session.scalars(around).unique())
