"""Publishing. The caller commits."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import text

from mobilizer.audit.actions import Actor, record
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_
from mobilizer.findings.models import Finding
from mobilizer.findings.queries import as_published, head
from mobilizer.findings.rules import GENESIS, bind
from mobilizer.findings.rules.words import readable
from mobilizer.places.models import Place
from mobilizer.promises.models import Promise
from mobilizer.promises.rules import PromiseState
from mobilizer.scoring.rules import Rating
from mobilizer.search import actions as search

#: The number under which PostgreSQL lets one transaction at a time add to the chain.
CHAIN_LOCK = 7_301_001


@dataclass(frozen=True)
class Verdict:
    """What is to be published about a promise in a place.

    ``content`` is what the public may read of it, in plain JSON values: nothing else of an
    entry ever leaves the programme.
    """

    promise: Promise
    place: Place
    rating: Rating
    content: dict[str, Any]
    month: date | None = None
    revision_id: int | None = None
    imported_from: str = ""
    corrects: int | None = None


def publish(verdict: Verdict, *, by: Actor | None) -> Finding:
    """Add a finding to the chain.

    Raises:
        RuleBroken: the promise itself is not published, or the rating says nothing.
    """
    if verdict.promise.state != PromiseState.PUBLISHED:
        raise RuleBroken(N_("A finding can only be published once its promise is."))
    if verdict.rating is Rating.NOT_YET_RATED:
        raise RuleBroken(N_("A finding needs a rating."))
    _hold_the_chain()
    before = head()
    # Never earlier than the finding before: "as of" and the order of numbers agree.
    published_at = max(clock.now(), before.published_at) if before else clock.now()
    finding = Finding(
        number=before.number + 1 if before else 1,
        cycle=verdict.promise.cycle,
        promise=verdict.promise,
        place=verdict.place,
        month=verdict.month or clock.month_of(published_at, verdict.promise.cycle.time_zone),
        rating=verdict.rating,
        content=verdict.content,
        published_at=published_at,
        published_on=clock.day_of(published_at, verdict.promise.cycle.time_zone),
        revision_id=verdict.revision_id,
        imported_from=verdict.imported_from,
        corrects=verdict.corrects,
        previous_hash=before.hash if before else GENESIS,
    )
    finding.hash = bind(finding.previous_hash, as_published(finding))
    db.session.add(finding)
    search.add(verdict.promise.number, readable(verdict.content))
    # With its hash, so that the two chains vouch for each other.
    record(
        by,
        "finding.publish",
        finding,
        vouches=finding,
        rating=finding.rating.value,
        hash=finding.hash,
    )
    return finding


def _hold_the_chain() -> None:
    """Wait until nobody else adds to the chain. SQLite's writers are alone anyway."""
    db.session.flush()
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": CHAIN_LOCK})
