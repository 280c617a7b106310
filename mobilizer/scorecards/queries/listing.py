"""Which promises stand on a public page."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.evidence.models import Evidence, Media
from mobilizer.findings.models import Finding
from mobilizer.monitoring.models import RevisionEvidence
from mobilizer.places.models import Place
from mobilizer.places.queries import inside
from mobilizer.promises.models import Promise
from mobilizer.promises.queries import public_promises, search
from mobilizer.promises.rules import PromiseState
from mobilizer.scorecards.queries.board import board
from mobilizer.scoring.rules import Rating


@dataclass(frozen=True)
class Wanted:
    """What a visitor looks for; what is empty filters nothing. Names are public codes."""

    text: str = ""
    topic: str = ""
    party: str = ""
    region: str = ""
    rating: Rating | None = None


def shown_promises(cycle: Cycle) -> Select[Promise]:
    """The published promises of a cycle, with what a line of a list tells of them."""
    return (
        public_promises(cycle)
        .order_by(Promise.number)
        .options(joinedload(Promise.party), joinedload(Promise.topic), selectinload(Promise.places))
    )


def promises_in(cycle: Cycle, place_ids: Iterable[int]) -> Select[Promise]:
    """The promises made for, or looked at in, some places."""
    return shown_promises(cycle).where(Promise.id.in_(board(cycle).promises_within(place_ids)))


def filtered(cycle: Cycle, wanted: Wanted) -> Select[Promise]:
    """The promises of a cycle that are what a visitor looks for."""
    found = search(shown_promises(cycle), wanted.text)
    if wanted.topic:
        found = found.where(Promise.topic.has(code=wanted.topic))
    if wanted.party:
        found = found.where(Promise.party.has(code=wanted.party))
    if wanted.region:
        region = db.session.scalar(select(Place).where(Place.code == wanted.region))
        there = board(cycle).promises_within(ids_inside(region)) if region else set()
        found = found.where(Promise.id.in_(there))
    if wanted.rating:
        headlines = board(cycle).headlines
        found = found.where(
            Promise.id.in_([key for key, rating in headlines.items() if rating is wanted.rating])
        )
    return found


def ids_inside(place: Place) -> set[int]:
    """The ids of a place and of all that lie in it."""
    return set(db.session.scalars(inside(place)))


def public_promise(number: int) -> Select[Promise]:
    """A published promise of a public cycle, with all that its page tells."""
    return (
        select(Promise)
        .join(Promise.cycle)
        .where(Cycle.is_public, Promise.state == PromiseState.PUBLISHED, Promise.number == number)
        .options(
            joinedload(Promise.cycle),
            joinedload(Promise.party),
            joinedload(Promise.topic),
            joinedload(Promise.source),
            selectinload(Promise.places),
            selectinload(Promise.indicators),
            selectinload(Promise.changes),
        )
    )


def published_media(sha256: str) -> Select[Media]:
    """A photo or clip that a published finding of a public cycle rests on, shown with consent."""
    rests_on = (
        select(Evidence.media_sha256)
        .join(RevisionEvidence, RevisionEvidence.evidence_id == Evidence.id)
        .join(Finding, Finding.revision_id == RevisionEvidence.revision_id)
        .join(Cycle, Cycle.id == Finding.cycle_id)
        .where(Cycle.is_public, Evidence.has_consent, Evidence.media_sha256 == sha256)
    )
    return select(Media).where(Media.sha256.in_(rests_on))
