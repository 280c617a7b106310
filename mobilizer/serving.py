"""Granian, set up for a small machine."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import click
from flask import Flask
from granian import Granian
from granian.constants import Interfaces

from mobilizer.factory import create_app

#: So many requests a process works on at the same moment; each may hold 19 MiB while a password
#: is checked.
AT_ONCE = 4
#: Threads a process: the others answer from memory, or wait for their turn to be worked on.
THREADS = 48
#: How long one thread may hold up the others of its process, in seconds; Python's own is ten times
#: as long, and a public page is answered in less.
SWITCH = 0.0005
#: What the worker's process runs; it is told whose it is.
WORKER = "import sys; from mobilizer.working import work_beside; work_beside(int(sys.argv[1]))"


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
    _take_ctrl_c_alone()
    if not has_worker:
        server.serve()
        return
    with _worker():
        server.serve()


def application() -> Flask:
    """The application of one process, which learns by itself what others publish."""
    sys.setswitchinterval(SWITCH)
    app = create_app()
    front = app.extensions["front"]
    front.watch.begin()
    front.begin(AT_ONCE)
    return app


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
def _worker() -> Iterator[None]:
    """A worker in a process of its own: what it decodes or waits for makes no visitor wait."""
    command = [sys.executable, "-c", WORKER, str(os.getpid())]
    process = subprocess.Popen(command, start_new_session=True)  # noqa: S603  # our own words
    try:
        yield
    finally:
        process.terminate()
        process.wait()
