"""Which promises stand on a public page."""

from collections.abc import Iterable

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from mobilizer.core.database import db
from mobilizer.core.pages import PER_PAGE, Page
from mobilizer.cycles.models import Cycle
from mobilizer.evidence.models import Evidence, Media
from mobilizer.findings.models import Finding
from mobilizer.monitoring.models import RevisionEvidence
from mobilizer.promises.models import Promise
from mobilizer.promises.queries import public_promises
from mobilizer.promises.rules import PromiseState


def shown_promises(cycle: Cycle) -> Select[Promise]:
    """The published promises of a cycle, with what a line of a list tells of them."""
    return (
        public_promises(cycle)
        .order_by(Promise.number)
        .options(joinedload(Promise.party), joinedload(Promise.topic), selectinload(Promise.places))
    )


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
