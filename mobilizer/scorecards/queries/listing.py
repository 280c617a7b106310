"""Which promises stand on a public page."""

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
from mobilizer.tallies.queries import numbers_under
from mobilizer.tallies.rules import Subject


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


def page_under(
    cycle: Cycle, subject: Subject, at: int, total: int, as_of: date | None = None
) -> Page[Promise]:
    """One page of the promises of a cycle, topic, party, region or place, by their numbers.

    Args:
        cycle: the cycle.
        subject: whose promises; a place's are those made for it or looked at in it.
        at: the page that is asked for, from 1; the last one to whom asks for a later one.
        total: how many there are.
        as_of: as they stood at the end of which day; now for None.
    """
    number = min(at, max(1, -(-total // PER_PAGE)))
    numbers = numbers_under(cycle, subject, as_of)
    here = numbers.limit(PER_PAGE).offset((number - 1) * PER_PAGE)
    rows = db.session.scalars(shown_promises(cycle).where(Promise.number.in_(here)))
    return Page(rows.all() if total else (), number, PER_PAGE, total)


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
