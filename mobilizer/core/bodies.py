"""What a phone sends is read whole before anything is looked up.

A request that writes begins its transaction with its session; on SQLite nobody else writes until
it ends. A body that trickles in over a village's network must not be waited for in between.
"""

from collections.abc import Callable
from io import BytesIO
from typing import Any

#: So much is read of who has no account, in bytes; a view that takes her files says how much more.
OF_STRANGERS = 64 * 1024
#: More than this is refused unread, below the same addresses.
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
