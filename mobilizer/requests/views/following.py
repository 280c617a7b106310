"""The page on which whoever asked follows her request, by a secret link."""

from flask import render_template
from flask.typing import ResponseReturnValue

from mobilizer.core.database import db
from mobilizer.core.policy import public
from mobilizer.requests import queries
from mobilizer.requests.rules import KEPT_DAYS
from mobilizer.requests.views.asking import bp

NOT_FOUND = 404


@bp.get("/requests/<secret>")
@public
def follow(secret: str) -> ResponseReturnValue:
    sent = db.session.scalars(queries.by_token(secret)).one_or_none()
    if sent is None:
        return render_template("requests/no_request.html"), NOT_FOUND
    return render_template(
        "requests/follow.html",
        sent=sent,
        promise=sent.promise,
        cycle=sent.promise.cycle,
        secret=secret,
        kept_days=KEPT_DAYS,
    )
