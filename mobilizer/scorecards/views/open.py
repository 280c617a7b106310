"""Public addresses without a language: the door, the photos, robots, whether we are alive."""

from flask import Blueprint, Response, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from mobilizer.core.database import db
from mobilizer.core.errors import NotVisible
from mobilizer.core.language import preferred
from mobilizer.core.policy import public
from mobilizer.core.sessions import PLACES
from mobilizer.core.web import asset
from mobilizer.evidence.queries import file_of
from mobilizer.scorecards.queries import published_photo

bp = Blueprint("open", __name__)


@bp.get("/")
@public
def door() -> ResponseReturnValue:
    """To the visitor's language."""
    answer = redirect(url_for("scorecards.home", lang=preferred()))
    answer.vary.add("Accept-Language")
    return answer


@bp.get("/media/<sha256>-<int:width>.jpg")
@public
def photo(sha256: str, width: int) -> ResponseReturnValue:
    """A published photo's public copy. One that stands in no finding is not there."""
    content = file_of(db.one_or_404(published_photo(sha256)), width)
    if content is None:
        raise NotVisible
    answer = Response(content, mimetype="image/jpeg")
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer


@bp.get("/robots.txt")
@public
def robots() -> ResponseReturnValue:
    """What is public may be found; where people work there is nothing to find."""
    closed = "".join(f"Disallow: {place}\n" for place in PLACES)
    return Response(f"User-agent: *\n{closed}", mimetype="text/plain")


@bp.get("/favicon.ico")
@public
def favicon() -> ResponseReturnValue:
    """For programs that do not read the page's head."""
    return redirect(asset("icons/favicon.svg"))


@bp.get("/healthz")
@public
def alive() -> ResponseReturnValue:
    return {"alive": True}


@bp.get("/readyz")
@public
def ready() -> ResponseReturnValue:
    """Whether the database answers and has its tables."""
    version = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    return {"ready": True, "migration": version}
