"""Those who work on requests that another process took, in threads of this one.

Whoever asks is in ``core.handover``: her body has come whole before it is handed over.
"""

import errno
import json
import logging
import sys
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from itertools import count
from multiprocessing.connection import Connection, Listener
from queue import PriorityQueue
from threading import BoundedSemaphore, Thread
from time import sleep
from typing import IO, Any, NamedTuple

from werkzeug.test import run_wsgi_app
from werkzeug.wsgi import ClosingIterator

from mobilizer.core.fair import Rounds
from mobilizer.core.spools import received, send, spooled

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
Start = Callable[..., Any]
Application = Callable[[Environ, Start], Iterable[bytes]]

log = logging.getLogger(__name__)

#: Why nobody may come in just now, which passes: she has left again, or there is no room for files.
PASSES = {errno.ECONNABORTED, errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}
#: How long it is waited then, in seconds.
PAUSE = 0.1


class Asked(NamedTuple):
    """A request that waits, in the order in which it is worked on: no number is given twice."""

    turn: int
    round: int
    number: int
    line: Connection
    words: dict[str, str]


class Hands:
    """Those who answer what is handed over at a door, in threads of this process."""

    def __init__(self, application: Application, door: Listener, at_once: int) -> None:
        """Begin.

        Args:
            application: by WSGI; a fault of its own ends one request.
            door: whose address others know.
            at_once: so many requests are worked on at the same moment.
        """
        self._application, self._door, self._at_once = application, door, at_once
        self._free = BoundedSemaphore(at_once)
        self._waiting: PriorityQueue[Asked] = PriorityQueue()
        self._rounds = Rounds()
        for work in (self._welcome, *at_once * [self._take]):
            Thread(target=work, daemon=True).start()

    @property
    def waiting(self) -> int:
        """How many have come in and are not worked for yet."""
        return self._waiting.qsize()

    def rest(self) -> None:
        """Take nothing more, once what was begun is at its end."""
        for _ in range(self._at_once):
            self._free.acquire()

    def _welcome(self) -> None:
        for number in count():
            try:
                line = self._door.accept()
            except OSError as fault:
                if fault.errno not in PASSES:
                    return  # The door is closed.
                sleep(PAUSE)
                continue
            try:
                turn, whose, words = json.loads(line.recv_bytes())
            except (OSError, EOFError):  # Whoever asked has gone.
                line.close()
                continue
            self._waiting.put(Asked(turn, self._rounds.next_of(whose), number, line, words))

    def _take(self) -> None:
        while True:
            asked = self._waiting.get()
            self._rounds.begin(asked.round)
            with asked.line, self._free:
                self._answer(asked)

    def _answer(self, asked: Asked) -> None:
        try:
            with suppress(OSError, EOFError):  # Whoever asked has gone.
                _answer(self._application, asked.line, asked.words)
        except Exception as fault:  # noqa: BLE001  # whatever it was, the next one is answered
            log.warning("a request: %s", type(fault).__name__)


def _answer(application: Application, line: Connection, words: dict[str, str]) -> None:
    with spooled(received(line)) as body:
        if line.poll():  # She says nothing more, so this is that she has gone.
            return
        answer, status, headers = run_wsgi_app(application, {**words, **_ours(body)})
        with closing(ClosingIterator(answer)):
            line.send_bytes(json.dumps((status, list(headers))).encode())
            send(line, answer)


def _ours(body: IO[bytes]) -> Environ:
    return {
        "wsgi.version": (1, 0),
        "wsgi.input": body,
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
