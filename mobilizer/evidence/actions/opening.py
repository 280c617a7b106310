"""Opening what strangers send, in a process that may die of it.

A fresh interpreter for each file: it has no secrets, no database and no network of ours in its
memory, sets its own limits before it reads, and costs about a tenth of a second. A file that
makes it crash, hang or run out of memory is a damaged file.
"""

import subprocess
import sys
from threading import BoundedSemaphore

from mobilizer.evidence.rules.clips import check_clip
from mobilizer.evidence.rules.faults import Fault, Unfit, refused
from mobilizer.evidence.rules.limits import limits_of
from mobilizer.evidence.rules.photos import check_file
from mobilizer.evidence.rules.redrawing import Redrawn, unpacked
from mobilizer.evidence.rules.uploads import MediaKind

_CHECKS = {MediaKind.PHOTO: check_file, MediaKind.CLIP: check_clip}
_DAMAGED = {MediaKind.PHOTO: Fault.DAMAGED, MediaKind.CLIP: Fault.CLIP_DAMAGED}

#: So many files are open at once in one server process; others wait their turn.
TURNS = BoundedSemaphore(2)


class Busy(Exception):
    """As many files are open as may be, and whoever asks does not wait."""


def opened(kind: MediaKind, content: bytes, *, waits: bool = True) -> Redrawn:
    """What is made of a file.

    Args:
        kind: what it is said to be.
        content: its bytes.
        waits: for a turn, where others' files are open.

    Raises:
        RuleBroken: it is out of bounds, or not of a kind that can be read.
        Busy: it is nobody's turn yet.
    """
    _CHECKS[kind](len(content), content[:16])
    if not TURNS.acquire(blocking=waits):
        raise Busy
    try:
        answer = _asked(kind, content)
    finally:
        TURNS.release()
    try:
        return unpacked(answer)
    except Unfit as unfit:
        raise refused(unfit.fault) from None
    except ValueError:
        raise refused(_DAMAGED[kind]) from None


def _asked(kind: MediaKind, content: bytes) -> bytes:
    """What the process answers; nothing where it died, was killed, or ran out of time."""
    child = [sys.executable, "-I", "-m", "mobilizer.evidence.rules.redrawing", kind.value]
    try:
        done = subprocess.run(  # noqa: S603  # our own words only; the file comes by the pipe
            child,
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"MALLOC_ARENA_MAX": "1"},
            timeout=limits_of(kind).patience,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return b""
    return done.stdout if done.returncode == 0 else b""
