"""Granian, set up for a small machine.

The application is made once and shared: its processes and the worker are forked from the one that
made it, and hold of it only what they change. docs/decisions/publication.md has the figures.
"""

import ctypes
import gc
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from threading import Thread

import click
from flask import Flask
from granian import Granian
from granian.constants import Interfaces

from mobilizer.core.database import db
from mobilizer.factory import create_app
from mobilizer.working import work_beside

#: So many requests a process works on at the same moment; each may hold 19 MiB while a password
#: is checked.
AT_ONCE = 4
#: Threads a process: the others answer from memory, or wait for their turn to be worked on.
THREADS = 48
#: How long one thread may hold up the others of its process, in seconds; Python's own is ten times
#: as long, and a public page is answered in less.
SWITCH = 0.0005
#: How many stocks of memory the threads of a process share, and what mallopt(3) calls that. By
#: itself each of the first sixteen threads takes one of its own and gives nothing back.
STOCKS, M_ARENA_MAX = 2, -8

#: The application that was made before there were further processes; each has it from then on.
_made: list[Flask] = []


def serve(host: str, port: int, workers: int, *, has_worker: bool) -> None:
    """Serve until stopped.

    Args:
        host: where to listen.
        port: where to listen.
        workers: processes that answer.
        has_worker: whether jobs are done as well, by one more process that ends with this one.
    """
    click.echo(f"Mobilizer is at http://{host}:{port}/ (stop it with Ctrl+C)")
    server = Granian(
        "mobilizer.serving:application",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
    )
    _make()
    _take_ctrl_c_alone()
    if not has_worker:
        server.serve()
        return
    with _worker(_made[0]):
        server.serve()


def application() -> Flask:
    """The application of one process, which learns by itself what others publish."""
    sys.setswitchinterval(SWITCH)
    app = _made[0] if _made else create_app()
    front = app.extensions["front"]
    front.watch.begin()
    front.begin(AT_ONCE)
    return app


def _make() -> None:
    """Make the application, and let it make what every process needs: words, forms of pages.

    No connection to the database is held open: two processes must not speak by one.
    """
    with suppress(OSError, AttributeError):  # Not every system's library knows of it.
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, STOCKS)
    app = create_app()
    visitor = app.test_client(use_cookies=False)
    for lang in app.config["LANGUAGES"]:
        visitor.get(f"/{lang}/", base_url=app.config["SITE_URL"])
    app.extensions["front"].forget()
    with app.app_context():
        db.engine.dispose()
    _made.append(app)
    gc.collect()
    gc.freeze()  # Nobody looks through it any more, which would write to all of it.


def _take_ctrl_c_alone() -> None:
    """Let Ctrl+C end this process only, which then ends the others one after the other.

    A terminal sends it to all of them. Granian's processes then stop by themselves and are told
    to stop as well, and five times in six wait for each other for ever.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # Those begun later inherit it.

    def wait() -> None:
        signal.sigwait({signal.SIGINT})
        os.kill(os.getpid(), signal.SIGTERM)

    Thread(target=wait, daemon=True).start()


@contextmanager
def _worker(app: Flask) -> Iterator[None]:
    """A worker in a process of its own: what it decodes or waits for makes no visitor wait."""
    process = get_context("fork").Process(target=_work, args=(app, os.getpid()), name="worker")
    process.start()
    try:
        yield
    finally:
        process.terminate()
        process.join()


def _work(app: Flask, server: int) -> None:
    os.setsid()  # What a terminal says to the server is not said to it.
    work_beside(app, server)
