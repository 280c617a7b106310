"""Clips: what may come in. Nothing here opens one."""

from mobilizer.evidence.rules.faults import (
    CLIP_BYTES,
    CLIP_SECONDS,
    CLIP_SIDE,
    Fault,
    Unfit,
    refused,
)

#: What says, after "ftyp", that a file is a film, as the first letters of its brand.
_BRANDS = (b"iso", b"mp4", b"avc", b"qt", b"3g", b"M4V", b"MSNV", b"dash", b"f4v")
_EBML = b"\x1aE\xdf\xa3"

#: The most frames a second that a phone films with.
_MOST_A_SECOND = 240


def check_clip(size: int, head: bytes) -> None:
    """Hold a file to the rules before it is opened.

    Args:
        size: of the whole file, in bytes.
        head: its first bytes, 16 or more.

    Raises:
        RuleBroken: it is empty, too large, or no MP4, MOV or WebM by its first bytes, whatever
            its name says.
    """
    if size == 0:
        raise refused(Fault.CLIP_EMPTY)
    if size > CLIP_BYTES:
        raise refused(Fault.CLIP_TOO_LARGE)
    if container_of(head) is None:
        raise refused(Fault.NO_CLIP)


def container_of(head: bytes) -> str | None:
    """What a file's first bytes claim to be, as FFmpeg names it; None if nothing that is taken."""
    if head[4:8] == b"ftyp" and head[8:12].startswith(_BRANDS):
        return "mov"
    return "matroska" if head.startswith(_EBML) else None


def check_film(width: int, height: int, seconds: float, frames: int) -> None:
    """Hold what a file says of its film, or turns out to have, to the rules.

    Raises:
        Unfit: it is too large, too long, or has no pixels.
    """
    if min(width, height) < 1:
        raise Unfit(Fault.NO_CLIP)
    if max(width, height) > CLIP_SIDE:
        raise Unfit(Fault.CLIP_TOO_WIDE)
    # Half a second more: what a phone calls a minute is a little longer.
    if seconds > CLIP_SECONDS + 0.5 or frames > CLIP_SECONDS * _MOST_A_SECOND:
        raise Unfit(Fault.CLIP_TOO_LONG)
