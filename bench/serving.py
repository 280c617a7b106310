"""The programme as it is served, with one route more: a bare one that writes a row.

    python -m bench.serving PORT

Where it stands, the environment says as ever.
"""

import sys

from flask import Flask
from granian import Granian
from granian.constants import Interfaces
from sqlalchemy import text

from mobilizer.core.database import db
from mobilizer.core.policy import public
from mobilizer.core.web import csrf
from mobilizer.factory import create_app
from mobilizer.serving import THREADS

BARE = "/bare"


def create() -> Flask:
    """The application."""
    app = create_app()
    app.add_url_rule(BARE, view_func=csrf.exempt(public(_write)), methods=["POST"])
    return app


def _write() -> str:
    db.session.execute(text("INSERT INTO bare (written) VALUES ('a row')"))
    db.session.commit()
    return "written"


if __name__ == "__main__":
    Granian(
        "bench.serving:create",
        factory=True,
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        log_enabled=False,
    ).serve()
