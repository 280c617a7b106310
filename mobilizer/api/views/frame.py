"""What every answer to a program has: what names it, how old it is, and why it was refused."""

from flask import Blueprint, Response, current_app, request
from flask.typing import ResponseReturnValue

from mobilizer.api.rules.asking import said_once
from mobilizer.core.database import db
from mobilizer.core.errors import NotVisible, RuleBroken
from mobilizer.core.forms import translated
from mobilizer.core.problems import problem
from mobilizer.publication.rules.packing import FRESH, midnight
from mobilizer.publication.rules.pages import KEPT

bp = Blueprint("api", __name__, url_prefix="/api/v1")


@bp.before_request
def refuse_what_is_said_twice() -> None:
    """Of what a view knows; days have a rule of their own, as an empty field of a form is none."""
    known = {*KEPT.get(request.endpoint or "", ())} - {"as_of"}
    said_once(name for name, _ in request.args.items(multi=True) if name in known)


@bp.errorhandler(RuleBroken)
def refuse(error: RuleBroken) -> ResponseReturnValue:
    db.session.rollback()
    return problem(400, translated(error))


@bp.errorhandler(NotVisible)
def not_there(_: NotVisible) -> ResponseReturnValue:
    db.session.rollback()
    return problem(404)


@bp.after_request
def may_be_asked_again(response: Response) -> Response:
    """Name what is not kept in memory, where that is done, as the pages that are."""
    if response.status_code == 200:
        response.headers.setdefault("Cache-Control", FRESH)
        stamp = current_app.extensions["front"].watch.stamp()
        if stamp is not None and stamp.raised_on:
            response.headers.setdefault("Last-Modified", midnight(stamp.raised_on))
        if not response.is_streamed:
            response.add_etag()
            unless_known(response)
    return response


def unless_known(response: Response) -> Response:
    """Answer 304 to who has it.

    By its day alone nobody has it: a day is too coarse.
    """
    asked = {**request.environ, "HTTP_IF_MODIFIED_SINCE": ""}
    response.make_conditional(asked)
    return response
