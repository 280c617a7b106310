"""How a process learns that something was published.

Asked anew for each page, unless a thread was begun that asks four times a second: then no visitor
costs a query, and a publication is known within that time in every process.
"""

import logging
from collections.abc import Callable, Iterable
from contextlib import suppress
from threading import Event, Lock, Thread
from time import monotonic

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from mobilizer.core import clock
from mobilizer.publication.queries import State, state
from mobilizer.publication.rules.stamp import Stamp

log = logging.getLogger(__name__)

#: How long the thread rests between two questions, in seconds.
PAUSE = 0.25
#: How long a page of before may still be shown while the new one is made, in seconds. With the
#: pause it stays below the second within which a publication shows.
PATIENCE = 0.65


class Watch:
    """What this process knows of the publication. A broken database leaves it what it knew."""

    def __init__(self, engine: Engine, zones: Callable[[Connection], Iterable[str]]) -> None:
        """Know nothing yet; ``zones`` tells the time zones of all cycles."""
        self._engine = engine
        self._zones = zones
        self._lock = Lock()
        self._asking = Lock()
        self._asked_at = 0.0
        self._known: State | None = None
        self._stamp: Stamp | None = None
        self._thread: Thread | None = None
        self._stopped = Event()

    @property
    def patience(self) -> float:
        """How long what was before may still be shown, in seconds."""
        return PATIENCE if self._thread else 0.0

    def stamp(self) -> Stamp | None:
        """The stamp in force; None while nothing could be learned."""
        if self._thread is None:
            return self.ask()
        stamp = self._stamp
        if stamp is not None and stamp.holds(clock.now()):
            return stamp
        return self._renewed()

    def ask(self) -> Stamp | None:
        """The same, from the database as it is now.

        However many ask at the same moment, the database is asked by one of them at a time: what
        was asked after they came is an answer to all who waited.
        """
        came = monotonic()
        with self._asking:
            if self._asked_at < came:
                began = monotonic()
                with suppress(SQLAlchemyError):
                    self._known = state(self._engine, self._zones, self._known)
                    self._asked_at = began
        return self._renewed()

    def begin(self) -> None:
        """Ask by a thread from now on."""
        self.ask()
        self._stopped.clear()
        self._thread = Thread(target=self._watch, name="publication", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Let the thread end, and ask for each page again."""
        if self._thread is not None:
            self._stopped.set()
            self._thread.join()
            self._thread = None

    def forget(self) -> None:
        """Know nothing again: another database lies where this one was."""
        self._known = self._stamp = None
        self._asked_at = 0.0

    def _watch(self) -> None:
        while not self._stopped.wait(PAUSE):
            try:
                self.ask()
            except Exception as fault:  # noqa: BLE001  # whatever it was, the next question is asked
                log.warning("the publication: %s", type(fault).__name__)

    def _renewed(self) -> Stamp | None:
        """The stamp of what is known, at this moment: the same one while nothing has changed."""
        now = clock.now()
        with self._lock:
            known, before = self._known, self._stamp
            if known is None:
                return None
            if before is not None and before.tells(*known) and before.holds(now):
                return before
            self._stamp = Stamp.at(now, known.number, known.raised_on, known.zones)
            if before is not None:
                before.ended = monotonic()
            return self._stamp
