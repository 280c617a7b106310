"""Where the files of a photo are, and how far those that come in pieces have come."""

import hashlib
from typing import BinaryIO

from sqlalchemy import Select, select

from mobilizer.accounts.models import User
from mobilizer.core.storage import media as store
from mobilizer.evidence.models import Evidence, Media, Upload
from mobilizer.evidence.rules.copies import ENDINGS, FILM, copies, name_of, suffix

#: The folder of files that are not whole yet.
PARTIALS = "partials"


def file_of(media: Media, width: int, ending: str = ENDINGS[0]) -> bytes | None:
    """The public copy of a photo in one of its widths and formats; None if there is none."""
    name = suffix(width, ending)
    return store().get(copy_name(media.sha256, name)) if name in _suffixes(media) else None


def film_of(media: Media) -> BinaryIO | None:
    """The film of a clip, opened; None if it is none."""
    return store().open(copy_name(media.sha256, FILM)) if media.duration else None


def is_complete(media: Media) -> bool:
    """Whether every file of a photo or clip is there."""
    return all(store().size_of(name) for name in files_of(media))


def files_of(media: Media) -> list[str]:
    """The names of its public copies in the store."""
    return [copy_name(media.sha256, name) for name in _suffixes(media)]


def hashes_of(media: Media) -> dict[str, str]:
    """Each file of a photo or clip and its hash, the original too; "" where none was noted."""
    named = {name_of(media.width, media.duration): media.sha256}
    copies = {
        copy_name(media.sha256, name): named.get(name) or media.copies.get(name, "")
        for name in _suffixes(media)
    }
    return {original_name(media.original_sha256): media.original_sha256} | copies


def _suffixes(media: Media) -> list[str]:
    return copies(media.width, media.duration, has_webp=media.has_webp)


def uploads_of(user: User) -> Select[Upload]:
    """The files that somebody has announced herself."""
    return select(Upload).join(Upload.evidence).where(Evidence.added_by_id == user.id)


def offset_of(upload: Upload) -> int:
    """Where the next piece begins: what has come, unless the file itself was lost meanwhile."""
    if upload.state.is_settled:
        return upload.received
    return upload.received if store().size_of(partial_name(upload.id)) >= upload.received else 0


def copy_name(sha256: str, suffix: str) -> str:
    """The name of a re-encoded copy in the store."""
    return f"copies/{sha256}{suffix}"


def original_name(sha256: str) -> str:
    """The name of a private original in the store."""
    return f"originals/{sha256}"


def partial_name(upload_id: str) -> str:
    """The name of what has come of a file so far."""
    return f"{PARTIALS}/{hashlib.sha256(upload_id.encode()).hexdigest()}"
