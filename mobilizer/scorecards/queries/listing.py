"""Which promises stand on a public page."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from mobilizer.core.database import db
from mobilizer.core.pages import PER_PAGE, Page
from mobilizer.cycles.models import Cycle
from mobilizer.evidence.models import Evidence, Media
from mobilizer.findings.models import Finding
from mobilizer.findings.queries import published, until
from mobilizer.monitoring.models import RevisionEvidence
from mobilizer.promises.models import Promise
from mobilizer.promises.queries import public_promises
from mobilizer.promises.rules import PromiseState
from mobilizer.scorecards.queries.board import end_of_day


def shown_promises(cycle: Cycle, as_of: date | None = None) -> Select[Promise]:
    """The promises of a cycle that were published by a day, as a line of a list tells them."""
    shown = (
        public_promises(cycle)
        .order_by(Promise.number)
        .options(joinedload(Promise.party), joinedload(Promise.topic), selectinload(Promise.places))
    )
    return shown if as_of is None else shown.where(Promise.published_at <= end_of_day(as_of, cycle))


def published_by(cycle: Cycle, as_of: date | None = None) -> Select[Finding]:
    """The findings of a cycle that were published by the end of a day, the newest first."""
    return until(published(cycle.id), end_of_day(as_of, cycle) if as_of else None)


def numbered_page(cycle: Cycle, promise_ids: Iterable[int], at: int) -> Page[Promise]:
    """One page of some promises, by their numbers: the last one to whom asks for a later one."""
    wanted = sorted(promise_ids)
    number = min(at, max(1, -(-len(wanted) // PER_PAGE)))
    first = (number - 1) * PER_PAGE
    here = wanted[first : first + PER_PAGE]
    rows = db.session.scalars(shown_promises(cycle).where(Promise.id.in_(here))) if here else ()
    return Page(list(rows), number, PER_PAGE, len(wanted))


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
