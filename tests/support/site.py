"""The programme served for real, on a free port, with a SQLite database of its own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from socket import SHUT_RDWR
from threading import Condition, Thread
from typing import Any

from flask import Flask
from werkzeug.serving import make_server
from werkzeug.test import run_wsgi_app

from mobilizer.core import clock
from mobilizer.core.database import db
from tests.builders import Builders

#: How long whoever still works is waited for, in seconds.
PATIENCE = 30
#: The status line, the headers and the body of an answer.
Answer = tuple[str, list[tuple[str, str]], bytes]
Between = Callable[[dict[str, Any], Callable[[], Answer]], Answer]


class Site:
    """A running site: ``site.url``, what is stored in it, and what its clock says."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.moment: datetime | None = None
        #: Stands between the site and who asks: given the request and what calls the site, it
        #: answers in its place, changes the answer, or raises ConnectionError to give none.
        self.between: Between | None = None
        self._asking = 0
        self._change = Condition()
        self._serve(0)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def _serve(self, port: int) -> None:
        self.server = make_server("127.0.0.1", port, self._answer, threaded=True)
        self._thread = Thread(target=self.server.serve_forever, daemon=True)
        self._thread.start()

    def _answer(self, environ: Any, start_response: Callable[..., Any]) -> Any:
        def ask() -> Answer:
            # Whole, and closed here: of an answer nobody waits for, Werkzeug leaves the file open.
            with clock.at(self.moment or clock.now()):
                chunks, status, headers = run_wsgi_app(self.app.wsgi_app, environ, buffered=True)
            return status, headers.to_wsgi_list(), b"".join(chunks)

        try:
            with self._counted():
                status, headers, body = self.between(environ, ask) if self.between else ask()
        except ConnectionError:
            environ["werkzeug.socket"].shutdown(SHUT_RDWR)  # Else Werkzeug keeps it for more.
            raise
        start_response(status, headers)
        return [body]

    @contextmanager
    def _counted(self) -> Iterator[None]:
        with self._change:
            self._asking += 1
        try:
            yield
        finally:
            with self._change:
                self._asking -= 1
                self._change.notify_all()

    @contextmanager
    def data(self) -> Iterator[Builders]:
        """Builders on the site's database; stored at the end, when records are let go.

        Take out of the block what is needed after it: names, numbers, addresses.
        """
        with self.app.app_context():
            yield Builders()
            db.session.commit()
            db.session.remove()

    def restart(self) -> None:
        """Serve again at the same address; whoever asked meanwhile got no answer."""
        port = self.server.server_port
        self.stop()
        self._serve(port)

    def stop(self) -> None:
        """Serve no more."""
        self.server.shutdown()
        self._thread.join()
        self.server.server_close()

    def end(self) -> None:
        """Serve no more, and let nobody work on who has gone: the database is taken away next."""
        self.stop()
        with self._change:
            assert self._change.wait_for(lambda: not self._asking, PATIENCE), "somebody still works"
