"""Evidence on the phone: adding it, taking it away, looking at a photo."""

from functools import partial

from flask import redirect, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug import Response

from mobilizer.core.bodies import OF_PEOPLE, takes
from mobilizer.core.database import db
from mobilizer.core.errors import NotVisible, RuleBroken
from mobilizer.core.policy import requires
from mobilizer.core.storage import as_film, as_photo
from mobilizer.core.words import N_
from mobilizer.evidence.actions import Prepared, prepare
from mobilizer.evidence.models import Evidence, Media
from mobilizer.evidence.queries import file_of, film_of
from mobilizer.evidence.rules.details import Details
from mobilizer.evidence.rules.faults import CLIP_BYTES, PHOTO_BYTES
from mobilizer.evidence.rules.uploads import MediaKind
from mobilizer.monitoring import actions, queries
from mobilizer.monitoring.actions import Given
from mobilizer.monitoring.forms import EvidenceScreenForm
from mobilizer.monitoring.models import Entry
from mobilizer.monitoring.rules.draft import Draft
from mobilizer.monitoring.rules.matrix import Screen
from mobilizer.monitoring.views.screens import saved
from mobilizer.monitoring.views.shared import address, bp, find

#: Said where something is told about a piece of evidence that is not there: it would be lost.
WITHOUT_EVIDENCE = RuleBroken(N_("Paste the address of a page or of a video."), field="link")


@bp.post("/reports/<uuid:assignment_id>/<month>/evidence")
@requires("entry.write")
@takes(PHOTO_BYTES + CLIP_BYTES + OF_PEOPLE)
def save_evidence(assignment_id: str, month: str) -> ResponseReturnValue:
    find(assignment_id, month)
    made, faults = _opened()
    report = find(assignment_id, month)
    answer = saved(report, (Screen.EVIDENCE, 0), partial(_collect, made, faults))
    stays = request.form.get("go", "").partition(":")[0] in ("add", "remove")
    if stays and isinstance(answer, Response):
        return redirect(address(report, "screen", screen="evidence"))
    return answer


@bp.get("/evidence/<uuid:uid>/<int:width>.<any(jpg, webp):ending>")
@requires("evidence.read")
def photo(uid: str, width: int, ending: str) -> ResponseReturnValue:
    media = media_of(uid)
    content = file_of(media, width, ending) if media else None
    if content is None:
        raise NotVisible
    return as_photo(content, ending)


@bp.get("/evidence/<uuid:uid>.mp4")
@requires("evidence.read")
def clip(uid: str) -> ResponseReturnValue:
    media = media_of(uid)
    film = film_of(media) if media else None
    if film is None:
        raise NotVisible
    return as_film(film)


def media_of(uid: object) -> Media | None:
    """The file of evidence that this person may see; None where it has none, or none yet."""
    seen = queries.evidence_visible_to(current_user).where(Evidence.id == str(uid))
    return db.one_or_404(seen).media


def _opened() -> tuple[list[Prepared], list[RuleBroken]]:
    """The chosen files made safe, and what is wrong with the others. Nobody waits meanwhile."""
    chosen = [(kind, content) for kind in MediaKind if (content := _file(kind)) is not None]
    if chosen:
        db.session.rollback()  # Or everybody who writes would wait.
    made, faults = [], []
    for kind, content in chosen:
        try:
            made.append(prepare(kind, content))
        except RuleBroken as fault:
            faults.append(fault)
    return made, faults


def _collect(
    made: list[Prepared],
    faults: list[RuleBroken],
    entry: Entry,
    draft: Draft,
    form: EvidenceScreenForm,
) -> tuple[Draft, list[RuleBroken]]:
    """What the buttons, fields and files of this screen do to the draft."""
    verb, _, uid = request.form.get("go", "").partition(":")
    if verb == "remove":
        draft = actions.drop_evidence(entry, draft, uid, by=current_user)
    try:
        given = Given(
            form.link.data or "",
            form.request_number.data or "",
            made,
            form.details,
        )
    except RuleBroken as fault:
        return draft, [*faults, fault]
    if not given:
        is_missed = given.details != Details() and not faults
        return draft, [WITHOUT_EVIDENCE] if is_missed else faults
    draft, more = actions.add_evidence(entry, draft, given, by=current_user)
    return draft, [*faults, *more]


def _file(kind: MediaKind) -> bytes | None:
    """The uploaded file; None where none was chosen. What its name says is not looked at."""
    uploaded = request.files.get(kind.value)
    if uploaded is None or not uploaded.filename:
        return None
    with uploaded.stream as stream:
        return stream.read()
