"""What all addresses of this feature need: the language, how an answer may be kept."""

from typing import Any

from flask import Blueprint, Response, abort, current_app

from mobilizer.core.language import current
from mobilizer.publication.rules.packing import FRESH

bp = Blueprint("sharing", __name__)


@bp.url_value_preprocessor
def know_the_language(_: str | None, values: dict[str, Any] | None) -> None:
    """Refuse a language that is not offered; views need not take it."""
    if not values or "lang" not in values:
        return
    if values["lang"] not in current_app.config["LANGUAGES"]:
        abort(404)
    current()  # Chosen now, by the address; from here on it stands nowhere else.
    del values["lang"]


@bp.after_request
def may_be_kept(response: Response) -> Response:
    """Nothing here knows who asks; what is not named by its hash is asked for anew."""
    if response.status_code in (200, 302):
        response.headers.setdefault("Cache-Control", FRESH)
    return response
