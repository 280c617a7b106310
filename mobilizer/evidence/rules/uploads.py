"""Files that come in pieces: what may be announced, and which piece may come next."""

import re
from datetime import timedelta

from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_, Word
from mobilizer.evidence.rules.faults import CLIP_BYTES, PHOTO_BYTES, Fault, refused

#: The largest piece, in bytes.
PIECE_MOST = 256 * 1024
#: How long a file may lie unfinished before its pieces are let go.
KEPT_DAYS = 30
#: The kind of the job that opens a file, and how long whoever sent it may be doing so herself.
OPENING = "evidence.open"
OPEN_AFTER = timedelta(seconds=15)

#: The kind of the job that lets the files go of what was taken back.
LETTING_GO = "evidence.let_go"

_SHA256 = re.compile(r"[0-9a-f]{64}")


class UploadState(Word):
    """How far a file has come."""

    OPEN = "open", N_("On its way")
    COMPLETE = "complete", N_("Complete")
    REFUSED = "refused", N_("Refused")

    @property
    def is_settled(self) -> bool:
        """Whether no more of it is to come."""
        return self is not UploadState.OPEN


class MediaKind(Word):
    """What a file is announced as."""

    PHOTO = "photo", N_("Photo")
    CLIP = "clip", N_("Clip")


class OtherContent(RuleBroken):
    """Something else was kept under this name before."""

    def __init__(self) -> None:
        """Say what happened."""
        super().__init__(N_("Something else was sent under this name before."))


class WrongOffset(RuleBroken):
    """A piece does not begin where the file ends so far.

    Args:
        right: where it does.
    """

    def __init__(self, right: int) -> None:
        """Keep where to go on."""
        super().__init__(N_("This piece does not follow on what has come so far."))
        self.right = right


class TooLarge(RuleBroken):
    """A piece is larger than pieces may be, or reaches past the announced end."""

    def __init__(self) -> None:
        """Say what happened."""
        super().__init__(N_("This piece is too large, or more than was announced."))


class WrongHash(RuleBroken):
    """The whole is not what was announced: it is to be sent again from its beginning."""

    def __init__(self) -> None:
        """Say what happened."""
        super().__init__(N_("The file did not arrive as it was sent. Send it again."))


def check_announced(kind: MediaKind, sha256: str, size: int) -> None:
    """Hold an announced file to its bounds, before a byte of it has come.

    Raises:
        RuleBroken: it is empty or too large, or its hash is none.
    """
    is_clip = kind is MediaKind.CLIP
    if size < 1:
        raise refused(Fault.CLIP_EMPTY if is_clip else Fault.EMPTY)
    if size > (CLIP_BYTES if is_clip else PHOTO_BYTES):
        raise refused(Fault.CLIP_TOO_LARGE if is_clip else Fault.PHOTO_TOO_LARGE)
    if not _SHA256.fullmatch(sha256):
        raise RuleBroken(N_("This is not a SHA-256 hash."), field="sha256")


def check_piece(offset: int, length: int, *, received: int, size: int) -> None:
    """Hold a piece to what has come so far and to what was announced.

    Raises:
        TooLarge: it is larger than a piece may be, or reaches past the end.
        WrongOffset: it does not begin where the file ends so far.
    """
    if length > PIECE_MOST:
        raise TooLarge
    if offset != received:
        raise WrongOffset(received)
    if offset + length > size:
        raise TooLarge


def is_last_again(offset: int, length: int, *, received: int, size: int) -> bool:
    """Whether all has come, and this is the end of it once more: its answer was lost."""
    return received == size == offset + length and length <= PIECE_MOST
