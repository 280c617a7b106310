"""Static files: each has a hash of its content in its address, and is kept for good."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Response, current_app, send_from_directory, url_for

from mobilizer.core.errors import NotVisible
from mobilizer.core.policy import public

#: How long what has a hash in its address is kept: it never changes.
KEPT_FOR_GOOD = "public, max-age=31536000, immutable"
ASK_AGAIN = "public, no-cache"


def asset(name: str) -> str:
    """The address of a static file: a hash stands in it, so that it may be kept for good.

    It is the hash of all that lies in the same part of ``static/``, for a script names others
    that lie beside it.
    """
    folder = Path(current_app.static_folder or "")
    return url_for("stamped", stamp=_stamp(folder / Path(name).parts[0]), filename=name)


@cache
def _stamp(part: Path) -> str:
    files = sorted(file for file in part.rglob("*") if file.is_file())
    told = b"".join(hashlib.sha256(file.read_bytes()).digest() for file in files)
    return hashlib.sha256(told).hexdigest()[:12]


@public
def stamped(stamp: str, filename: str) -> Response:
    """A static file, for good to whoever asks for it as it is now."""
    folder = Path(current_app.static_folder or "")
    if ".." in Path(filename).parts:
        raise NotVisible
    answer = send_from_directory(folder, filename, conditional=False)
    is_now = stamp == _stamp(folder / Path(filename).parts[0])
    answer.headers["Cache-Control"] = KEPT_FOR_GOOD if is_now else ASK_AGAIN
    return answer
