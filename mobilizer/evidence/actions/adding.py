"""Adding a piece of evidence to an entry, and taking back what was not sent. The caller commits."""

from typing import Any

from mobilizer.accounts.models import User
from mobilizer.audit.actions import record
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.errors import NotVisible, RuleBroken
from mobilizer.evidence.models import Evidence, Media
from mobilizer.evidence.rules.details import Details, request_number
from mobilizer.evidence.rules.links import EvidenceKind, recognise
from mobilizer.evidence.rules.uploads import OtherContent


def add_link(
    entry_id: str, typed: str, details: Details, *, by: User, uid: str | None = None
) -> Evidence:
    """Keep a video or web link in its canonical form. Nothing is fetched.

    Args:
        entry_id: of her own entry.
        typed: the address.
        details: what is said about it, as ``checked``.
        by: the author.
        uid: the uuid a phone has given it; another is made otherwise.

    Raises:
        RuleBroken: it is not a link that can be kept.
        NotVisible: the uuid is that of another person's or another entry's piece.
        OtherContent: she has added something else under it.
    """
    try:
        link = recognise(typed)
    except RuleBroken as fault:
        raise RuleBroken(fault.message, field="link", **fault.params) from None
    provider = link.provider.value if link.provider else ""
    what = {"address": link.url, "provider": provider}
    return _add_once(entry_id, link.kind, details, by, uid, what)


def add_request(
    entry_id: str, typed: str, details: Details, *, by: User, uid: str | None = None
) -> Evidence:
    """Keep the number of a request for public information.

    Args:
        entry_id: of her own entry.
        typed: the number.
        details: what is said about it, as ``checked``.
        by: the author.
        uid: the uuid a phone has given it; another is made otherwise.

    Raises:
        RuleBroken: it is not such a number.
        NotVisible, OtherContent: as of a link.
    """
    what = {"address": request_number(typed)}
    return _add_once(entry_id, EvidenceKind.REQUEST, details, by, uid, what)


def add_media(entry_id: str, media: Media, details: Details, *, by: User) -> Evidence:
    """Keep a photo or clip that was made safe."""
    kind = EvidenceKind.VIDEO if media.duration else EvidenceKind.PHOTO
    return _add_once(entry_id, kind, details, by, None, {"media_sha256": media.sha256})


def is_the_same(piece: Evidence, kind: EvidenceKind, details: Details, **what: str) -> bool:
    """Whether a piece that is kept is what is now brought under its name."""
    brought = {"kind": kind, **_stored(details), **what}
    return all(getattr(piece, name) == value for name, value in brought.items())


def add(entry_id: str, kind: EvidenceKind, details: Details, by: User, **what: str) -> Evidence:
    """Note a piece of evidence."""
    evidence = Evidence(
        entry_id=entry_id,
        kind=kind,
        added_by_id=by.id,
        added_at=clock.now(),
        **_stored(details),
        **what,
    )
    db.session.add(evidence)
    record(by, "evidence.add", evidence, vouches=evidence, kind=kind.value)
    return evidence


def _add_once(
    entry_id: str,
    kind: EvidenceKind,
    details: Details,
    by: User,
    uid: str | None,
    what: dict[str, str],
) -> Evidence:
    """What was added before, under this name or to this entry: sent twice is there once."""
    named = db.session.get(Evidence, uid) if uid else None
    if named is not None:
        if (named.entry_id, named.added_by_id) != (entry_id, by.id):
            raise NotVisible
        if not is_the_same(named, kind, details, **what):
            raise OtherContent
        return named
    alike = db.select(Evidence).filter_by(entry_id=entry_id, kind=kind, **what)
    found = db.session.scalars(alike.limit(1)).first()
    return found or add(entry_id, kind, details, by, **what, **({"id": uid} if uid else {}))


def _stored(details: Details) -> dict[str, Any]:
    """What is said of a piece, by the names of its columns."""
    return {
        "caption": details.caption,
        "source_kind": details.origin.value if details.origin else "",
        "taken_on": details.taken_on,
        "place_id": details.place_id,
        "indicators": list(details.indicators),
        "has_consent": details.has_consent,
    }
