"""Who has the processor first: what Linux can be told by those who work, of themselves.

Linux may give each session (setsid(2)) the same part of the processor, and hear ``nice`` only
between those of one session (sched(7), autogroup). Whoever wakes up waits until the slice of who
works is at its end, some milliseconds, unless she asked for shorter ones: since 6.12 she is then
let in at once. Where nobody can be told so, nothing is lost but the priority.
"""

import ctypes
import os
import platform
from contextlib import suppress
from pathlib import Path

#: Where Linux tells, and is told, how much later the turn of a whole session is.
SESSION = Path("/proc/self/autogroup")
#: The number of the call sched_setattr(2); the library knows a name for it only since glibc 2.41.
SCHED_SETATTR = {"x86_64": 314, "aarch64": 274}


def come_later(steps: int) -> None:
    """Let this process, alone in its session, come later than others: so many steps of nice(1)."""
    os.nice(steps)
    with suppress(OSError):  # No such groups here, or they are not ours to order.
        SESSION.write_text(str(os.getpriority(os.PRIO_PROCESS, 0)))


class Attributes(ctypes.Structure):
    """What sched_setattr(2) calls struct sched_attr; ``runtime`` is in nanoseconds."""

    _fields_ = (
        ("size", ctypes.c_uint32),
        ("policy", ctypes.c_uint32),
        ("flags", ctypes.c_uint64),
        ("nice", ctypes.c_int32),
        ("priority", ctypes.c_uint32),
        ("runtime", ctypes.c_uint64),
        ("deadline", ctypes.c_uint64),
        ("period", ctypes.c_uint64),
    )


def work_in_slices_of(seconds: float) -> bool:
    """Let this thread, and those it will begin, work for so long at a time and come in sooner.

    Returns:
        whether the kernel was told; one before 6.12 listens and does nothing.
    """
    number = SCHED_SETATTR.get(platform.machine()) if platform.system() == "Linux" else None
    if number is None or os.sched_getscheduler(0) != os.SCHED_OTHER:
        return False
    told = Attributes(
        size=ctypes.sizeof(Attributes),
        policy=os.SCHED_OTHER,
        nice=os.getpriority(os.PRIO_PROCESS, 0),
        runtime=round(seconds * 1e9),
    )
    return ctypes.CDLL(None).syscall(number, 0, ctypes.byref(told), 0) == 0
