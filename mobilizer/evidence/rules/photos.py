"""Photos: what may come in. Nothing here opens a picture.

The file is held to its bounds before it is decoded, the picture by what its header says before
a single pixel is: a small file can unfold into gigabytes.
"""

from mobilizer.evidence.rules.faults import MAX_PIXELS, PHOTO_BYTES, Fault, Unfit, refused

#: The formats that are opened, as Pillow names them; others are not even tried.
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")

#: The largest picture, in pixels a side.
MAX_SIDE = 20_000

#: Pictures in one file: phones put previews and depth maps behind the first of a HEIC or a JPEG,
#: which Pillow then names MPO. They are dropped. In other formats a second picture means that it
#: moves.
MAX_FRAMES = {"JPEG": 4, "MPO": 4, "HEIF": 4}

#: What says, after "ftyp", that a file is a still HEIC; sequences and AVIF say something else.
_HEIC = (b"heic", b"heix", b"heim", b"heis", b"mif1")


def check_file(size: int, head: bytes) -> None:
    """Hold an uploaded file to the rules before it is opened.

    Args:
        size: of the whole file, in bytes.
        head: its first bytes, 16 or more.

    Raises:
        RuleBroken: it is empty, too large, or no JPEG, PNG, WebP or HEIC by its first bytes,
            whatever its name says.
    """
    if size == 0:
        raise refused(Fault.EMPTY)
    if size > PHOTO_BYTES:
        raise refused(Fault.PHOTO_TOO_LARGE)
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
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC:
        return "HEIF"
    return None


def check_picture(format_name: str, width: int, height: int, frames: int) -> None:
    """Hold a picture to the rules by its header, before it is decoded.

    Raises:
        Unfit: it has no or too many pixels, or it moves.
    """
    if min(width, height) < 1:
        raise Unfit(Fault.NO_PHOTO)
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise Unfit(Fault.PIXELS)
    if frames > MAX_FRAMES.get(format_name, 1):
        raise Unfit(Fault.MOVING)
