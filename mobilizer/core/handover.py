"""A WSGI application in another process: requests are handed over to it, each with its body whole.

Words and bytes go through a socket that nobody but this user can open, as they were said, so that
the application cannot tell who took the request. Neither a slow sender nor a slow receiver holds
up whoever works there: a body has come before it is handed over, an answer is taken whole first.
"""

import json
import logging
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Client
from threading import BoundedSemaphore
from typing import IO

from werkzeug.wsgi import ClosingIterator

from mobilizer.core.fair import Places
from mobilizer.core.hands import Environ, Headers, Start
from mobilizer.core.spools import IN_MEMORY, PIECE, pieces, received, send, spooled

log = logging.getLogger(__name__)


class CutOffError(Exception):
    """Less came of a body than was said: whoever sent it has gone, and half a text is not hers."""


class OutOfPatienceError(Exception):
    """It is not her turn yet, after all the time that she waits."""


@dataclass(frozen=True)
class Share:
    """How places are shared out among those who ask for what anybody may want without end.

    ``whose`` tells of a request whose it is; ``most_of_one`` how many places one of them may hold;
    ``patience`` how long an answer is waited for, in seconds.
    """

    whose: Callable[[Environ], str]
    most_of_one: int
    patience: float


#: Of the places one in so many may be held by who receives more than that: it is as slow as she is.
LONG_ANSWERS = 2
#: What is told of a request besides its headers.
TOLD = (
    *("REQUEST_METHOD", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING", "CONTENT_TYPE"),
    *("CONTENT_LENGTH", "SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL", "REMOTE_ADDR"),
    "wsgi.url_scheme",
)
#: What is told of how a body came, which is no more true of it here: Werkzeug, told of pieces, asks
#: for no length.
ON_THE_WAY = {"HTTP_TRANSFER_ENCODING"}
#: Said where nobody takes a request, whatever her language: one may ask again in so many seconds.
BUSY, AGAIN = "503 SERVICE UNAVAILABLE", "5"
WORDS = """Për çastin ka shumë kërkesa. Provoni sërish pas pak.
Во моментов има многу барања. Обидете се повторно за малку.
Тренутно има много захтева. Покушајте поново ускоро.
There are many requests just now. Please try again in a moment.
""".encode()


class Handover:
    """The application behind a door, as seen from another process."""

    def __init__(
        self,
        address: str,
        most: int,
        longest: Callable[[Environ], int],
        turn: int = 0,
        share: Share | None = None,
    ) -> None:
        """Know whom to hand requests to.

        Args:
            address: of the door.
            most: so many requests at once, their sending and receiving included; others are told
                to come again.
            longest: tells of a request how long its body may be, in bytes; of a longer one no
                more is read than shows that it is too long.
            turn: of all who wait at the door those with the lowest are worked for first.
            share: what one of those who ask may have of it; nobody is told apart without it.
        """
        self._address = address
        self._turn = turn
        self._longest = longest
        self._share = share
        self._places = Places(most, share.most_of_one if share else None)
        # Who takes a film byte by byte holds up who wants a film, and nobody else.
        self._long = BoundedSemaphore(max(1, most // LONG_ANSWERS))

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        """Hand a request over, and say what comes back."""
        whose = self._share.whose(environ) if self._share else ""
        if (leave := self._places.take(whose)) is None:
            return _busy(start_response)
        try:
            status, headers, answer = self._asked(environ, whose)
        except CutOffError:
            leave()
            return _nothing_taken(start_response)
        except OutOfPatienceError:
            leave()
            return _busy(start_response)
        except (OSError, EOFError) as fault:
            leave()
            log.warning("nobody takes requests: %s", type(fault).__name__)
            return _busy(start_response)
        except BaseException:
            leave()
            raise
        if answer.seek(0, os.SEEK_END) <= IN_MEMORY:
            leave()
            start_response(status, headers)
            return _whole(answer)
        return self._said_slowly(status, headers, answer, start_response, leave)

    def _said_slowly(
        self,
        status: str,
        headers: Headers,
        answer: IO[bytes],
        start_response: Start,
        leave: Callable[[], None],
    ) -> Iterable[bytes]:
        if not self._long.acquire(blocking=False):
            leave()
            answer.close()
            return _busy(start_response)
        start_response(status, headers)
        answer.seek(0)
        done = [answer.close, self._long.release, leave]
        return ClosingIterator(pieces(answer), done)

    def _asked(self, environ: Environ, whose: str) -> tuple[str, Headers, IO[bytes]]:
        longest = self._longest(environ)
        with spooled(_sent(environ, longest)) as body:
            length = _length(environ, body, longest)
            return self._answer_to({**_words(environ), **length}, body, whose)

    def _answer_to(
        self, words: dict[str, str], body: IO[bytes], whose: str
    ) -> tuple[str, Headers, IO[bytes]]:
        with Client(self._address, "AF_UNIX") as line:
            line.send_bytes(json.dumps((self._turn, whose, words)).encode())
            send(line, pieces(body))
            if self._share and not line.poll(self._share.patience):
                raise OutOfPatienceError
            status, headers = json.loads(line.recv_bytes())
            return status, [(name, value) for name, value in headers], spooled(received(line))


def _busy(start_response: Start) -> Iterable[bytes]:
    kind = ("Content-Type", "text/plain; charset=utf-8")
    length = ("Content-Length", str(len(WORDS)))
    start_response(BUSY, [kind, length, ("Retry-After", AGAIN), ("Cache-Control", "no-store")])
    return [WORDS]


def _nothing_taken(start_response: Start) -> Iterable[bytes]:
    start_response("400 BAD REQUEST", [("Content-Length", "0"), ("Cache-Control", "no-store")])
    return []


def _words(environ: Environ) -> dict[str, str]:
    headers = (name for name in environ if name.startswith("HTTP_") and name not in ON_THE_WAY)
    return {name: environ[name] for name in (*TOLD, *headers) if name in environ}


def _said_length(environ: Environ) -> int | None:
    said = environ.get("CONTENT_LENGTH") or ""
    return int(said) if said.isdecimal() else None


def _length(environ: Environ, body: IO[bytes], longest: int) -> dict[str, str]:
    """How long a body is that did not say it itself, so that one too long is refused, not cut.

    Raises:
        CutOffError: less came than was said.
    """
    said = _said_length(environ)
    came = body.seek(0, os.SEEK_END)
    body.seek(0)
    if said is None:
        return {"CONTENT_LENGTH": str(came)} if came else {}
    if came < said <= longest:
        raise CutOffError
    return {}


def _sent(environ: Environ, longest: int) -> Iterator[bytes]:
    """The body of a request; nothing of one that says itself that it is too long."""
    if (_said_length(environ) or 0) > longest:
        return
    left = longest + 1
    while left and (piece := environ["wsgi.input"].read(min(PIECE, left))):
        yield piece
        left -= len(piece)


def _whole(file: IO[bytes]) -> Iterable[bytes]:
    """What is short: the server sends it without us."""
    with file:
        file.seek(0)
        return [file.read()]
