"""How much one file may take to be opened: memory, processor time, patience."""

from dataclasses import dataclass

from mobilizer.evidence.rules.uploads import MediaKind

#: In bytes of address space, libraries and all. As measured, a picture of 50 million pixels takes
#: up to 470 MB (a WebP 830 MB: that is refused), a clip that is filmed anew 360 MB.
MEMORY = 640 * 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Of one file: seconds the processor works on it, and seconds until we wait no longer."""

    cpu_seconds: int
    patience: int


_LIMITS = {MediaKind.PHOTO: Limits(20, 30), MediaKind.CLIP: Limits(90, 120)}


def limits_of(kind: MediaKind) -> Limits:
    """The limits for a kind of file."""
    return _LIMITS[kind]
