"""An application as seen through a door, in tests."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Listener
from time import monotonic, sleep
from typing import Any

from flask import Flask, Response, request
from werkzeug.test import create_environ, run_wsgi_app

from mobilizer.core.handover import Handover
from mobilizer.core.hands import Hands
from mobilizer.core.spools import IN_MEMORY

LONGEST = 2 * IN_MEMORY
PATIENCE = 30


@contextmanager
def behind(application: Any, most: int = 4, at_once: int = 2) -> Iterator[Handover]:
    """The application as seen through a door."""
    with Listener(family="AF_UNIX") as door:
        Hands(application, door, at_once)
        yield Handover(str(door.address), most, lambda _: LONGEST)


def asked(through: Any, **request: Any) -> tuple[bytes, str, dict[str, str]]:
    """What is answered: body, status, headers."""
    answer, status, headers = run_wsgi_app(through, create_environ(**request), buffered=True)
    return b"".join(answer), status, dict(headers)


def comes_true(is_so: Callable[[], bool]) -> bool:
    """Wait until it is so, patiently."""
    until = monotonic() + PATIENCE
    while not is_so() and monotonic() < until:
        sleep(0.001)
    return is_so()


def repeated() -> Flask:
    """An application that says what it was told."""
    app = Flask("repeated")

    @app.route("/<path:path>", methods=["GET", "POST"])
    def repeat(path: str) -> Response:
        told = [
            request.method,
            request.root_path,
            path,
            *request.query_string.split(),
            request.remote_addr,
        ]
        answer = Response(repr((told, request.scheme, sorted(request.headers))).encode())
        answer.set_data(answer.get_data() + request.get_data())
        answer.headers.extend([("X-One", "twice"), ("X-One", "said")])
        return answer

    return app
