"""A bare Flask route and a bare WSGI application that answer given bytes, served as we are.

    python -m bench.bare KIND FOLDER PORT

FOLDER holds a file for each coding; their names are the paths.
"""

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from flask import Flask, Response
from granian import Granian
from granian.constants import Interfaces

from mobilizer.serving import SWITCH, THREADS

FOLDER = "BENCH_FOLDER"
#: The path that answers that there is nothing new.
UNCHANGED = "304"


def bodies() -> dict[str, bytes]:
    """What is answered, by its path."""
    return {file.name: file.read_bytes() for file in Path(os.environ[FOLDER]).iterdir()}


def headers(coding: str) -> dict[str, str]:
    """What any page says of itself."""
    said = {"Content-Type": "text/html; charset=utf-8"}
    return said if coding == "identity" else {**said, "Content-Encoding": coding}


def flask() -> Flask:
    """A route for each file."""
    sys.setswitchinterval(SWITCH)
    app = Flask("bare")
    for name, body in bodies().items():
        app.add_url_rule(
            f"/{name}", name, lambda name=name, body=body: Response(body, 200, headers(name))
        )
    app.add_url_rule(f"/{UNCHANGED}", UNCHANGED, lambda: Response(status=304))
    return app


def wsgi() -> Callable[..., Iterable[bytes]]:
    """The same without a framework."""
    sys.setswitchinterval(SWITCH)
    known = {
        f"/{name}": ([*headers(name).items(), ("Content-Length", str(len(body)))], body)
        for name, body in bodies().items()
    }

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"] == f"/{UNCHANGED}":
            start("304 NOT MODIFIED", [])
            return []
        said, body = known[environ["PATH_INFO"]]
        start("200 OK", said)
        return [body]

    return answer


if __name__ == "__main__":
    kind, os.environ[FOLDER], port = sys.argv[1:]
    Granian(
        f"bench.bare:{kind}",
        factory=True,
        address="127.0.0.1",
        port=int(port),
        interface=Interfaces.WSGI,
        workers=2,
        blocking_threads=THREADS,
        log_enabled=False,
    ).serve()
