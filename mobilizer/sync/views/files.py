"""Photos and clips in pieces, as tus 1.0 has it; they were announced by a report."""

from uuid import UUID

from flask import Response, abort, request
from flask.typing import ResponseReturnValue

from mobilizer.accounts.models import User
from mobilizer.core.bodies import MOST, takes
from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.core.policy import person, requires
from mobilizer.evidence import actions as evidence
from mobilizer.evidence.models import Upload
from mobilizer.evidence.queries import offset_of, uploads_of
from mobilizer.evidence.rules import uploads
from mobilizer.sync.rules.reading import WRONG
from mobilizer.sync.rules.refusals import BadFile, Malformed, TooLarge, WrongHash, WrongPlace
from mobilizer.sync.views.frame import bp

TUS = "1.0.0"
PIECE = "application/offset+octet-stream"


@bp.route("/media/<uuid:uid>", methods=["HEAD"])
@requires("entry.write")
def standing(uid: UUID) -> ResponseReturnValue:
    speak_tus()
    upload = db.one_or_404(uploads_of(person()).where(Upload.id == str(uid)))
    return told(Response(), offset_of(upload), length=upload.size)


@bp.patch("/media/<uuid:uid>")
@requires("entry.write")
@takes(MOST)
def piece(uid: UUID) -> ResponseReturnValue:
    speak_tus()
    if request.mimetype != PIECE:
        abort(415)
    received = appended(str(uid), offset(), request.get_data(), person())
    return told(Response(status=204), received)


def speak_tus() -> None:
    """Go on only with who speaks the same."""
    if request.headers.get("Tus-Resumable") != TUS:
        abort(412)


def offset() -> int:
    """Where the piece begins.

    Raises:
        Malformed: the request does not say.
    """
    typed = request.headers.get("Upload-Offset", "")
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 12):
        raise Malformed([RuleBroken(WRONG, field="Upload-Offset")])
    return int(typed)


def appended(uid: str, at: int, content: bytes, by: User, *, waits: bool = False) -> int:
    """Keep a piece, and with the last one what is made of the whole; how much has come.

    Where others' files are being opened, the worker opens it later unless it ``waits``.

    Raises:
        NotVisible: it was not announced by her.
        WrongPlace, TooLarge, WrongHash, BadFile: as docs/sync.md says.
    """
    try:
        progress = evidence.append(uid, at, content, by=by)
        if at + len(content) > progress.received:
            raise uploads.TooLarge  # After the end of what is complete.
        db.session.commit()
        if progress.whole is not None:
            open_whole(progress.whole, waits=waits)
    except uploads.WrongOffset:
        raise WrongPlace from None
    except uploads.TooLarge:
        raise TooLarge from None
    except uploads.WrongHash:
        raise WrongHash from None
    except RuleBroken as fault:
        raise BadFile(fault) from None
    return progress.received


def open_whole(whole: evidence.Whole, *, waits: bool) -> None:
    """Open a file that has come, and note what it is; where the server is busy, the worker does.

    Raises:
        RuleBroken: it cannot be taken.
    """
    try:
        # Nobody waits while a file is opened: it is looked at between two transactions.
        examined = evidence.examine(whole, waits=waits)
    except evidence.Busy:
        return
    evidence.settle(examined)
    db.session.commit()
    if examined.fault is not None:
        raise examined.fault


def told(answer: Response, received: int, **more: int) -> Response:
    """An answer that says how far a file has come."""
    answer.headers["Tus-Resumable"] = TUS
    answer.headers["Upload-Offset"] = str(received)
    if "length" in more:
        answer.headers["Upload-Length"] = str(more["length"])
    return answer
