"""Granian, set up for a small machine."""

import click
from granian import Granian
from granian.constants import Interfaces

#: Threads a process; each may hold 19 MiB while a password is checked.
THREADS = 4


def serve(host: str, port: int, workers: int) -> None:
    """Serve until stopped."""
    click.echo(f"Mobilizer is at http://{host}:{port}/ (stop it with Ctrl+C)")
    Granian(
        "mobilizer.factory:create_app",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
    ).serve()
