"""What programs of other sites may read, and how failures are told to them (RFC 9457)."""

from http import HTTPStatus

from flask import Response, json, request
from flask_babel import gettext
from werkzeug.exceptions import HTTPException

from mobilizer.core.words import N_

#: Below these programs of any other site may read: also why something failed.
BELOW = ("/api/", "/oembed")
#: The scripts of our own pages send here: they are told alike, and no other site is.
BY_SCRIPTS = "/follow/push"
READ_BY_ALL = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, If-None-Match, Range",
    "Access-Control-Expose-Headers": (
        "Allow, Content-Disposition, Content-Range, ETag, Last-Modified, Link, Retry-After"
    ),
    "Access-Control-Max-Age": "86400",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
MIMETYPE = "application/problem+json"
NOT_THERE = N_("There is no such thing, or it is not public.")
#: What HTTP says besides: the methods that are allowed, how long a file is.
BESIDES = ("Allow", "Content-Range")


def is_for_programs() -> bool:
    """Whether this request is of a program, and not of somebody who looks at pages."""
    return request.path.startswith((*BELOW, BY_SCRIPTS))


def is_read_by_all() -> bool:
    """Whether programs of other sites may read the answer."""
    return request.path.startswith(BELOW)


def problem(status: int, detail: str = "") -> Response:
    """A failure as an answer to a program.

    Args:
        status: of the answer.
        detail: what is wrong, in words for people; those for what is not there if none are given.
    """
    detail = detail or (gettext(NOT_THERE) if status == HTTPStatus.NOT_FOUND else "")
    told = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    said = json.dumps({**told, "detail": detail} if detail else told)
    return Response(said, status, mimetype=MIMETYPE)


def refusal(error: HTTPException) -> Response:
    """The answer to a request that HTTP itself refuses."""
    answer = problem(error.code or HTTPStatus.BAD_REQUEST)
    besides = dict(error.get_headers())
    answer.headers.update({name: besides[name] for name in BESIDES if name in besides})
    return answer
