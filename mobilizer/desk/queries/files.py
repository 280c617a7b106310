"""Whether files that are kept for good are there, and what they were when they were kept."""

import hashlib
from collections.abc import Iterator
from typing import BinaryIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from mobilizer.audit.queries import STRIDE
from mobilizer.core.database import db
from mobilizer.core.storage import media as store
from mobilizer.desk.queries.reading import readable
from mobilizer.evidence.models import Media
from mobilizer.evidence.queries import hashes_of
from mobilizer.opendata.models import MonthPackage
from mobilizer.opendata.rules.keeping import stored_as

#: So many bytes are held in memory.
PIECE = 1 << 20


def broken_files() -> Iterator[tuple[str, str]]:
    """The names of files that are not as they were kept, and what is wrong with each."""
    yield from _broken_media()
    yield from _broken_packages()


def _broken_packages() -> Iterator[tuple[str, str]]:
    """Those of the packages of months."""
    for kept in db.session.scalars(select(MonthPackage.files)):
        for told in kept:
            name = stored_as(told["name"], told["sha256"])
            if says := _says(name, told["sha256"]):
                yield name, says


def _broken_media() -> Iterator[tuple[str, str]]:
    """Those of photos and clips.

    A file that is still on its way has no record yet, and is none of them; nor is one that was
    taken back while the others were read, for its record goes before it.
    """
    following, after = select(Media.sha256).order_by(Media.sha256).limit(STRIDE), ""
    while keys := list(db.session.scalars(following.where(Media.sha256 > after))):
        for key, name, hash_ in readable(keys, _files):
            if (says := _says(name, hash_)) and _stands(key):
                yield name, says
        after = keys[-1]


def _files(keys: list[str]) -> list[tuple[str, str, str]]:
    """The key of each record, with the name and the hash of each of its files."""
    found = select(Media).where(Media.sha256.in_(keys)).order_by(Media.sha256)
    return [
        (media.sha256, name, hash_)
        for media in db.session.scalars(found)
        for name, hash_ in hashes_of(media).items()
    ]


def _stands(key: str) -> bool:
    """Whether a record is there by now: this walk reads what was, and files are what is."""
    with Session(db.engine) as now:
        return now.scalar(select(Media.sha256).where(Media.sha256 == key)) is not None


def _says(name: str, hash_: str) -> str:
    try:
        file = store().open(name)
    except ValueError:
        return "is not the name of a file: its record was changed"
    if file is None:
        return "is not there"
    with file:
        is_same = not hash_ or _sha256(file) == hash_
    return "" if is_same else "was changed after it was kept"


def _sha256(file: BinaryIO) -> str:
    """The hash of a file, a piece at a time: films are long."""
    digest = hashlib.sha256()
    while piece := file.read(PIECE):
        digest.update(piece)
    return digest.hexdigest()
