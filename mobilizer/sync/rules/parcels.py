"""What a phone exported to a file because it could not send it, read with care."""

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO
from zipfile import ZIP_STORED, BadZipFile, LargeZipFile, ZipFile, ZipInfo

from mobilizer.core.bodies import MOST
from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_
from mobilizer.sync.rules.reading import UID, Reader, parsed
from mobilizer.sync.rules.refusals import Malformed
from mobilizer.sync.rules.reports import MOST_EVIDENCE

#: How many things one file brings, how many bytes it has, and how long its list may be.
MOST_ITEMS = 100
MOST_BYTES = 256 * 1024 * 1024
LONGEST_LIST = 8 * 1024 * 1024
LIST = "outbox.json"

_MEDIA = re.compile(rf"media/({UID.pattern})")
_REPORT = re.compile(rf"/sync/entries/({UID.pattern})/revisions/([1-9]\d{{0,3}})")
_PROMISE = re.compile(rf"/sync/promises/({UID.pattern})")
_PERSON = re.compile(r"[0-9a-f]{32}")
_PATH = re.compile(f"{_REPORT.pattern}|{_PROMISE.pattern}")
_BROKEN = (BadZipFile, LargeZipFile, EOFError, OSError, ValueError, NotImplementedError, zlib.error)


class Unreadable(RuleBroken):
    """The file is not one that a phone has made."""

    def __init__(self, message: str) -> None:
        """Say it beside the field the file was chosen in."""
        super().__init__(message, field="parcel")


@dataclass(frozen=True)
class Item:
    """One report or promise, as it would have been sent."""

    is_promise: bool
    uid: str
    number: int
    body: bytes


class Opened:
    """A file that is open: whose it is, what it brings, and its photos and clips."""

    def __init__(self, stream: BinaryIO) -> None:
        """Read the list and look at the names of the rest; no file is read yet.

        Raises:
            Unreadable: it is no such file, or one that would do harm.
        """
        try:
            self._zip = ZipFile(stream)
            self._files = _checked(self._zip.infolist())
            written = self._zip.read(LIST)
        except (*_BROKEN, KeyError):
            raise Unreadable(
                N_("This is not a file that a phone has exported, or it is damaged.")
            ) from None
        self.person, self.items = _listed(written)

    def media(self, uid: str) -> bytes | None:
        """A photo or clip by its name; None where the file does not bring it whole."""
        info = self._files.get(uid)
        try:
            return self._zip.read(info) if info is not None else None
        except _BROKEN:
            return None


def _checked(infos: list[ZipInfo]) -> Mapping[str, ZipInfo]:
    """The files by the uid they are named by.

    Nothing in it is compressed, so that nothing unfolds; and nothing is written under its name,
    so that a name can lead nowhere.
    """
    names = [info.filename for info in infos]
    if len(infos) > 1 + MOST_ITEMS * MOST_EVIDENCE or len(set(names)) < len(names):
        raise Unreadable(N_("This file brings more than a phone can have exported."))
    sizes = sum(info.file_size for info in infos)
    of_list = sum(info.file_size for info in infos if info.filename == LIST)
    if sizes > MOST_BYTES or of_list > LONGEST_LIST:
        raise Unreadable(N_("This file brings more than a phone can have exported."))
    found = {}
    for info in infos:
        named = _MEDIA.fullmatch(info.filename)
        is_plain = info.compress_type == ZIP_STORED and info.file_size == info.compress_size
        if not is_plain or info.flag_bits & 1 or not (named or info.filename == LIST):
            raise Unreadable(N_("This is not a file that a phone has exported, or it is damaged."))
        if named:
            found[named[1]] = info
    return found


def _listed(written: bytes) -> tuple[str, tuple[Item, ...]]:
    try:
        read = Reader(parsed(written))
        person = read.like("person", _PERSON)
        read.text("made_at", 40, needed=True)
        items = []
        for at, value in enumerate(read.several("items", MOST_ITEMS, needed=True)):
            one = Reader(value if isinstance(value, dict) else {}, f"items.{at}.", read.faults)
            path, body = one.like("path", _PATH), one.text("body", MOST, needed=True)
            one.finish()
            items.append((path, body))
        read.close()
    except Malformed:
        raise Unreadable(N_("The list in this file is not one that a phone has made.")) from None
    return person, tuple(_item(path, body) for path, body in items)


def _item(path: str, body: str) -> Item:
    promised = _PROMISE.fullmatch(path)
    if promised:
        return Item(is_promise=True, uid=promised[1], number=1, body=body.encode())
    named = _REPORT.fullmatch(path)
    if named is None:
        raise ValueError(path)
    return Item(is_promise=False, uid=named[1], number=int(named[2]), body=body.encode())
