"""Files that come in pieces. The caller commits, twice: nobody else waits while a file is opened.

    progress = append(upload_id, offset, piece, by=person)
    db.session.commit()
    if progress.whole:
        examined = examine(progress.whole, waits=False)  # outside of any transaction
        settle(examined)
        db.session.commit()
        if examined.fault:
            raise examined.fault

What has come is what the record says, under lock; bytes of a piece that was never committed are
cut off when the next one comes. With the last piece a job is written down that opens the file:
the worker does it where the server is busy with others' files, or was ended in between.
"""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Select
from sqlalchemy.orm import contains_eager

from mobilizer.accounts.models import User
from mobilizer.audit.actions import record
from mobilizer.core import clock
from mobilizer.core.database import db, locked, new_uid
from mobilizer.core.errors import NotVisible, RuleBroken
from mobilizer.core.storage import media as store
from mobilizer.evidence.actions.adding import add, is_the_same
from mobilizer.evidence.actions.keeping import Prepared, keep, prepare
from mobilizer.evidence.actions.letting_go import remove_after_commit
from mobilizer.evidence.models import Evidence, Upload
from mobilizer.evidence.queries import PARTIALS, offset_of, partial_name
from mobilizer.evidence.rules.details import Details
from mobilizer.evidence.rules.faults import refusal
from mobilizer.evidence.rules.links import EvidenceKind
from mobilizer.evidence.rules.uploads import (
    KEPT_DAYS,
    OPEN_AFTER,
    OPENING,
    MediaKind,
    OtherContent,
    UploadState,
    WrongHash,
    check_announced,
    check_piece,
    is_last_again,
)
from mobilizer.jobs.actions import enqueue

#: A clip is a video without an address.
KINDS = {MediaKind.PHOTO: EvidenceKind.PHOTO, MediaKind.CLIP: EvidenceKind.VIDEO}


@dataclass(frozen=True)
class Whole:
    """A file all of whose bytes have come, in plain values that outlive the transaction."""

    upload_id: str
    kind: MediaKind
    sha256: str


@dataclass(frozen=True)
class Progress:
    """How many bytes have come; and the whole, where it waits to be examined."""

    received: int
    whole: Whole | None = None


@dataclass(frozen=True)
class Examined:
    """A whole file, and either what was made of it or what is wrong with it."""

    whole: Whole
    made: Prepared | None = None
    fault: RuleBroken | None = None


def announce(
    entry_id: str,
    *,
    uid: str,
    media_id: str,
    kind: MediaKind,
    sha256: str,
    size: int,
    details: Details,
    by: User,
) -> Upload:
    """Note a piece of evidence whose file is to come. The same again changes nothing.

    Args:
        entry_id: of her own entry.
        uid: the phone's name for the piece of evidence.
        media_id: the phone's name for the file.
        kind: a photo or a clip.
        sha256: over the whole file.
        size: of the whole file, in bytes.
        details: what is said about it, as ``checked``.
        by: the author.

    Raises:
        NotVisible: one of the names is that of another person's, or of another entry's.
        OtherContent: she has announced something else under one of the names.
        RuleBroken: the file is out of bounds.
    """
    check_announced(kind, sha256, size)
    piece, upload = db.session.get(Evidence, uid), db.session.get(Upload, media_id)
    for known in (piece, upload.evidence if upload else None):
        if known is not None and (known.entry_id, known.added_by_id) != (entry_id, by.id):
            raise NotVisible
    if piece is None and upload is None:
        piece = add(entry_id, KINDS[kind], details, by, id=uid)
        upload = Upload(
            id=media_id,
            evidence=piece,
            sha256=sha256,
            size=size,
            received=0,
            state=UploadState.OPEN,
            fault="",
            created_at=clock.now(),
        )
        db.session.add(upload)
        db.session.flush()
    if piece is None or upload is None or upload.evidence_id != piece.id:
        raise OtherContent
    if (upload.sha256, upload.size) != (sha256, size) or not is_the_same(
        piece, KINDS[kind], details
    ):
        raise OtherContent
    return upload


def append(upload_id: str, offset: int, piece: bytes, *, by: User) -> Progress:
    """Put a piece behind what has come. To a complete file, and as the end again, it adds nothing.

    Raises:
        NotVisible: the file was not announced by her.
        WrongOffset: the piece does not begin where the file ends so far.
        TooLarge: it is larger than pieces may be, or reaches past the end.
        RuleBroken: the file came whole before, and was refused for this.
    """
    upload = _held(_one(upload_id).where(Evidence.added_by_id == by.id))
    if upload.state is UploadState.COMPLETE:
        return Progress(upload.size)
    if upload.state is UploadState.REFUSED:
        raise refusal(upload.fault)
    received = offset_of(upload)
    if not is_last_again(offset, len(piece), received=received, size=upload.size):
        check_piece(offset, len(piece), received=received, size=upload.size)
        store().extend(partial_name(upload.id), offset, piece)
        upload.received = received = offset + len(piece)
        if received == upload.size:
            _have_it_opened(upload)
    return Progress(received, _whole(upload) if received == upload.size else None)


def _have_it_opened(upload: Upload) -> None:
    """Let the worker open it, unless whoever sent it has seen it opened by then."""
    # A file that arrives as another is begun anew, and is whole once more.
    key = f"{OPENING}:{upload.id}:{new_uid()}"
    enqueue(OPENING, key, {"upload": upload.id}, due_at=clock.now() + OPEN_AFTER)


def unopened(upload_id: str) -> Whole | None:
    """A file that has come and was not opened yet; None where there is nothing to open."""
    upload = db.session.scalar(_one(upload_id))
    if upload is None or upload.state.is_settled or upload.received < upload.size:
        return None
    return _whole(upload)


def examine(whole: Whole, *, waits: bool = True) -> Examined:
    """Compare a file with what was announced and make it safe to show. Changes no record.

    Raises:
        Busy: others' files are open, and it is not waited for a turn.
    """
    content = store().get(partial_name(whole.upload_id)) or b""
    if hashlib.sha256(content).hexdigest() != whole.sha256:
        return Examined(whole, fault=WrongHash())
    try:
        return Examined(whole, made=prepare(whole.kind, content, waits=waits))
    except RuleBroken as fault:
        return Examined(whole, fault=fault)


def settle(examined: Examined) -> Upload:
    """Note what came of a file: complete, refused, or to be sent again from its beginning.

    Raises:
        NotVisible: it was taken back meanwhile.
    """
    upload = _held(_one(examined.whole.upload_id))
    if upload.state is not UploadState.OPEN or upload.received < upload.size:
        return upload
    if examined.made is not None:
        upload.evidence.media = keep(examined.made)
        upload.state = UploadState.COMPLETE
        record(None, "evidence.keep", upload.evidence, vouches=upload.evidence)
    elif isinstance(examined.fault, WrongHash):
        upload.received = 0
    elif examined.fault is not None:
        upload.state, upload.fault = UploadState.REFUSED, examined.fault.message
    db.session.flush()
    remove_after_commit([partial_name(upload.id)])
    return upload


def sweep() -> int:
    """Let go of what lies unfinished for too long; its phone begins anew. Returns how many."""
    names = store().untouched(PARTIALS, clock.now() - timedelta(days=KEPT_DAYS))
    begun = db.select(Upload).where(Upload.state == UploadState.OPEN, Upload.received > 0)
    for upload in db.session.scalars(locked(begun)):
        if partial_name(upload.id) in names:
            upload.received = 0
    remove_after_commit(names)
    return len(names)


def _one(upload_id: str) -> Select[Upload]:
    """An upload with its piece of evidence."""
    found = db.select(Upload).join(Upload.evidence).where(Upload.id == upload_id)
    return found.options(contains_eager(Upload.evidence))


def _held(one: Select[Upload]) -> Upload:
    """An upload as it is now, held until the transaction ends."""
    found = db.session.scalar(locked(one))
    if found is None:
        raise NotVisible
    return found


def _whole(upload: Upload) -> Whole:
    is_photo = upload.evidence.kind is EvidenceKind.PHOTO
    return Whole(upload.id, MediaKind.PHOTO if is_photo else MediaKind.CLIP, upload.sha256)
