"""Keeping photos and clips: the copies made safe, the originals apart, and one record of both.

Two may send the same photo while a third takes it back: whoever keeps a file and whoever lets one
go hold the files until their transactions end, and look again at what is there.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import text

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.storage import media as store
from mobilizer.evidence.actions.opening import opened
from mobilizer.evidence.models import Media
from mobilizer.evidence.queries import copy_name, original_name
from mobilizer.evidence.rules.copies import name_of
from mobilizer.evidence.rules.uploads import MediaKind

FILES_LOCK = 7_301_046


@dataclass(frozen=True)
class Prepared:
    """A photo or clip made safe to show, its files in the store already."""

    sha256: str
    original_sha256: str
    width: int
    height: int
    size: int
    #: The hash of each copy, by what follows in its name.
    copies: Mapping[str, str]
    duration: int = 0
    #: What is in the store by now, by its name: who takes the same back may take it from there.
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)


def prepare(kind: MediaKind, content: bytes, *, waits: bool = True) -> Prepared:
    """Make a file safe to show, and keep the original apart. Changes no record.

    Raises:
        RuleBroken: it is too large, or not of a kind that can be read.
        Busy: others' files are open, and it is not waited for a turn.
    """
    made = opened(kind, content, waits=waits)
    face = made.files[name_of(made.width, made.duration)]
    sha256, original = (hashlib.sha256(one).hexdigest() for one in (face, content))
    files = {original_name(original): content}
    files |= {copy_name(sha256, ending): copy for ending, copy in made.files.items()}
    _put(files)
    # Of what lies there: a file that was there before has stayed.
    there = {ending: store().get(copy_name(sha256, ending)) or b"" for ending in made.files}
    copies = {ending: hashlib.sha256(copy).hexdigest() for ending, copy in there.items()}
    return Prepared(
        sha256, original, made.width, made.height, len(face), copies, made.duration, files
    )


def _put(files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        store().put(name, content, is_private=name.startswith("originals/"))


def hold_files() -> None:
    """Wait until nobody else keeps a file or lets one go; held until this transaction ends.

    SQLite's writers are alone anyway.
    """
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": FILES_LOCK})


def keep(prepared: Prepared) -> Media:
    """The record of a file, also when somebody else sends the same at this moment.

    Its files are there, also where somebody has taken the same back since it was prepared.
    """
    hold_files()
    _put(prepared.files)
    known = db.session.get(Media, prepared.sha256, populate_existing=True)
    if known is not None:
        return known
    media = Media(
        sha256=prepared.sha256,
        original_sha256=prepared.original_sha256,
        width=prepared.width,
        height=prepared.height,
        size=prepared.size,
        duration=prepared.duration,
        has_webp=True,
        copies=dict(prepared.copies),
        received_at=clock.now(),
    )
    db.session.add(media)
    db.session.flush()
    return media


def keep_photo(content: bytes) -> Media:
    """Make a photo safe to show, and keep it.

    Raises:
        RuleBroken: it is too large, or not a picture that can be read.
    """
    return keep(prepare(MediaKind.PHOTO, content))
