"""Bytes that come and go in pieces between two processes, and lie aside as a file meanwhile."""

from collections.abc import Iterable, Iterator
from functools import partial
from multiprocessing.connection import Connection
from tempfile import SpooledTemporaryFile
from typing import IO

#: So much of a body or an answer is held in memory, in bytes; of more, all is laid on the disk.
IN_MEMORY = 512 * 1024
#: So many bytes are handed over at a time; none are the end.
PIECE, END = 64 * 1024, b""


def spooled(pieces: Iterable[bytes]) -> IO[bytes]:
    """Bytes as a file, from its beginning."""
    file = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  # whoever gets it closes it
    try:
        file.writelines(pieces)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return file


def pieces(file: IO[bytes]) -> Iterator[bytes]:
    """What lies aside, from where it is read on."""
    return iter(partial(file.read, PIECE), END)


def send(line: Connection, pieces: Iterable[bytes]) -> None:
    """Send all, and that it is all."""
    for piece in pieces:
        if piece:
            line.send_bytes(piece)
    line.send_bytes(END)


def received(line: Connection) -> Iterator[bytes]:
    """What is sent, until that was all.

    Raises:
        EOFError: whoever sends has gone before.
    """
    return iter(line.recv_bytes, END)
