"""Adding a piece of evidence to an entry, and taking back what was not sent. The caller commits."""

from mobilizer.accounts.models import User
from mobilizer.audit.actions import record
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.evidence.models import Evidence, Media
from mobilizer.evidence.rules.details import Details, request_number
from mobilizer.evidence.rules.links import EvidenceKind, recognise


def add_link(entry_id: str, typed: str, details: Details, *, by: User) -> Evidence:
    """Keep a video or web link in its canonical form. Nothing is fetched.

    Raises:
        RuleBroken: it is not a link that can be kept.
    """
    try:
        link = recognise(typed)
    except RuleBroken as fault:
        raise RuleBroken(fault.message, field="link", **fault.params) from None
    found = _the_same(entry_id, link.kind, address=link.url)
    provider = link.provider.value if link.provider else ""
    return found or _add(entry_id, link.kind, details, by, address=link.url, provider=provider)


def add_request(entry_id: str, typed: str, details: Details, *, by: User) -> Evidence:
    """Keep the number of a request for public information.

    Raises:
        RuleBroken: it is not such a number.
    """
    number = request_number(typed)
    found = _the_same(entry_id, EvidenceKind.REQUEST, address=number)
    return found or _add(entry_id, EvidenceKind.REQUEST, details, by, address=number)


def add_photo(entry_id: str, media: Media, details: Details, *, by: User) -> Evidence:
    """Keep a photo that ``keep_photo`` has made safe."""
    found = _the_same(entry_id, EvidenceKind.PHOTO, media_sha256=media.sha256)
    return found or _add(entry_id, EvidenceKind.PHOTO, details, by, media_sha256=media.sha256)


def _the_same(entry_id: str, kind: EvidenceKind, **what: str) -> Evidence | None:
    """What was added to this entry before: sent twice is there once."""
    alike = db.select(Evidence).filter_by(entry_id=entry_id, kind=kind, **what)
    return db.session.scalars(alike.limit(1)).first()


def _add(entry_id: str, kind: EvidenceKind, details: Details, by: User, **what: str) -> Evidence:
    evidence = Evidence(
        entry_id=entry_id,
        kind=kind,
        caption=details.caption,
        source_kind=details.origin.value if details.origin else "",
        taken_on=details.taken_on,
        place_id=details.place_id,
        indicators=list(details.indicators),
        has_consent=details.has_consent,
        added_by_id=by.id,
        added_at=clock.now(),
        **what,
    )
    db.session.add(evidence)
    record(by, "evidence.add", evidence, kind=kind.value)
    return evidence
