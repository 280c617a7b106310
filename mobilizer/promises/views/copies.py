"""The kept copy of a promise's source: for the desk, never run in the browser."""

from flask import Response, flash, redirect
from flask.typing import ResponseReturnValue
from flask_login import current_user

from mobilizer.core.bodies import takes
from mobilizer.core.database import db
from mobilizer.core.errors import NotVisible, RuleBroken
from mobilizer.core.language import gettext
from mobilizer.core.policy import requires
from mobilizer.promises import actions
from mobilizer.promises.forms.desk import CopyForm
from mobilizer.promises.queries.copies import kept_copy
from mobilizer.promises.rules.copies import KINDS, MAX_BYTES
from mobilizer.promises.views.blueprint import address, bp, find, find_to_change
from mobilizer.promises.views.desk import show_promise

#: A copy that is too large is told so beside its field, up to twice of what is kept.
TOLD = 2 * MAX_BYTES


@bp.get("/desk/promises/<int(max=999999999):number>/copy")
@requires("promise.read")
def copy(number: int) -> ResponseReturnValue:
    source = find(number).source
    kept = kept_copy(source)
    if kept is None:
        raise NotVisible
    content, ending = kept
    answer = Response(content, mimetype=KINDS[ending][1])
    answer.headers["Content-Disposition"] = f"attachment; filename={source.copy_sha256}.{ending}"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


@bp.post("/desk/promises/<int(max=999999999):number>/copy")
@requires("promise.write")
@takes(TOLD)
def keep_copy(number: int) -> ResponseReturnValue:
    promise = find_to_change(number)
    form = CopyForm()
    try:
        if form.validate():
            actions.keep_copy(promise, form.copy.data.read(), by=current_user)
            db.session.commit()
            flash(gettext("A copy of the source is kept."), "ok")
            return redirect(address(promise))
    except RuleBroken as broken:
        db.session.rollback()
        form.strike(broken)
    return show_promise(number, copying=form), 422
