"""Folders that live as long as the tests, in memory where there is room."""

import atexit
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
ROOM = 1 << 30


def parent() -> Path:
    """Where scratch folders are made: a database in memory need not wait for a disk."""
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
        return MEMORY
    return Path(tempfile.gettempdir())


def folder(name: str) -> Path:
    """A new folder that is gone when the process ends."""
    made = Path(tempfile.mkdtemp(prefix=f"mobilizer-{name}-", dir=parent()))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made
