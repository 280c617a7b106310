"""What every answer carries, and how failures look."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from functools import partial
from math import ceil
from typing import Any

from flask import (
    Flask,
    Response,
    current_app,
    flash,
    redirect,
    request,
    send_from_directory,
)
from flask import render_template as render
from flask.typing import ResponseReturnValue
from flask_babel import format_time
from flask_login import current_user
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.exceptions import BadRequest, HTTPException, SecurityError
from werkzeug.routing import RequestRedirect

from mobilizer.core import again, clock, nul, problems, sessions
from mobilizer.core.assets import asset, stamped
from mobilizer.core.database import db, is_out_of_reach
from mobilizer.core.errors import NotVisible, RuleBroken, SignedOut, TooMany
from mobilizer.core.forms import translated
from mobilizer.core.language import choose
from mobilizer.core.pages import asked_again, path_again, path_of, without_slash
from mobilizer.core.text import visible
from mobilizer.core.words import N_

#: Where a tapped video may be played from; nothing else of another site is ever loaded.
PLAYERS = "https://www.youtube-nocookie.com https://player.vimeo.com"

POLICY = "; ".join(
    (
        "default-src 'none'",
        "img-src 'self' blob:",  # A photo just taken is shown before it is sent.
        "media-src 'self'",
        "style-src 'self'",
        "script-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        f"frame-src {PLAYERS}",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    # By this a phone tells our answers from those of a network that wants to be paid first.
    "X-Mobilizer": "1",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), microphone=(), payment=()",
}

#: Below this, and nowhere else, a page may stand in a frame of any other site.
FRAMED = "/embed/"
FRAMED_POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors *"
)
FRAMED_HEADERS = {
    **{name: value for name, value in HEADERS.items() if name != "X-Frame-Options"},
    "Content-Security-Policy": FRAMED_POLICY,
}

#: No path of ours is half as long, in bytes. Of a longer one nothing is looked up or told back.
LONGEST_PATH = 1000

#: So much of the name of a parameter is told back.
LONGEST_NAME = 20

#: A part of a file beyond its end, which only a player asks for: it is told how long the file is.
BEYOND = 416

#: The failures that have a page of their own.
FAILURES = (403, 404, 409, 413, 429)

#: How failures are told to a phone (docs/sync.md): a code, and words where nobody has better ones.
UNREADABLE = N_("This was not written as agreed, and cannot be read.")
CODES = {
    400: ("malformed", UNREADABLE),
    401: ("signed_out", again.SIGNED_OUT),
    403: ("not_allowed", N_("You may not do this.")),
    404: ("unknown", N_("There is nothing of this name, or it is not yours.")),
    405: ("unknown", N_("Nothing can be done here in this way.")),
    409: ("conflict", N_("This cannot be taken as things stand now.")),
    412: ("malformed", UNREADABLE),
    413: ("too_large", N_("This is larger than anything that is taken here.")),
    415: ("malformed", UNREADABLE),
    429: ("too_many", N_("There were too many tries. Wait a little.")),
    500: ("broken", N_("Something broke on our side. Nothing was taken; try again later.")),
}
#: How soon one may try again when the database could not be reached, in seconds.
AGAIN = "5"
csrf = CSRFProtect()


def install(app: Flask) -> None:
    """Guard forms, add the headers, and give failures their pages."""
    app.before_request(sessions.refuse_unread)
    app.before_request(_refuse_odd)
    app.before_request(_put_right)
    csrf.init_app(app)
    app.after_request(_add_headers)
    app.register_error_handler(NotVisible, lambda _: failure(404))
    app.register_error_handler(RuleBroken, _rule_broken)
    app.register_error_handler(TooMany, _too_many)
    app.register_error_handler(SignedOut, _signed_out)
    app.register_error_handler(CSRFError, _forged)
    app.register_error_handler(SecurityError, _other_host)
    app.register_error_handler(HTTPException, _http_failure)
    app.register_error_handler(500, _crashed)
    app.jinja_env.globals.update(asset=asset, asked_again=asked_again, path_again=path_again)
    app.add_url_rule("/static/v-<stamp>/<path:filename>", endpoint="stamped", view_func=stamped)
    app.log_exception = partial(_log_exception, app)  # type: ignore[method-assign]  # Flask's own way


def _log_exception(app: Flask, exc_info: Any) -> None:
    """Note a crash by the view it happened in: an address may hold a secret link.

    While the database cannot be reached every request fails alike, and a line each is enough.
    """
    if is_out_of_reach(exc_info[1]):
        app.logger.error("the database is out of reach: %s", request.endpoint)
    else:
        app.logger.error("Exception in %s", request.endpoint, exc_info=exc_info)


def failure(status: int, message: str = "", **shown: Any) -> ResponseReturnValue:
    """The page of a failure, after everything half-done has been put back."""
    db.session.rollback()
    if _is_phone():
        code, otherwise = CODES[status]
        return refusal(status, code, message or translated(RuleBroken(otherwise)))
    if problems.is_for_programs():
        return problems.problem(status, message)
    if status == 404:
        shown["texts"] = again.rescued()
        shown["is_of_the_public"] = not request.path.startswith(sessions.PLACES)
    return render(f"errors/{status}.html", message=message, **shown), status


def refusal(
    status: int, code: str, message: str, faults: Sequence[Mapping[str, str]] = ()
) -> ResponseReturnValue:
    """What a phone is told instead of an answer, after everything half-done has been put back."""
    db.session.rollback()
    told: dict[str, Any] = {"error": code, "message": message}
    return {**told, "faults": list(faults)} if status in (400, 422) else told, status


def _refuse_odd() -> ResponseReturnValue | None:
    """No address and no text holds the sign NUL, and no address is that long."""
    if nul.is_in_path() or len(request.environ["PATH_INFO"]) > LONGEST_PATH:
        return failure(404)
    if odd := nul.parameters():
        if problems.is_for_programs():
            says = RuleBroken(nul.ODD, name=visible(min(odd))[:LONGEST_NAME])
            return problems.problem(400, translated(says))
        if odd != {nul.TYPED}:
            return failure(404)
    nul.take_out()
    return None


def _put_right() -> ResponseReturnValue | None:
    """Lead to the address that was meant before the framework does, which tells name and port.

    Slashes too many within a path it sees itself; those before it, it takes for one.
    """
    if isinstance(request.routing_exception, RequestRedirect):
        return redirect(path_of(request.routing_exception.new_url), 308)
    if request.environ["PATH_INFO"].startswith("//") and request.routing_exception is None:
        return redirect(path_of(request.url), 308)
    return None


def _http_failure(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if error.response is not None or status < 400:
        return error.get_response()
    if status == 404 and (meant := without_slash()):
        return redirect(meant, 308)
    if problems.is_for_programs() or status == BEYOND:
        return problems.refusal(error) if status < 500 else _crashed(error)
    if status in FAILURES or (_is_phone() and status in CODES):
        return failure(status)
    return failure(404 if status in (405, 410) else 409) if status < 500 else _crashed(error)


def _other_host(_: SecurityError) -> ResponseReturnValue:
    """No page of ours: under a name that is not ours none of its addresses can be made."""
    return BadRequest().get_response()


def _rule_broken(error: RuleBroken) -> ResponseReturnValue:
    """Lead back to where the form stood, as if sent twice; what was written stays in view."""
    message, back = translated(error), safe_next(again.came_from())
    if back is None:
        return failure(409, message)
    if texts := again.texts():
        return failure(409, message, texts=texts, back=back)
    db.session.rollback()
    flash(message, "warning")
    return redirect(back)


def _too_many(error: TooMany) -> ResponseReturnValue:
    opens_at = clock.now() + error.wait + timedelta(seconds=59)
    error.params["time"] = format_time(opens_at, "short")
    answer = current_app.make_response(failure(429, translated(error)))
    answer.headers["Retry-After"] = str(ceil(error.wait.total_seconds()))
    return answer


def _signed_out(_: SignedOut) -> ResponseReturnValue:
    message = translated(RuleBroken(again.SIGNED_OUT))
    return again.page() or failure(401 if _is_phone() else 409, message)


def _is_phone() -> bool:
    return request.path.startswith("/sync/")


def _forged(_: CSRFError) -> ResponseReturnValue:
    message = translated(RuleBroken(again.FORGED))
    if _is_phone():
        return refusal(400, "token", message) if current_user.is_authenticated else failure(401)
    return again.page() or failure(409, message)


def _crashed(error: Exception) -> ResponseReturnValue:
    """Say that something broke; while the database is out of reach, that it passes."""
    passes = is_out_of_reach(getattr(error, "original_exception", None))
    answer = current_app.make_response(_told_of_a_crash(503 if passes else 500))
    answer.headers["Cache-Control"] = "no-store"
    if passes:
        sessions.store_nothing()
        answer.headers["Retry-After"] = AGAIN
    return answer


def _told_of_a_crash(status: int) -> ResponseReturnValue:
    if problems.is_for_programs():
        return problems.problem(status)
    if _is_phone():
        code, message = CODES[500]
        with suppress(Exception):  # Whatever broke the answer may break this too.
            message = translated(RuleBroken(message))
        return {"error": code, "message": message}, status
    try:
        language = choose()
    except Exception:  # noqa: BLE001  # whatever broke the page may break this too
        language = "en"
    page = send_from_directory(current_app.static_folder or "", f"errors/500.{language}.html")
    page.status_code = status
    return page


def _add_headers(response: Response) -> Response:
    may_be_framed = request.path.startswith(FRAMED) and response.status_code == 200
    for name, value in (FRAMED_HEADERS if may_be_framed else HEADERS).items():
        response.headers.setdefault(name, value)
    if response.status_code >= 400:  # What is not there now may be there after the next word.
        response.headers.setdefault("Cache-Control", "no-store")
    if problems.is_read_by_all():
        response.headers.update(problems.READ_BY_ALL)
    return response


def safe_next(address: Any) -> str | None:
    """An address of this site to go on to after signing in; None when it leads anywhere else.

    Only a path of letters, digits and a few signs passes: no scheme, host, backslash,
    control character or double slash, in whatever encoding.
    """
    if not isinstance(address, str) or not address.startswith("/"):
        return None
    path = address.partition("?")[0]
    plain = path.replace("/", "").replace("-", "").replace("_", "")
    if "//" in path or not ((plain.isascii() and plain.isalnum()) or path == "/"):
        return None
    query = address.partition("?")[2]
    return address if all(c.isascii() and (c.isalnum() or c in "=&-_+.%") for c in query) else None
