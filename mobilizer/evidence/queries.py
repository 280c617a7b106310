"""Where the files of a photo are, and how far those that come in pieces have come."""

import hashlib

from sqlalchemy import Select, select

from mobilizer.accounts.models import User
from mobilizer.core.storage import media as store
from mobilizer.evidence.models import Evidence, Media, Upload
from mobilizer.evidence.rules.photos import widths_of

#: The folder of files that are not whole yet.
PARTIALS = "partials"


def file_of(media: Media, width: int) -> bytes | None:
    """The public copy of a photo in one of its widths; None if there is none."""
    return store().get(copy_name(media.sha256, width)) if width in widths_of(media.width) else None


def is_complete(media: Media) -> bool:
    """Whether every file of a photo is there."""
    names = [copy_name(media.sha256, width) for width in widths_of(media.width)]
    return all(store().get(name) is not None for name in names)


def uploads_of(user: User) -> Select[Upload]:
    """The files that somebody has announced herself."""
    return select(Upload).join(Upload.evidence).where(Evidence.added_by_id == user.id)


def offset_of(upload: Upload) -> int:
    """Where the next piece begins: what has come, unless the file itself was lost meanwhile."""
    if upload.state.is_settled:
        return upload.received
    return upload.received if store().size_of(partial_name(upload.id)) >= upload.received else 0


def copy_name(sha256: str, width: int) -> str:
    """The name of a re-encoded copy in the store."""
    return f"copies/{sha256}-{width}.jpg"


def original_name(sha256: str) -> str:
    """The name of a private original in the store."""
    return f"originals/{sha256}"


def partial_name(upload_id: str) -> str:
    """The name of what has come of a file so far."""
    return f"{PARTIALS}/{hashlib.sha256(upload_id.encode()).hexdigest()}"
