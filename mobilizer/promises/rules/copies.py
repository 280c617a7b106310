"""A copy of a source that we keep, since pages of campaigns vanish."""

from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_

MAX_BYTES = 16 * 1024 * 1024
#: ending -> (how such a file begins, what it is served as)
KINDS: dict[str, tuple[bytes, str]] = {
    "pdf": (b"%PDF-", "application/pdf"),
    "jpg": (b"\xff\xd8\xff", "image/jpeg"),
    "png": (b"\x89PNG\r\n\x1a\n", "image/png"),
}


def kind_of(content: bytes) -> str:
    """The ending of a file that may be kept, told by how it begins and not by its name.

    Raises:
        RuleBroken: it is empty, too large, or of another kind.
    """
    if len(content) > MAX_BYTES:
        most = MAX_BYTES // 1024 // 1024
        raise RuleBroken(N_("A copy has at most %(most)s MB."), field="copy", most=most)
    for ending, (beginning, _) in KINDS.items():
        if content.startswith(beginning):
            return ending
    raise RuleBroken(N_("Choose a PDF, JPEG or PNG file."), field="copy")
