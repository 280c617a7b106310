"""How much of a body is read.

A view that says nothing reads what a form of words takes; what reads files says how much it
``takes``. That is set before anything looks into a body (``core.policy``), and the process that
takes requests reads no more of them before it knows who sends it.
"""

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])

#: So much is read of a form that needs no account, in bytes: signing in, a reply, a question.
OF_STRANGERS = 64 * 1024
#: So much of a form that needs one: a month's report has twenty texts.
OF_PEOPLE = 1024 * 1024
#: So much of what a phone sends by itself: a report, a promise, a list.
MOST = 256 * 1024
#: So much at most of whoever may not send it, such as one who was signed out meanwhile: what she
#: wrote beside a photo and a clip is shown to her again.
OF_ANYBODY = 40 * 1024 * 1024


def takes(most: int) -> Callable[[View], View]:
    """Declare how much of a body a view reads, in bytes; beside its permission."""

    def declare(view: View) -> View:
        view.takes = most  # type: ignore[attr-defined]  # functions carry marks
        return view

    return declare


def declared(view: Callable[..., Any]) -> int | None:
    """How much a view declares that it reads, or None: then it reads a form of words."""
    return getattr(view, "takes", None)
