"""The worker: takes up one job after the other until it is told to stop."""

import logging
import random
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from threading import Event

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.jobs.actions import done, enqueue, failed, lease, sweep
from mobilizer.jobs.queries import is_any_due
from mobilizer.jobs.rules import Handler, Hopeless, Leased, LeaseLost, UnknownKind

log = logging.getLogger(__name__)

#: How long an idle worker rests before it looks again, in seconds.
PAUSE = 2.0
#: How long it rests after a round that failed, such as while the database is away.
LONG_PAUSE = 15.0
#: How often the round of the day is written down: twice is the same as once.
ROUNDS_EVERY = timedelta(hours=1)

SWEEP = "jobs.sweep"


def sweep_day(leased: Leased) -> None:
    """Delete what was over long ago, some at a time."""
    if sweep():
        _enqueue_sweep(leased.payload["day"], leased.payload["part"] + 1)


def begin_day() -> None:
    """Write down what the jobs' own table needs once a day."""
    _enqueue_sweep(clock.now().date().isoformat(), 0)


def _enqueue_sweep(day: str, part: int) -> None:
    enqueue(SWEEP, f"{SWEEP}:{day}:{part}", {"day": day, "part": part})


HANDLERS: dict[str, Handler] = {SWEEP: sweep_day}
DAILY = (begin_day,)


def run_next(handlers: Mapping[str, Handler]) -> bool:
    """Take up the job that is due the longest and bring it to an end; whether there was one.

    The lease is committed before the handler runs: should this process die, another takes the
    job up when the lease is over. What the handler wrote is committed with the job's end.
    """
    leased = lease()
    db.session.commit()
    if leased is None:
        return False
    try:
        _do(leased, handlers)
        done(leased)
        db.session.commit()
    except LeaseLost:
        db.session.rollback()
    except Exception as fault:  # noqa: BLE001  # whatever a job dies of, the next one is done
        db.session.rollback()
        _note(leased, fault)
    finally:
        db.session.remove()
    return True


def _do(leased: Leased, handlers: Mapping[str, Handler]) -> None:
    if leased.kind not in handlers:
        raise UnknownKind
    handlers[leased.kind](leased)


def _note(leased: Leased, fault: Exception) -> None:
    """Note a failure by its kind alone: its text may name people, addresses, words."""
    is_hopeless = isinstance(fault, Hopeless)
    name = type(fault.__cause__ or fault).__name__ if is_hopeless else type(fault).__name__
    log.warning("job %d (%s), try %d: %s", leased.id, leased.kind, leased.tries, name)
    try:
        failed(leased, name, chance=random.random(), is_hopeless=is_hopeless)  # noqa: S311  # no secret
        db.session.commit()
    except LeaseLost:
        db.session.rollback()


class Worker:
    """Drains the table. Several may run at once, on one machine or on many."""

    def __init__(
        self,
        handlers: Mapping[str, Handler],
        daily: Iterable[Callable[[], None]] = (),
        often: Iterable[Callable[[], None]] = (),
    ) -> None:
        """Say who does what, what writes down the jobs of each day, and what looks for more."""
        self.handlers = handlers
        self.daily = tuple(daily)
        self.often = tuple(often)
        self.stopped = Event()

    def stop(self, *_: object) -> None:
        """End after the job at hand. Also a handler of signals."""
        self.stopped.set()

    def drain(self) -> int:
        """Do all that is due; how many jobs were taken up."""
        count = 0
        if is_any_due():
            while not self.stopped.is_set() and run_next(self.handlers):
                count += 1
        return count

    def plan(self) -> None:
        """Write down the jobs of this day, if nobody has."""
        for begin in self.daily:
            begin()
            db.session.commit()

    def look(self) -> None:
        """Write down what has become due by something that somebody did."""
        for look in self.often:
            look()
            db.session.commit()

    def run(self, is_wanted: Callable[[], bool] = lambda: True) -> None:
        """Work until stopped, or until nobody wants it any more."""
        planned = None
        while not self.stopped.is_set() and is_wanted():
            pause = PAUSE
            try:
                if planned is None or clock.now() - planned >= ROUNDS_EVERY:
                    self.plan()
                    planned = clock.now()
                self.look()
                self.drain()
            except Exception as fault:  # noqa: BLE001  # the desk may work in the same process
                log.warning("a round of the worker: %s", type(fault).__name__)
                db.session.remove()
                pause = LONG_PAUSE
            self.stopped.wait(pause)
