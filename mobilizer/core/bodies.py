"""How much of a body is read, and when.

A view that says nothing reads what a form of words takes; what reads files says how much it
``takes``. That is set before anything looks into a body (``core.policy``).

What a phone sends is read whole before anything is looked up. A request that writes begins its
transaction with its session; on SQLite nobody else writes until it ends. A body that trickles in
over a village's network must not be waited for in between.
"""

from collections.abc import Callable
from io import BytesIO
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])

#: So much is read of a form that needs no account, in bytes: signing in, a reply, a question.
OF_STRANGERS = 64 * 1024
#: So much of a form that needs one: a month's report has twenty texts.
OF_PEOPLE = 1024 * 1024
#: So much at most of whoever may not send it, such as one who was signed out meanwhile: what she
#: wrote beside a photo and a clip is shown to her again.
OF_ANYBODY = 40 * 1024 * 1024
#: More than this is refused unread of what a phone sends by itself.
MOST = 256 * 1024
BELOW = "/sync/"


def read_first(application: Callable[..., Any]) -> Callable[..., Any]:
    """The same WSGI application, given small bodies as a whole."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        length = str(environ.get("CONTENT_LENGTH") or "")
        is_small = length.isascii() and length.isdecimal() and int(length[:9]) <= MOST
        if environ.get("PATH_INFO", "").startswith(BELOW) and is_small:
            environ["wsgi.input"] = BytesIO(environ["wsgi.input"].read(int(length)))
        return application(environ, start_response)

    return answer


def takes(most: int) -> Callable[[View], View]:
    """Declare how much of a body a view reads, in bytes; beside its permission."""

    def declare(view: View) -> View:
        view.takes = most  # type: ignore[attr-defined]  # functions carry marks
        return view

    return declare


def declared(view: Callable[..., Any]) -> int | None:
    """How much a view declares that it reads, or None: then it reads a form of words."""
    return getattr(view, "takes", None)
