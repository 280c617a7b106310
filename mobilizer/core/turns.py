"""Whose turn it is to write, where threads of one process share a SQLite.

SQLite lets whoever waits for its one writer try again every now and then, in no order; where many
threads wait, some are never lucky and fail. Here they stand in a queue, and SQLite sees one writer
of each process.
"""

from threading import Lock
from typing import Any

#: How long one waits in the queue, in seconds; then SQLite itself is asked, and may say no.
PATIENCE = 30.0
_HELD = "turn to write"


class Turns:
    """The queue before one database. A turn lasts until its connection is back in the pool."""

    def __init__(self) -> None:
        """Nobody writes yet."""
        self._lock = Lock()

    def take(self, connection_info: dict[Any, Any]) -> None:
        """Wait for one's turn; a connection that has it keeps it."""
        if _HELD not in connection_info and self._lock.acquire(timeout=PATIENCE):
            connection_info[_HELD] = True

    def end(self, connection_info: dict[Any, Any]) -> None:
        """Let the next one write, if it was this connection's turn."""
        if connection_info.pop(_HELD, None):
            self._lock.release()
