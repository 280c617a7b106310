"""What can be wrong with a file, each with the sentence that is said of it.

A fault has a code because it crosses from the process that opens files to the one that answers,
and a message id because that is what is kept of a file that was refused.
"""

from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_, Word

#: The largest files, in bytes, and the largest picture, in pixels (8192 × 6144 is a phone's).
PHOTO_BYTES = 16 * 1024 * 1024
CLIP_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 52_000_000
#: The longest clip, in seconds, and its longest side, in pixels.
CLIP_SECONDS = 60
CLIP_SIDE = 1920

_MEGABYTE = 1024 * 1024


class Fault(Word):
    """Why a file is not taken."""

    EMPTY = "empty", N_("This file is empty. Take the photo again.")
    PHOTO_TOO_LARGE = "photo_too_large", N_("A photo has at most %(most)s MB.")
    NO_PHOTO = (
        "no_photo",
        N_("This is not a photo that can be read: take a JPEG, PNG, WebP or HEIC."),
    )
    PIXELS = (
        "pixels",
        N_("This picture has too many pixels: at most %(most)s million can be taken."),
    )
    MOVING = "moving", N_("This is a moving picture. Take a photo, or link to a video.")
    DAMAGED = "damaged", N_("This photo is damaged and cannot be read. Take it again.")
    CLIP_EMPTY = "clip_empty", N_("This file is empty. Film it again.")
    CLIP_TOO_LARGE = "clip_too_large", N_("A clip has at most %(most)s MB.")
    NO_CLIP = (
        "no_clip",
        N_("This is not a clip that can be read: take an MP4, MOV or WebM from the camera."),
    )
    CLIP_TOO_LONG = "clip_too_long", N_("A clip lasts at most %(most)s seconds.")
    CLIP_TOO_WIDE = (
        "clip_too_wide",
        N_("This clip is too large: at most %(most)s pixels a side. Film in full HD or less."),
    )
    CLIP_DAMAGED = "clip_damaged", N_("This clip is damaged and cannot be read. Film it again.")


#: What the placeholders stand for.
_MOST = {
    Fault.PHOTO_TOO_LARGE: PHOTO_BYTES // _MEGABYTE,
    Fault.PIXELS: MAX_PIXELS // 1_000_000,
    Fault.CLIP_TOO_LARGE: CLIP_BYTES // _MEGABYTE,
    Fault.CLIP_TOO_LONG: CLIP_SECONDS,
    Fault.CLIP_TOO_WIDE: CLIP_SIDE,
}

_OF_CLIPS = {one for one in Fault if one.name.startswith(("CLIP_", "NO_CLIP"))}


class Unfit(Exception):
    """What was opened is not taken.

    Args:
        fault: why.
    """

    def __init__(self, fault: Fault) -> None:
        """Keep why."""
        super().__init__(fault.value)
        self.fault = fault


def refused(fault: Fault) -> RuleBroken:
    """The refusal to raise, beside the field the file was chosen in."""
    params = {"most": _MOST[fault]} if fault in _MOST else {}
    return RuleBroken(fault.label, field="clip" if fault in _OF_CLIPS else "photo", **params)


def refusal(message: str) -> RuleBroken:
    """The same refusal again, from the message id that was kept of it."""
    return refused(next(one for one in Fault if one.label == message))
