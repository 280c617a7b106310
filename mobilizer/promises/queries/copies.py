"""Where the kept copy of a source is."""

from mobilizer.core.storage import media as store
from mobilizer.promises.models import Source
from mobilizer.promises.rules.copies import KINDS


def copy_name(sha256: str, ending: str) -> str:
    """The name of a copy in the store."""
    return f"sources/{sha256}.{ending}"


def kept_copy(source: Source) -> tuple[bytes, str] | None:
    """A source's copy and its ending; None where none is kept."""
    if source.copy_sha256 is None:
        return None
    for ending in KINDS:
        if (content := store().get(copy_name(source.copy_sha256, ending))) is not None:
            return content, ending
    return None
