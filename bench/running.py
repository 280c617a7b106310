"""Servers that are begun for a measurement, and ended after it."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import sleep

from config import ROOT

PROGRAM = str(Path(sys.executable).with_name("mobilizer"))


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def running(
    command: Sequence[str], port: int, environment: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A process that listens on a port, until the end of the block.

    Args:
        command: what is run.
        port: where it will listen.
        environment: added to our own.
    """
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # As it is served; else it shares its turns with who measures.
    )
    try:
        wait(port)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def served(url: str, port: int, folder: Path) -> dict[str, str]:
    """The environment of the programme as it is served on a port, with a database of its own."""
    return {
        "DATABASE_URL": url,
        "MEDIA_URL": str(folder / "media"),
        "SECRET_KEY": "only for the bench",
        "VAPID_KEY": "7e" * 32,
        "SITE_URL": f"http://127.0.0.1:{port}",
        "PORT": str(port),
    }


def wait(port: int) -> None:
    """Until the server answers; at most a minute."""
    for _ in range(600):
        try:
            with socket.create_connection(("127.0.0.1", port), 1):
                return
        except OSError:
            sleep(0.1)
    raise SystemExit("The server does not answer.")
