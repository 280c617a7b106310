"""Photos: what may come in, and in which sizes it goes out. Nothing here opens a picture.

The file is held to its bounds before it is decoded, the picture by what its header says before
a single pixel is: a small file can unfold into gigabytes.
"""

from mobilizer.core.errors import RuleBroken
from mobilizer.evidence.rules.faults import MAX_PIXELS, PHOTO_BYTES, Fault, refused

#: The formats that are opened, as Pillow names them; others are not even tried.
FORMATS = ("JPEG", "PNG", "WEBP")

#: The largest picture, in pixels a side.
MAX_SIDE = 20_000

#: Pictures in one file: phones put previews and depth maps behind the first of a JPEG, which
#: Pillow then names MPO. They are dropped. In other formats a second picture means that it moves.
MAX_FRAMES = {"JPEG": 4, "MPO": 4}

#: The longest side of what is published, and the widths it is offered in beside its own, in
#: pixels.
LONGEST_SIDE = 1600
WIDTHS = (320, 800)

_HEIC = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")


def check_file(size: int, head: bytes) -> None:
    """Hold an uploaded file to the rules before it is opened.

    Args:
        size: of the whole file, in bytes.
        head: its first bytes, 16 or more.

    Raises:
        RuleBroken: it is empty, too large, or no JPEG, PNG or WebP by its first bytes, whatever
            its name says.
    """
    if size == 0:
        raise refused(Fault.EMPTY)
    if size > PHOTO_BYTES:
        raise refused(Fault.PHOTO_TOO_LARGE)
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC:
        raise refused(Fault.NO_PHOTO)
    if format_of(head) is None:
        raise refused(Fault.NO_PHOTO)


def format_of(head: bytes) -> str | None:
    """The format a file's first bytes claim, as Pillow names it; None if none that is taken."""
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "WEBP"
    return None


def check_picture(format_name: str, width: int, height: int, frames: int) -> None:
    """Hold a picture to the rules by its header, before it is decoded.

    Raises:
        RuleBroken: it has no or too many pixels, or it moves.
    """
    if min(width, height) < 1:
        raise refused(Fault.NO_PHOTO)
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise too_many_pixels()
    if frames > MAX_FRAMES.get(format_name, 1):
        raise refused(Fault.MOVING)


def too_many_pixels() -> RuleBroken:
    """What is said of a picture that is too large to be opened."""
    return refused(Fault.PIXELS)


def fitted(width: int, height: int) -> tuple[int, int]:
    """The size of the public copy: in proportion, never larger than the photo or a bound."""
    longest = max(width, height)
    if longest <= LONGEST_SIDE:
        return width, height
    return (
        max(1, round(width * LONGEST_SIDE / longest)),
        max(1, round(height * LONGEST_SIDE / longest)),
    )


def widths_of(width: int) -> tuple[int, ...]:
    """The widths a public copy of this width is offered in, the smallest first, itself last."""
    return (*(one for one in WIDTHS if one < width), width)
