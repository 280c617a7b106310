"""Public addresses without a language: the door, the photos, whether we are alive."""

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from mobilizer.core.assets import asset
from mobilizer.core.database import db
from mobilizer.core.errors import NotVisible
from mobilizer.core.language import preferred
from mobilizer.core.policy import public
from mobilizer.core.storage import as_film, as_photo
from mobilizer.evidence.queries import file_of, film_of
from mobilizer.scorecards.queries import published_media

bp = Blueprint("open", __name__)


@bp.get("/")
@public
def door() -> ResponseReturnValue:
    """To the visitor's language."""
    answer = redirect(url_for("scorecards.home", lang=preferred()))
    answer.vary.add("Accept-Language")
    return answer


@bp.get("/media/<sha256>-<int:width>.<any(jpg, webp):ending>")
@public
def photo(sha256: str, width: int, ending: str) -> ResponseReturnValue:
    """A published photo's public copy. One that stands in no finding is not there."""
    content = file_of(db.one_or_404(published_media(sha256)), width, ending)
    if content is None:
        raise NotVisible
    answer = as_photo(content, ending)
    answer.set_etag(f"{sha256}-{width}.{ending}")
    answer.make_conditional(request)
    return for_good(answer)


@bp.get("/media/<sha256>.mp4")
@public
def clip(sha256: str) -> ResponseReturnValue:
    """A published clip. One that stands in no finding is not there."""
    film = film_of(db.one_or_404(published_media(sha256)))
    if film is None:
        raise NotVisible
    return for_good(as_film(film, sha256))


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


def for_good(answer: Response) -> Response:
    """An answer that may be kept: what is named by its hash never changes."""
    answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer
