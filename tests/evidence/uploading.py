"""What the tests of uploads have in common: a phone's names, and a file sent piece by piece."""

import hashlib
from typing import Any
from uuid import uuid4

from mobilizer.accounts.models import User
from mobilizer.core.database import db
from mobilizer.evidence.actions import Examined, announce, append, examine, settle
from mobilizer.evidence.models import Upload
from mobilizer.evidence.rules.details import Details
from mobilizer.evidence.rules.uploads import PIECE_MOST, MediaKind
from mobilizer.monitoring.models import Entry


def announced(
    entry: Entry, content: bytes, kind: MediaKind = MediaKind.PHOTO, **other: Any
) -> Upload:
    """A file that its phone has announced."""
    values: dict[str, Any] = {
        "uid": str(uuid4()),
        "media_id": str(uuid4()),
        "kind": kind,
        "sha256": hashlib.sha256(content).hexdigest(),
        "size": len(content),
        "details": Details(),
        "by": entry.assignment.mobilizer,
    }
    return announce(entry.id, **{**values, **other})


def send(upload: Upload, content: bytes, size: int = PIECE_MOST) -> Examined:
    """Send what has not come yet, in pieces, as the view does, to the end."""
    by = db.session.get_one(User, upload.evidence.added_by_id)
    while True:
        at = upload.received
        progress = append(upload.id, at, content[at : at + size], by=by)
        db.session.commit()
        if progress.whole:
            examined = examine(progress.whole)
            settle(examined)
            db.session.commit()
            return examined
