"""Clocks that stand still while somebody else has the processor."""

from collections.abc import Callable
from pathlib import Path
from time import process_time

from flask import Flask
from sqlalchemy import text

from mobilizer.core.database import db


def processor(app: Flask) -> Callable[[], float]:
    """What has been worked on so far, in seconds: by us, and by the database's own process.

    SQLite works in ours. PostgreSQL serves our only connection by one process of its own, on this
    machine; Linux tells how long that has run. It gets no helpers meanwhile, whose time would be
    missing.
    """
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            return process_time
        db.session.execute(text("ALTER ROLE CURRENT_USER SET max_parallel_workers_per_gather = 0"))
        db.session.commit()
        db.engine.dispose()
        server = db.session.scalar(text("SELECT pg_backend_pid()"))
    told = Path(f"/proc/{server}/schedstat")
    return lambda: process_time() + int(told.read_text().split()[0]) / 1e9
