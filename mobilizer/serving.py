"""Granian, set up for a small machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context

import click
from granian import Granian
from granian.constants import Interfaces

from mobilizer.working import work_beside

#: Threads a process; each may hold 19 MiB while a password is checked.
THREADS = 4


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
        "mobilizer.factory:create_app",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
    )
    if not has_worker:
        server.serve()
        return
    with _worker():
        server.serve()


@contextmanager
def _worker() -> Iterator[None]:
    """A worker in a process of its own: what it decodes or waits for makes no visitor wait."""
    process = get_context("spawn").Process(target=work_beside, name="worker")
    process.start()
    try:
        yield
    finally:
        process.terminate()
        process.join()
