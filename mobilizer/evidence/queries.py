"""Where the files of a photo are."""

from mobilizer.core.storage import media as store
from mobilizer.evidence.models import Media
from mobilizer.evidence.rules.photos import widths_of


def file_of(media: Media, width: int) -> bytes | None:
    """The public copy of a photo in one of its widths; None if there is none."""
    return store().get(copy_name(media.sha256, width)) if width in widths_of(media.width) else None


def is_complete(media: Media) -> bool:
    """Whether every file of a photo is there."""
    names = [copy_name(media.sha256, width) for width in widths_of(media.width)]
    return all(store().get(name) is not None for name in names)


def copy_name(sha256: str, width: int) -> str:
    """The name of a re-encoded copy in the store."""
    return f"copies/{sha256}-{width}.jpg"


def original_name(sha256: str) -> str:
    """The name of a private original in the store."""
    return f"originals/{sha256}"
