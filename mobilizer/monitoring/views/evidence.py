"""Evidence on the phone: adding it, taking it away, looking at a photo."""

from flask import redirect, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug import Response

from mobilizer.core.database import db
from mobilizer.core.errors import NotVisible, RuleBroken
from mobilizer.core.policy import requires
from mobilizer.core.storage import as_photo
from mobilizer.core.words import N_
from mobilizer.evidence.models import Evidence
from mobilizer.evidence.queries import file_of
from mobilizer.evidence.rules.details import Details
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
def save_evidence(assignment_id: str, month: str) -> ResponseReturnValue:
    report = find(assignment_id, month)
    answer = saved(report, (Screen.EVIDENCE, 0), _collect)
    stays = request.form.get("go", "").partition(":")[0] in ("add", "remove")
    if stays and isinstance(answer, Response):
        return redirect(address(report, "screen", screen="evidence"))
    return answer


@bp.get("/evidence/<uuid:uid>/<int:width>.jpg")
@requires("evidence.read")
def photo(uid: str, width: int) -> ResponseReturnValue:
    piece = db.one_or_404(queries.evidence_visible_to(current_user).where(Evidence.id == str(uid)))
    content = file_of(piece.media, width) if piece.media else None
    if content is None:
        raise NotVisible
    return as_photo(content)


def _collect(
    entry: Entry, draft: Draft, form: EvidenceScreenForm
) -> tuple[Draft, list[RuleBroken]]:
    """What the buttons and fields of this screen do to the draft."""
    verb, _, uid = request.form.get("go", "").partition(":")
    if verb == "remove":
        draft = actions.drop_evidence(entry, draft, uid, by=current_user)
    try:
        given = Given(form.link.data or "", form.request_number.data or "", _photo(), form.details)
    except RuleBroken as fault:
        return draft, [fault]
    if not given:
        return draft, [WITHOUT_EVIDENCE] if given.details != Details() else []
    return actions.add_evidence(entry, draft, given, by=current_user)


def _photo() -> bytes | None:
    """The uploaded photo; None where none was chosen. What its name says is not looked at."""
    uploaded = request.files.get("photo")
    if uploaded is None or not uploaded.filename:
        return None
    with uploaded.stream as stream:
        return stream.read()
