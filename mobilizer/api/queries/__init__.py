"""The published records as data. Nothing here reads an entry, a revision or a person."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from mobilizer.api.queries.rows import (
    Row,
    agreement_row,
    cycle_row,
    each,
    finding_row,
    indicator_rows,
    named,
    party_row,
    place_row,
    promise_rows,
    reply_row,
)
from mobilizer.api.rules.asking import FILTERS, PER_PAGE, one_of
from mobilizer.core.database import db
from mobilizer.core.pages import Page, paged
from mobilizer.cycles.models import Cycle, Topic
from mobilizer.findings.models import Finding
from mobilizer.findings.queries import last_number, until
from mobilizer.places.models import Place
from mobilizer.places.queries import shown
from mobilizer.places.rules import PlaceKind
from mobilizer.promises.models import Promise
from mobilizer.promises.rules import PromiseState
from mobilizer.replies.queries import beside
from mobilizer.replies.queries import published as published_replies
from mobilizer.scorecards.queries import Wanted, end_of_day, look_up, page_of, parties_of, shelf
from mobilizer.tallies.queries import page_of_all

__all__ = [
    "COLLECTIONS",
    "OF_A_DAY",
    "agreement_row",
    "public_promise",
    "sought",
    "whole_promise",
]


@dataclass(frozen=True)
class Collection:
    """A list the API serves: what is selected, and how its rows are written, all at once."""

    listing: Callable[[Cycle], Select[Any]]
    rows: Callable[[Sequence[Any]], list[Row]]

    def page(self, cycle: Cycle, at: int) -> Page[Any]:
        """One page of it; beyond the last one nothing."""
        return paged(self.listing(cycle), at, PER_PAGE)


@dataclass(frozen=True)
class Findings(Collection):
    """The findings, as published by the end of a day; now for None.

    Of a million the last page is as near as the first: the numbers of a page stand in a set.
    """

    as_of: date | None = None

    def page(self, cycle: Cycle, at: int) -> Page[Any]:
        """One page of them; beyond the last one nothing."""
        last = last_number(end_of_day(self.as_of, cycle)) if self.as_of else None
        numbers, total = page_of_all(cycle, at, PER_PAGE, last)
        rows = self.listing(cycle).where(Finding.number.in_(numbers))
        return Page(db.session.scalars(rows).all() if numbers else (), at, PER_PAGE, total)


def public_promise(number: int) -> Promise:
    """A published promise of a public cycle.

    Raises:
        NotVisible: there is none, or it is not public yet.
    """
    wanted = published_promises().where(Cycle.is_public, Promise.number == number)
    return db.one_or_404(wanted.join(Promise.cycle))


def promises(cycle: Cycle, as_of: date | None = None) -> Select[Promise]:
    """The promises of a cycle that were published by a day, with all that a row of them tells."""
    found = published_promises().where(Promise.cycle_id == cycle.id)
    return found if as_of is None else found.where(Promise.published_at <= end_of_day(as_of, cycle))


def published_promises() -> Select[Promise]:
    """Published promises of whatever cycle."""
    return (
        select(Promise)
        .where(Promise.state == PromiseState.PUBLISHED)
        .order_by(Promise.number)
        .options(
            joinedload(Promise.party),
            joinedload(Promise.topic),
            joinedload(Promise.source),
            joinedload(Promise.cycle),
            selectinload(Promise.places),
            selectinload(Promise.indicators),
        )
    )


def whole_promise(promise: Promise, as_of: date | None = None) -> Row:
    """A promise with how it is measured, what was found and what was replied by a day."""
    told = findings(promise.cycle, as_of).where(Finding.promise_id == promise.id)
    replies = [reply for some in beside(promise).values() for reply in some]
    return {
        **promise_rows([promise], as_of)[0],
        "indicators": indicator_rows(promise),
        "findings": [finding_row(finding) for finding in db.session.scalars(told)],
        "replies": [
            reply_row(reply)
            for reply in replies
            if as_of is None or (reply.shown_on and reply.shown_on <= as_of)
        ],
    }


def findings(cycle: Cycle, as_of: date | None = None) -> Select[Finding]:
    """The findings of a cycle until a day, in the order in which they were published."""
    found = until(select(Finding), end_of_day(as_of, cycle) if as_of else None)
    return (
        found.where(Finding.cycle_id == cycle.id)
        .order_by(Finding.number)
        .options(joinedload(Finding.promise), joinedload(Finding.place), joinedload(Finding.cycle))
    )


def _places(kind: PlaceKind) -> Callable[[Cycle], Select[Place]]:
    def listing(cycle: Cycle) -> Select[Place]:
        above = joinedload(Place.parent).joinedload(Place.parent)
        return shown().where(Place.country == cycle.country, Place.kind == kind).options(above)

    return listing


#: name in the address -> what it lists
COLLECTIONS: dict[str, Collection] = {
    "cycles": Collection(
        lambda _: select(Cycle).where(Cycle.is_public).order_by(Cycle.code), each(cycle_row)
    ),
    "topics": Collection(
        lambda cycle: select(Topic).where(Topic.cycle_id == cycle.id).order_by(Topic.code),
        each(named),
    ),
    "parties": Collection(parties_of, each(party_row)),
    "regions": Collection(_places(PlaceKind.REGION), each(place_row)),
    "municipalities": Collection(_places(PlaceKind.MUNICIPALITY), each(place_row)),
    "findings": Findings(findings, each(finding_row)),
    "replies": Collection(published_replies, each(reply_row)),
}
#: The lists of which it can be asked how they were at the end of a day.
OF_A_DAY: dict[str, Callable[[date], Collection]] = {
    "findings": lambda day: Findings(findings, each(finding_row), day),
}


def sought(cycle: Cycle, wanted: Wanted, as_of: date | None, at: int) -> Page[Promise]:
    """One page of the promises that are looked for, the best hits first; beyond the last nothing.

    Raises:
        RuleBroken: a filter asks for what there is none of in this cycle.
    """
    found = look_up(shelf(cycle, as_of), wanted)
    for name in FILTERS.keys() & wanted.chosen.keys():
        if wanted.chosen[name] not in found.here.under[name]:  # No promise has it: is there one?
            there = db.session.scalars(COLLECTIONS[FILTERS[name]].listing(cycle)).unique()
            one_of(name, wanted.chosen[name], [thing.code for thing in there])
    page = page_of(found, promises(cycle, as_of), at, PER_PAGE)
    return page if page.number == at else Page((), at, PER_PAGE, page.total)
