"""Receipts, with how far the files have come by now."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from mobilizer.accounts.models import User
from mobilizer.core.database import db
from mobilizer.core.forms import translated
from mobilizer.evidence.models import Evidence, Upload
from mobilizer.evidence.queries import offset_of
from mobilizer.evidence.rules.faults import refusal
from mobilizer.monitoring.models import Entry, Revision, RevisionEvidence
from mobilizer.sync.models import Receipt
from mobilizer.sync.rules import MOST_RECEIPTS


def receipts_of(user: User, uids: Iterable[str] | None = None) -> Select[Receipt]:
    """Her receipts: those of some names, or the newest."""
    own = select(Receipt).where(Receipt.user_id == user.id)
    if uids is not None:
        own = own.where(Receipt.uid.in_(list(uids)))
    return (
        own.order_by(Receipt.received_at.desc(), Receipt.id.desc())
        .limit(MOST_RECEIPTS)
        .options(
            joinedload(Receipt.revision).joinedload(Revision.entry), joinedload(Receipt.promise)
        )
    )


def told(receipts: Sequence[Receipt]) -> list[dict[str, Any]]:
    """Receipts as a phone reads them."""
    uploads = _uploads([one.revision_id for one in receipts if one.revision_id is not None])
    return [_told(one, uploads[one.revision_id]) for one in receipts]


def _told(receipt: Receipt, uploads: list[Upload]) -> dict[str, Any]:
    revision, promise = receipt.revision, receipt.promise
    return {
        "uid": receipt.uid,
        "number": receipt.number,
        "sha256": receipt.sha256,
        "received_at": receipt.received_at.isoformat(),
        "entry": _entry(revision.entry, revision) if revision else None,
        "promise": {"number": promise.number, "state": promise.state} if promise else None,
        "media": [_media(upload) for upload in uploads],
    }


def _entry(entry: Entry, revision: Revision) -> dict[str, Any]:
    return {
        "id": entry.id,
        "state": entry.state,
        "revision": revision.number,
        "is_quarantined": entry.is_quarantined,
        "timeliness": entry.timeliness,
    }


def _media(upload: Upload) -> dict[str, Any]:
    return {
        "id": upload.id,
        "sha256": upload.sha256,
        "state": upload.state,
        "received": offset_of(upload),
        "fault": translated(refusal(upload.fault)) if upload.fault else "",
    }


def _uploads(revision_ids: list[int]) -> dict[int | None, list[Upload]]:
    """The files that revisions of one entry rest on, where they came in pieces."""
    rows = db.session.execute(
        select(RevisionEvidence.revision_id, Upload)
        .join(Evidence, Evidence.id == RevisionEvidence.evidence_id)
        .join(Upload, Upload.evidence_id == Evidence.id)
        .join(Revision, Revision.id == RevisionEvidence.revision_id)
        # "Same as last month" rests on what another report has seen through.
        .where(
            RevisionEvidence.revision_id.in_(revision_ids), Evidence.entry_id == Revision.entry_id
        )
        .order_by(Upload.created_at, Upload.id)
    )
    found: dict[int | None, list[Upload]] = defaultdict(list)
    for revision_id, upload in rows:
        found[revision_id].append(upload)
    return found
