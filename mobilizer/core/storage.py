"""Where files are kept: a folder now, a bucket when grown. Nothing else knows which."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from tempfile import NamedTemporaryFile
from typing import BinaryIO

from flask import Response, current_app, request
from werkzeug.wsgi import wrap_file

from mobilizer.core.parts import in_part

#: What a file may be called here: a hash and an ending. No name that a person gave gets this far.
_NAME = re.compile(r"[a-z]+/[0-9a-f]{64}(-\d{1,5})?(\.[a-z0-9]{3,4})?")
#: What else may lie beside them: files that are not whole yet, or never were.
_ANY_NAME = re.compile(r"[a-z]+/\.?\w[\w.-]*")

#: What a file is, by its ending.
_TYPES = {
    "jpg": "image/jpeg",
    "webp": "image/webp",
    "mp4": "video/mp4",
    "png": "image/png",
    "svg": "image/svg+xml",
}


class Gap(Exception):
    """A piece would leave a hole in a file."""


class Store:
    """Bytes under names such as ``copies/<sha256>-800.jpg``. What is there is never changed.

    Only what comes in pieces grows, privately, until it is whole and kept under its own hash.
    """

    def __init__(self, folder: Path) -> None:
        """Keep files below this folder, made when the first one comes."""
        self.folder = folder

    def put(self, name: str, content: bytes, *, is_private: bool = False) -> None:
        """Keep a file whole or not at all; one that is there already stays.

        Args:
            name: as above.
            content: all of it.
            is_private: readable by this program's own user only.
        """
        file = self._file(name)
        if file.exists():
            return
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700 if is_private else 0o755)
        with NamedTemporaryFile(dir=file.parent, delete=False) as new:
            try:
                new.write(content)
                new.flush()
                os.fsync(new.fileno())
                Path(new.name).chmod(0o600 if is_private else 0o644)
                Path(new.name).replace(file)
            except BaseException:
                with suppress(FileNotFoundError):
                    Path(new.name).unlink()
                raise

    def take(self, name: str, path: Path) -> None:
        """Take a file from a folder, however large; one that is there already stays, as if new."""
        file = self._file(name)
        file.parent.mkdir(parents=True, exist_ok=True)
        path.chmod(0o644)
        # Beside it first, each for itself: what comes from another disk is not there all at once.
        beside = file.with_name(f".{file.name}.{token_hex(4)}")
        shutil.move(path, beside)
        with beside.open("rb") as content:
            os.fsync(content.fileno())
        os.utime(beside)
        beside.replace(file)

    def touch(self, name: str) -> None:
        """Let a file that is there count as written to just now."""
        with suppress(FileNotFoundError):
            os.utime(self._file(name))

    def extend(self, name: str, at: int, piece: bytes) -> None:
        """Put a piece behind the first ``at`` bytes of a private file; what stood there is cut off.

        Raises:
            Gap: the file has fewer bytes.
        """
        file = self._file(name)
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as opened:
            if opened.seek(0, os.SEEK_END) < at:
                raise Gap
            opened.truncate(at)
            opened.seek(at)
            opened.write(piece)
            opened.flush()
            os.fsync(opened.fileno())

    def size_of(self, name: str) -> int:
        """How many bytes a file has; 0 if there is none of this name."""
        try:
            return self._file(name).stat().st_size
        except FileNotFoundError:
            return 0

    def untouched(self, folder: str, since: datetime) -> list[str]:
        """The names of a folder's files that nobody has written to since, half written ones too."""
        return sorted(
            f"{folder}/{file.name}"
            for written_at, file in self._aged(folder)
            if written_at < since.timestamp()
        )

    def get(self, name: str) -> bytes | None:
        """A file's content; None if there is none of this name."""
        try:
            return self._file(name).read_bytes()
        except FileNotFoundError:
            return None

    def open(self, name: str) -> BinaryIO | None:
        """A file to read from, for whoever wants only a part; None if there is none."""
        try:
            return self._file(name).open("rb")
        except FileNotFoundError:
            return None

    def remove(self, name: str) -> None:
        """Let a file go, if it is there; also what a crash left half written."""
        if not _ANY_NAME.fullmatch(name):
            raise ValueError(f"Not a name of what lies here: {name!r}")
        (self.folder / name).unlink(missing_ok=True)

    def keep_newest(self, folder: str, most: int) -> None:
        """Let the oldest of a folder's files go, so that so many stay."""
        aged = sorted(self._aged(folder))
        for _, file in aged[: max(0, len(aged) - most)]:
            file.unlink(missing_ok=True)

    def _aged(self, folder: str) -> Iterator[tuple[float, Path]]:
        """A folder's files, each with the moment at which it was last written to."""
        for file in list((self.folder / folder).glob("*")):
            with suppress(FileNotFoundError):  # Another process may be at the same.
                yield file.stat().st_mtime, file

    def _file(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise ValueError(f"Not a name of a kept file: {name!r}")
        return self.folder / name


def media() -> Store:
    """The store of photos, where this installation has it."""
    return Store(Path(current_app.config["MEDIA_FOLDER"]))


def as_photo(content: bytes, ending: str) -> Response:
    """A photo of ours as an answer: shown as nothing but a picture, wherever it is opened."""
    return _as_nothing_else(Response(content, mimetype=_TYPES[ending]))


def as_drawing(content: bytes, ending: str) -> Response:
    """A picture or chart that we have drawn as an answer, for other sites to show as well."""
    answer = _as_nothing_else(Response(content, mimetype=_TYPES[ending]))
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


def as_film(file: BinaryIO, tag: str = "") -> Response:
    """A film of ours as an answer: as a whole, or the part that a player asks for.

    Args:
        file: from its beginning.
        tag: what names it to who may keep it, so that a broken download goes on where it broke.
    """
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    answer = Response(
        wrap_file(request.environ, file), mimetype=_TYPES["mp4"], direct_passthrough=True
    )
    answer.content_length = size
    if tag:
        answer.set_etag(tag)
    return _as_nothing_else(in_part(answer, size))


def _as_nothing_else(answer: Response) -> Response:
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Content-Disposition"] = "inline"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
