"""The worker, put together: which feature does which jobs, and which it wants every day."""

import os
import signal
from collections.abc import Callable
from importlib import import_module

from flask import Flask

from mobilizer.jobs.rules import Handler
from mobilizer.jobs.tasks import Worker

#: The features whose ``tasks.py`` names its ``HANDLERS`` by the kind of job, and what is to be
#: written down each day in ``DAILY``; some look ``OFTEN`` whether there is something.
WITH_TASKS = (
    "jobs",
    "evidence",
    "replies",
    "requests",
    "agreement",
    "reminders",
    "follow",
    "indexing",
    "api",
)


def worker() -> Worker:
    """A worker that knows every kind of job there is."""
    features = [import_module(f"mobilizer.{feature}.tasks") for feature in WITH_TASKS]
    handlers: dict[str, Handler] = {}
    daily: list[Callable[[], None]] = []
    often: list[Callable[[], None]] = []
    for feature in features:
        handlers |= feature.HANDLERS
        daily += feature.DAILY
        often += getattr(feature, "OFTEN", ())
    return Worker(handlers, daily, often)


def work(*, once: bool = False, is_wanted: Callable[[], bool] = lambda: True) -> int:
    """Drain the table inside an application until stopped; how many jobs ``once`` took up.

    SIGTERM and SIGINT end it after the job at hand; a SIGTERM that was held back is heard as well.
    """
    hand = worker()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, hand.stop)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    if not once:
        hand.run(is_wanted)
        return 0
    hand.plan()
    hand.look()
    return hand.drain()


def work_beside(app: Flask, server: int) -> None:
    """Work inside an application for as long as the process that began this one is there.

    Args:
        app: what it works in.
        server: that process, by its id.
    """
    with app.app_context():
        work(is_wanted=lambda: os.getppid() == server)
