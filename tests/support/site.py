"""The programme served for real, on a free port, with a SQLite database of its own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Thread
from typing import Any

from flask import Flask
from werkzeug.serving import make_server
from werkzeug.test import run_wsgi_app

from mobilizer.core import clock
from mobilizer.core.database import db
from tests.builders import Builders


class Site:
    """A running site: ``site.url``, what is stored in it, and what its clock says."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.moment: datetime | None = None
        self.server = make_server("127.0.0.1", 0, self._answer, threaded=True)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self._thread = Thread(target=self.server.serve_forever, daemon=True)
        self._thread.start()

    def _answer(self, environ: Any, start_response: Callable[..., Any]) -> Any:
        # Whole, and closed here: of an answer nobody waits for, Werkzeug leaves the file open.
        with clock.at(self.moment or clock.now()):
            chunks, status, headers = run_wsgi_app(self.app.wsgi_app, environ, buffered=True)
        start_response(status, headers.to_wsgi_list())
        return chunks

    @contextmanager
    def data(self) -> Iterator[Builders]:
        """Builders on the site's database; stored at the end, when records are let go.

        Take out of the block what is needed after it: names, numbers, addresses.
        """
        with self.app.app_context():
            yield Builders()
            db.session.commit()
            db.session.remove()

    def stop(self) -> None:
        """Serve no more."""
        self.server.shutdown()
        self._thread.join()
        self.server.server_close()
