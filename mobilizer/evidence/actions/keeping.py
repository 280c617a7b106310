"""Keeping photos and clips: the copies made safe, the originals apart, and one record of both."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import event
from sqlalchemy.exc import IntegrityError

from mobilizer.accounts.models import User
from mobilizer.audit.actions import record
from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.core.storage import media as store
from mobilizer.evidence.actions.opening import opened
from mobilizer.evidence.models import Evidence, Media
from mobilizer.evidence.queries import copy_name, files_of, original_name, partial_name
from mobilizer.evidence.rules.copies import name_of
from mobilizer.evidence.rules.uploads import MediaKind


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


def prepare(kind: MediaKind, content: bytes, *, waits: bool = True) -> Prepared:
    """Make a file safe to show, and keep the original apart. Changes no record.

    Raises:
        RuleBroken: it is too large, or not of a kind that can be read.
        Busy: others' files are open, and it is not waited for a turn.
    """
    made = opened(kind, content, waits=waits)
    face = made.files[name_of(made.width, made.duration)]
    sha256, original = (hashlib.sha256(one).hexdigest() for one in (face, content))
    store().put(original_name(original), content, is_private=True)
    copies = {}
    for ending, copy in made.files.items():
        name = copy_name(sha256, ending)
        store().put(name, copy)
        # Of what lies there: a file that was there before has stayed.
        copies[ending] = hashlib.sha256(store().get(name) or b"").hexdigest()
    return Prepared(sha256, original, made.width, made.height, len(face), copies, made.duration)


def keep(prepared: Prepared) -> Media:
    """The record of a file, also when somebody else sends the same at this moment."""
    known = db.session.get(Media, prepared.sha256)
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
    try:
        with db.session.begin_nested():
            db.session.add(media)
    except IntegrityError:
        return db.session.get_one(Media, prepared.sha256)
    return media


def keep_photo(content: bytes) -> Media:
    """Make a photo safe to show, and keep it.

    Raises:
        RuleBroken: it is too large, or not a picture that can be read.
    """
    return keep(prepare(MediaKind.PHOTO, content))


def remove(evidence: Evidence, *, by: User) -> None:
    """Take back a piece that was never sent; a file goes with the last piece that names it."""
    media, upload = evidence.media, evidence.upload
    record(by, "evidence.remove", evidence, removes=evidence, kind=evidence.kind.value)
    if upload is not None:
        remove_after_commit([partial_name(upload.id)])
        db.session.delete(upload)
    db.session.delete(evidence)
    db.session.flush()
    if media is None:
        return
    uses = db.select(Evidence.id).where(Evidence.media_sha256 == media.sha256).limit(1)
    if db.session.scalar(uses) is None:
        names = files_of(media)
        others = db.select(Media.sha256).where(
            Media.original_sha256 == media.original_sha256, Media.sha256 != media.sha256
        )
        if db.session.scalar(others.limit(1)) is None:
            names.append(original_name(media.original_sha256))
        db.session.delete(media)
        remove_after_commit(names)


def remove_after_commit(names: list[str]) -> None:
    """Let files go once the records are gone for good; not if the transaction is put back."""
    kept, session = store(), db.session()

    def remove_files(_: object) -> None:
        for name in names:
            kept.remove(name)

    event.listen(session, "after_commit", remove_files, once=True)
    event.listen(session, "after_rollback", lambda _: names.clear(), once=True)
