"""The process that opens one file: the file comes in, what was made of it goes out, it ends.

The first word says what the file is to be. Where it cannot be read, one line with the code of
the fault comes out. Where nothing comes out at all, the file was too much for the limits.
"""

import os
import resource
import sys

from mobilizer.evidence.rules.faults import Fault, Unfit
from mobilizer.evidence.rules.limits import MEMORY, limits_of
from mobilizer.evidence.rules.redrawing import packed, packed_fault
from mobilizer.evidence.rules.uploads import MediaKind

_MOST_WRITTEN = 64 * 1024 * 1024


def main(kind: MediaKind) -> bytes:
    """What is answered. The libraries are loaded last, so that they too live within the limits."""
    seconds = limits_of(kind).cpu_seconds
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, _MOST_WRITTEN),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    os.nice(10)  # Whoever reads a page goes first.
    content = sys.stdin.buffer.read()
    try:  # Of the libraries only those that this file needs: each costs a tenth of a second.
        if kind is MediaKind.CLIP:
            from mobilizer.evidence.rules.redrawing.films import redrawn_film  # noqa: PLC0415  # said above

            return packed(redrawn_film(content))
        from mobilizer.evidence.rules.redrawing.pictures import redrawn_photo  # noqa: PLC0415  # as above

        return packed(redrawn_photo(content))
    except Unfit as unfit:
        return packed_fault(unfit.fault)
    except MemoryError:
        return packed_fault(Fault.CLIP_DAMAGED if kind is MediaKind.CLIP else Fault.PIXELS)


if __name__ == "__main__":
    answer = main(MediaKind(sys.argv[1]))
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
    os._exit(0)  # Nothing is left to be torn down, and libraries have crashed doing it.
