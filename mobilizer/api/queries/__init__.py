"""The published records as data. Nothing here reads an entry, a revision or a person."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from mobilizer.agreement.queries import figures, is_over
from mobilizer.agreement.rules import commitment
from mobilizer.agreement.rules.alpha import LEAST_PAIRS, RESAMPLES, SCALE
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.errors import NotVisible
from mobilizer.cycles.models import Cycle, Topic
from mobilizer.elections.models import Party
from mobilizer.findings.models import Finding
from mobilizer.places.models import Place
from mobilizer.places.queries import shown
from mobilizer.places.rules import PlaceKind
from mobilizer.promises.models import Promise
from mobilizer.promises.rules import PromiseState
from mobilizer.replies.models import Reply
from mobilizer.replies.queries import published as published_replies
from mobilizer.scorecards.queries import board


@dataclass(frozen=True)
class Collection:
    """A list the API serves: what is selected, and how a row is written."""

    listing: Callable[[Cycle], Select[Any]]
    row: Callable[[Any], dict[str, Any]]


def cycle_or_404(code: str | None) -> Cycle:
    """The public cycle with this code, or the one the first page shows.

    Raises:
        NotVisible: there is none, or it is not public.
    """
    wanted = select(Cycle).where(Cycle.is_public)
    if code:
        wanted = wanted.where(Cycle.code == code)
    else:
        wanted = wanted.order_by(Cycle.is_current.desc(), Cycle.id.desc()).limit(1)
    found = db.session.scalar(wanted)
    if found is None:
        raise NotVisible
    return found


def public_promise(number: int) -> Promise:
    """A published promise of a public cycle.

    Raises:
        NotVisible: there is none, or it is not public yet.
    """
    wanted = published_promises().where(Cycle.is_public, Promise.number == number)
    return db.one_or_404(wanted.join(Promise.cycle))


def promises(cycle: Cycle) -> Select[Promise]:
    """The published promises of a cycle, with all that a row of them tells."""
    return published_promises().where(Promise.cycle_id == cycle.id)


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


def promise_row(promise: Promise) -> dict[str, Any]:
    """A promise as data, with its headline rating."""
    return {
        "number": promise.number,
        "cycle": promise.cycle.code,
        "party": promise.party.code,
        "topic": promise.topic.code,
        "level": promise.level.value,
        "places": [place.code for place in promise.places],
        "language": promise.language,
        "exact_words": promise.exact_words,
        "titles": promise.titles,
        "source": {
            "kind": promise.source.kind.value,
            "title": promise.source.title,
            "spot": promise.source_spot,
            "link": promise.source.link,
            "archive_link": promise.source.archive_link,
        },
        "made_on": _iso(promise.made_on),
        "due_on": _iso(promise.due_on),
        "due_precision": promise.due_precision.value,
        "due_raw": promise.due_raw,
        "institution": promise.institution,
        "testability": promise.testability.value if promise.testability else None,
        "testability_reason": promise.testability_reason,
        "rating": board(promise.cycle).headlines[promise.id].value,
        "imported_from": promise.origin,
    }


def indicator_rows(promise: Promise) -> list[dict[str, Any]]:
    """How a promise is measured."""
    return [
        {
            "position": indicator.position,
            "text": indicator.text,
            "unit": indicator.unit.value,
            "baseline": indicator.baseline,
            "baseline_on": _iso(indicator.baseline_on),
            "target": indicator.target,
        }
        for indicator in promise.indicators
    ]


def findings(cycle: Cycle) -> Select[Finding]:
    """The findings of a cycle, in the order in which they were published."""
    return (
        select(Finding)
        .where(Finding.cycle_id == cycle.id)
        .order_by(Finding.number)
        .options(joinedload(Finding.promise), joinedload(Finding.place), joinedload(Finding.cycle))
    )


def finding_row(finding: Finding) -> dict[str, Any]:
    """A finding as data: all that its hash is made of, so that the chain can be walked."""
    return {
        "number": finding.number,
        "cycle": finding.cycle.code,
        "promise": finding.promise.number,
        "place": finding.place.code,
        "month": finding.month.isoformat(),
        "rating": finding.rating.value,
        "content": finding.content,
        "published_on": finding.published_on.isoformat(),
        "imported_from": finding.imported_from,
        "corrects": finding.corrects,
        "previous_hash": finding.previous_hash,
        "hash": finding.hash,
    }


def reply_row(reply: Reply) -> dict[str, Any]:
    """A published reply as data: the body's own words. It counts in no score."""
    of = reply.written_about
    return {
        "promise": reply.link.promise.number,
        "finding": reply.beside,
        "written_about": _iso(_day(of, reply.link.promise.cycle)) if of else None,
        "kind": reply.link.kind.value,
        "body": reply.of,
        "signed": reply.body,
        "function": reply.function,
        "language": reply.language,
        "text": reply.text,
        "link": reply.url,
        "published_on": _iso(reply.shown_on),
    }


def agreement_row(cycle: Cycle) -> dict[str, Any]:
    """How far two mentors agree in a cycle, as data: only numbers, of nobody."""
    found = figures(cycle)
    return {
        "cycle": cycle.code,
        "share": cycle.second_share,
        "level_of_measurement": "ordinal",
        "scale": [rating.value for rating in SCALE],
        "pairs": found.pairs,
        "least_pairs": LEAST_PAIRS,
        "unratable": found.unratable,
        "cannot_tell": found.untold,
        "corrected": found.corrected,
        "alpha": found.alpha,
        "interval": found.interval,
        "resamples": RESAMPLES,
        "table": found.table,
        "seed_sha256": commitment(cycle.drawing_seed),
        "seed": cycle.drawing_seed if is_over(cycle) else None,
    }


def _named(thing: Topic | Party | Place) -> dict[str, Any]:
    return {"key": thing.code, "names": thing.names}


def _party_row(party: Party) -> dict[str, Any]:
    return {**_named(party), "kind": party.kind.value, "invented": party.invented}


def _place_row(place: Place) -> dict[str, Any]:
    region = place.region
    return {**_named(place), "country": place.country, "region": region.code if region else None}


def _cycle_row(cycle: Cycle) -> dict[str, Any]:
    return {
        "key": cycle.code,
        "names": cycle.names,
        "country": cycle.country,
        "level": cycle.level.value,
        "first_month": cycle.first_month.isoformat(),
        "last_month": cycle.last_month.isoformat(),
        "is_current": cycle.is_current,
        "is_demonstration": cycle.is_demonstration,
    }


def _parties(cycle: Cycle) -> Select[Party]:
    promising = select(Promise.party_id).where(
        Promise.cycle_id == cycle.id, Promise.state == PromiseState.PUBLISHED
    )
    return select(Party).where(Party.id.in_(promising)).order_by(Party.code)


def _places(kind: PlaceKind) -> Callable[[Cycle], Select[Place]]:
    def listing(cycle: Cycle) -> Select[Place]:
        above = joinedload(Place.parent).joinedload(Place.parent)
        return shown().where(Place.country == cycle.country, Place.kind == kind).options(above)

    return listing


#: name in the address -> what it lists
COLLECTIONS: dict[str, Collection] = {
    "cycles": Collection(
        lambda _: select(Cycle).where(Cycle.is_public).order_by(Cycle.code), _cycle_row
    ),
    "topics": Collection(
        lambda cycle: select(Topic).where(Topic.cycle_id == cycle.id).order_by(Topic.code), _named
    ),
    "parties": Collection(_parties, _party_row),
    "regions": Collection(_places(PlaceKind.REGION), _place_row),
    "municipalities": Collection(_places(PlaceKind.MUNICIPALITY), _place_row),
    "promises": Collection(promises, promise_row),
    "findings": Collection(findings, finding_row),
    "replies": Collection(published_replies, reply_row),
}


def _day(moment: datetime, cycle: Cycle) -> date:
    """The day of a moment where the cycle is."""
    return clock.day_of(moment, cycle.time_zone)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
