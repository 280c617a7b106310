"""The application, with what it answered to everybody in front of it."""

from collections.abc import Iterable
from concurrent.futures import Future
from contextlib import suppress
from queue import SimpleQueue
from threading import Lock, Thread
from time import monotonic
from typing import NamedTuple, Protocol

from flask import Flask

from mobilizer.core.hands import Application, Start
from mobilizer.core.sessions import COOKIE
from mobilizer.publication.rules import asking, packing
from mobilizer.publication.rules.asking import Key
from mobilizer.publication.rules.pages import DRAWN
from mobilizer.publication.rules.shelf import Headers, Kept, Shelves
from mobilizer.publication.rules.stamp import Stamp
from mobilizer.publication.views.doorway import Doorway, Environ
from mobilizer.publication.views.nobody import asked

#: How long one waits for a page that another visitor has made, in seconds.
LONGEST = 30
#: How long the old page is shown at most where making the new one takes long, in seconds.
MOST_PATIENT = 5.0


class Watch(Protocol):
    """What knows how far the publication has come."""

    @property
    def patience(self) -> float:
        """How long what was before may still be shown, in seconds."""

    def stamp(self) -> Stamp | None:
        """The stamp in force, as far as this process knows."""

    def ask(self) -> Stamp | None:
        """The same, from the database as it is now."""


class Unkept(NamedTuple):
    """An answer that was made for nobody and is not kept: a page that is not there."""

    status: str
    headers: Headers
    body: bytes


class Front:
    """The application, with what it answered to everybody in front of it."""

    def __init__(self, app: Flask, watch: Watch) -> None:
        """Stand before an application that has all its views."""
        self.app = app
        self.watch = watch
        self.shelves = Shelves()
        self._doorway = Doorway(app)
        self.inner: Application = app.wsgi_app
        self.again: Application = self.inner
        self.desk: Application = self.inner
        self.pictures: Application = self.inner
        self._flights: dict[tuple[Key, Stamp], Future[Kept | Unkept]] = {}
        self._lock = Lock()
        self._waiting: SimpleQueue[Key] = SimpleQueue()
        self._queued: dict[Key, float] = {}
        #: How long it took to make the last page that waited, in seconds.
        self._took = 0.0

    def begin(
        self, pages: Application, again: Application, desk: Application, pictures: Application
    ) -> None:
        """Serve in earnest: show the old page, for a while, until a thread has the new one.

        Args:
            pages: who makes the pages that are kept.
            again: who makes them anew; strangers who ask for pages without end are not before
                the readers of those that are known.
            desk: who answers everything else.
            pictures: who draws them: however many are asked for, the desk is not held up.
        """
        self.inner, self.again, self.desk, self.pictures = pages, again, desk, pictures
        Thread(target=self._make_what_waits, name="pages", daemon=True).start()

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        """Answer from memory, or let the framework."""
        key = self._doorway.key(environ)
        if key is not None:
            page = self._page(key, COOKIE in environ.get("HTTP_COOKIE", ""))
            if page is not None:
                return _answered(page, environ, start_response)
        by = self.pictures if _is_of_a_picture(environ) else self.desk
        return by(environ, start_response)

    def forget(self) -> None:
        """Keep nothing of what was."""
        self.shelves.clear()
        self._doorway.forget()

    def _page(self, key: Key, works_here: bool) -> Kept | Unkept | None:
        """A page as it is now; None where nothing is known of the publication.

        Args:
            key: what names it.
            works_here: whether she who asks may have just changed something: she sees it at once.
        """
        kept = self.shelves.get(key)
        if kept is not None and kept.stamp is None:
            return kept
        stamp = self.watch.ask() if works_here else self.watch.stamp()
        if stamp is None or (kept is not None and kept.stamp is stamp):
            return kept
        if kept is not None and not works_here and self._may_wait(kept.stamp):
            self._make_later(key)
            return kept
        with suppress(TimeoutError):
            return self._made(key, stamp)
        return None

    def _may_wait(self, stamp: Stamp | None) -> bool:
        """Whether the old page may be shown: on a machine that is slow just now for longer."""
        ended, patience = stamp.ended if stamp else None, self.watch.patience
        if patience:
            patience = max(patience, min(2 * self._took, MOST_PATIENT))
        return ended is not None and monotonic() - ended < patience

    def _made(self, key: Key, stamp: Stamp) -> Kept | Unkept:
        """Make a page, or wait for whoever makes it already.

        Raises:
            TimeoutError: whoever makes it takes too long.
        """
        with self._lock:
            flight = self._flights.get((key, stamp))
            is_mine = flight is None
            flight = self._flights.setdefault((key, stamp), Future())
        if not is_mine:
            return flight.result(LONGEST)
        try:
            made = self._make(key, stamp)
            flight.set_result(made)
        except BaseException as fault:
            flight.set_exception(fault)
            raise
        finally:
            del self._flights[key, stamp]
        return made

    def _make(self, key: Key, stamp: Stamp) -> Kept | Unkept:
        by = self.inner if self.shelves.get(key) is None else self.again
        answer = Unkept(*asked(by, key, self.app.config["SITE_URL"]))
        before = self.shelves.get(key)
        if packing.may_be_kept(answer.status, answer.headers):
            made = packing.packed(answer.headers, answer.body, stamp, before)
            self.shelves.put(key, made)
            return made
        # What cannot be made now was true when it was made.
        return before if before is not None and answer.status.startswith("5") else answer

    def _make_later(self, key: Key) -> None:
        with self._lock:
            if key in self._queued:
                return
            self._queued[key] = monotonic()
        self._waiting.put(key)

    def _make_what_waits(self) -> None:
        while True:
            key = self._waiting.get()
            with self._lock:
                queued_at = self._queued.pop(key)
            self._make_anew(key)
            self._took = monotonic() - queued_at

    def _make_anew(self, key: Key) -> None:
        stamp, kept = self.watch.stamp(), self.shelves.get(key)
        if stamp is None or kept is None or kept.stamp is stamp:
            return
        try:
            self._made(key, stamp)
        except Exception as fault:  # noqa: BLE001  # the next visitor makes it, and is told
            self.app.logger.warning("a page: %s", type(fault).__name__)


def _is_of_a_picture(environ: Environ) -> bool:
    is_read = environ["REQUEST_METHOD"] in ("GET", "HEAD")
    return is_read and environ.get("PATH_INFO", "").startswith(DRAWN)


def _answered(page: Kept | Unkept, environ: Environ, start_response: Start) -> Iterable[bytes]:
    is_head = environ["REQUEST_METHOD"] == "HEAD"
    if isinstance(page, Unkept):
        start_response(page.status, list(page.headers))
        return [] if is_head else [page.body]
    wanted = asking.coding(environ.get("HTTP_ACCEPT_ENCODING", ""))
    form = page.forms.get(wanted) or page.forms[asking.PLAIN]
    named = environ.get("HTTP_IF_NONE_MATCH")
    if named is not None and asking.is_known(form.tag, named):
        start_response("304 NOT MODIFIED", list(form.unchanged))
        return []
    start_response("200 OK", list(form.headers))
    return [] if is_head else [form.body]
