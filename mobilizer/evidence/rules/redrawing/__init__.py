"""What strangers send, taken apart and drawn anew: bytes in, bytes out, and no other effect.

This runs in a process of its own (``python -m mobilizer.evidence.rules.redrawing``) that has
neither secrets nor a database, and dies of its limits instead of ours: see ``actions.opening``.
So nothing here is imported by the server but the form in which the result comes back.
"""

import json
from dataclasses import dataclass
from typing import Any

from mobilizer.evidence.rules.faults import Fault, Unfit


@dataclass(frozen=True)
class Redrawn:
    """A photo or clip made safe.

    Width and height are those of its largest still, the duration is in milliseconds, and 0 for
    a photo. The files are named by what follows their hash in the store: ``-320.jpg``, ``.mp4``.
    """

    width: int
    height: int
    duration: int
    files: dict[str, bytes]


def packed(redrawn: Redrawn) -> bytes:
    """As it is handed over: a line that says what follows, and then the files."""
    head = {
        "width": redrawn.width,
        "height": redrawn.height,
        "duration": redrawn.duration,
        "files": {name: len(content) for name, content in redrawn.files.items()},
    }
    return json.dumps(head).encode() + b"\n" + b"".join(redrawn.files.values())


def packed_fault(fault: Fault) -> bytes:
    """What is handed over of a file that is not taken."""
    return json.dumps({"fault": fault.value}).encode() + b"\n"


def unpacked(handed: bytes) -> Redrawn:
    """The same, back again.

    Raises:
        Unfit: it was not taken.
        ValueError: what was handed over is not all there.
    """
    line, _, rest = handed.partition(b"\n")
    head: Any = json.loads(line)
    if not isinstance(head, dict):
        raise ValueError("What was handed over is no answer.")
    if "fault" in head:
        raise Unfit(Fault(head["fault"]))
    files, at = {}, 0
    for name, length in head["files"].items():
        files[name] = rest[at : at + length]
        at += length
    if at != len(rest):
        raise ValueError("What was handed over is not all there.")
    return Redrawn(head["width"], head["height"], head["duration"], files)
