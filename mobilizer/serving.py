"""Granian, set up for a small machine: readers here, those who work on pages and at the desk there.

The application is made once, and every process is forked of the one that made it: it holds only
what it changes. Granian's own answer readers from memory and hand over everything else, so that
neither the desk's work nor the making of a page takes the processor's turn, or Python's, from a
reader. docs/decisions/public_cache.md has the figures.
"""

import ctypes
import gc
import logging
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Listener
from multiprocessing.process import BaseProcess
from threading import Event, Lock, Thread
from time import sleep

import click
from flask import Flask
from granian import Granian
from granian.constants import Interfaces
from werkzeug.middleware.proxy_fix import ProxyFix

from mobilizer.accounts.rules.throttle import network
from mobilizer.core.database import db
from mobilizer.core.handover import Handover, Share
from mobilizer.core.hands import Application, Environ, Hands
from mobilizer.core.policy import reading
from mobilizer.core.processor import come_later, work_in_slices_of
from mobilizer.factory import create_app
from mobilizer.working import work_beside

#: Threads of a process that readers ask. So many at most wait for pages to be made, or made anew
#: after a publication, and so many for the desk, slow senders and receivers included: the others
#: are there for who is answered at once.
THREADS, WAIT_FOR_PAGES, WAIT_FOR_NEWS, WAIT_FOR_DESK = 184, 24, 8, 96
#: So many wait for pictures, and of one network no more than these, for so many seconds: a robot
#: that makes a preview of a link asks once. One is drawn at a time, and networks take turns.
WAIT_FOR_PICTURES, OF_ONE_NETWORK, PATIENCE = 24, 12, 8.0
#: Of a body that comes with the question for a picture not a byte is read.
NOTHING = -1
#: Whose turn it is: whoever waits for a known page to be made anew is before those who ask for
#: others, or strangers who ask without end would hold up the news.
AT_ONCE, SOON = 0, 1
#: So many pages are made at the same moment, and so many requests of the desk worked on; each may
#: hold 19 MiB while a password is checked.
PAGES_AT_ONCE, DESK_AT_ONCE = 2, 3
#: How much later than readers' and their pages' is the turn of the desk, in steps of nice(1).
LATER = 5
#: How long one thread may hold up the others of its process, in seconds; Python's own is ten times
#: as long, and a public page is answered in less.
SWITCH = 0.0005
#: For how long at a time those who answer readers have the processor, in seconds, so that they are
#: let in before the desk, the pages and the database's own processes: the least that Linux grants.
SLICE = 0.0001
#: How many stocks of memory the threads of a process share; by itself each of the first sixteen
#: threads takes one of its own and gives nothing back.
STOCKS = 2
#: What is larger, in bytes, such as the words of a page, is no part of a stock and given back at
#: once; by itself the library puts up this bound with the first large piece that is freed.
LARGE = 64 * 1024
#: What mallopt(3) calls them.
M_ARENA_MAX, M_MMAP_THRESHOLD = -8, -3
#: How long it is waited, in seconds, before what has died is begun anew, and between two looks
#: whether whoever began a process is there.
PAUSE = 1.0
#: How long those who send or receive are waited for, in seconds, when the server is to end: one who
#: stands still would otherwise hold it up for ever.
LAST_ORDERS = 10

log = logging.getLogger(__name__)

#: The application that was made before there were further processes: each has it from then on.
_made: list[Flask] = []
#: To whom they hand requests over: those who make pages, the same for known ones, and the desk.
_behind: list[Application] = []


def serve(host: str, port: int, workers: int, *, has_worker: bool) -> None:
    """Serve until stopped.

    Args:
        host: where to listen.
        port: where to listen.
        workers: processes that readers ask; behind them one makes pages, and one is the desk.
        has_worker: whether the desk does jobs as well.
    """
    multiprocessing.set_start_method("fork")
    click.echo(f"Mobilizer is at http://{host}:{port}/ (stop it with Ctrl+C)")
    server = Granian(
        "mobilizer.serving:application",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=LAST_ORDERS,
    )
    app = _make()
    _take_ctrl_c_alone()
    with (
        Listener(family="AF_UNIX", backlog=WAIT_FOR_PICTURES) as easel,
        _behind_a_door({SOON: WAIT_FOR_PAGES, AT_ONCE: WAIT_FOR_NEWS}, _pages, app),
        _behind_a_door({SOON: WAIT_FOR_DESK}, _desk, app, easel, has_worker),
    ):
        _behind.append(_pictures(app, str(easel.address)))
        server.serve()


def _pictures(app: Flask, address: str) -> Application:
    """The door to who draws, at the desk: with a thread of its own there."""

    def whose(environ: Environ) -> str:
        return network(environ.get("REMOTE_ADDR", ""))

    share = Share(whose, OF_ONE_NETWORK, PATIENCE)
    door = Handover(address, WAIT_FOR_PICTURES, lambda _: NOTHING, share=share)
    # As the application will, which is asked behind the door.
    return ProxyFix(door, x_for=app.config["PROXIES"], x_proto=0, x_host=0)


def application() -> Flask:
    """The application of one process that readers ask."""
    sys.setswitchinterval(SWITCH)
    work_in_slices_of(SLICE)
    app = _made[0]
    front = app.extensions["front"]
    front.watch.begin()
    front.begin(*_behind)
    if server := multiprocessing.parent_process():
        Thread(target=_end_after, args=(server.pid,), daemon=True).start()
    return app


def _end_after(server: int | None) -> None:
    """End this process once the one that began it is gone: nobody else would."""
    while os.getppid() == server:
        sleep(PAUSE)
    os.kill(os.getpid(), signal.SIGTERM)
    sleep(LAST_ORDERS)
    os._exit(1)


@contextmanager
def _behind_a_door(
    places: dict[int, int], do: Callable[..., None], app: Flask, *given: object
) -> Iterator[None]:
    """Something done in a process of its own, behind a door; so many of each turn may wait."""
    at_most = sum(places.values())
    with Listener(family="AF_UNIX", backlog=at_most) as door, _beside(do, app, door, *given):
        address, longest = str(door.address), reading(app)
        _behind.extend(Handover(address, most, longest, turn) for turn, most in places.items())
        yield


def _make() -> Flask:
    """Make the application, and let it make what every process needs: words, forms of pages.

    No connection to the database is held open: two processes must not speak by one.
    """
    with suppress(OSError, AttributeError):  # Not every system's library knows of it.
        library = ctypes.CDLL(None)
        library.mallopt(M_ARENA_MAX, STOCKS)
        library.mallopt(M_MMAP_THRESHOLD, LARGE)
    app = create_app()
    visitor, front = app.test_client(use_cookies=False), app.extensions["front"]
    if front.watch.ask() is not None:  # Else there is no database yet, or no table in it.
        for lang in app.config["LANGUAGES"]:
            visitor.get(f"/{lang}/", base_url=app.config["SITE_URL"])
    front.forget()
    with app.app_context():
        db.engine.dispose()
    _made.append(app)
    gc.collect()
    gc.freeze()  # Nobody looks through it any more, which would write to all of it.
    return app


def _take_ctrl_c_alone() -> None:
    """Let Ctrl+C end this process only, which then ends the others one after the other.

    A terminal sends it to all of them. Granian's processes then stop by themselves and are told
    to stop as well, and five times in six wait for each other for ever.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # Those begun later inherit it.

    def wait() -> None:
        signal.sigwait({signal.SIGINT})
        os.kill(os.getpid(), signal.SIGTERM)

    Thread(target=wait, daemon=True).start()


@contextmanager
def _beside(do: Callable[..., None], *given: object) -> Iterator[None]:
    """Something done in a process of its own until the end of the block; begun anew if it dies."""
    ended, turn, running = Event(), Lock(), _begun(do, *given)

    def begin_anew() -> None:
        nonlocal running
        # Who is told to end as soon as she was begun hears of it when she listens.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
        while True:
            while running.is_alive():  # Asked, since what was begun meanwhile may hold its line.
                running.join(PAUSE)
            if ended.wait(PAUSE):
                return
            with turn:
                if ended.is_set():
                    return
                log.error("%s died, and is begun anew", do.__name__)
                with suppress(OSError):  # No room for a process just now: at the next look.
                    running = _begun(do, *given)

    Thread(target=begin_anew, daemon=True).start()
    try:
        yield
    finally:
        with turn:
            ended.set()
        running.terminate()
        running.join()


def _begun(do: Callable[..., None], *given: object) -> BaseProcess:
    process = multiprocessing.Process(target=do, args=(os.getpid(), *given), name=do.__name__)
    process.start()
    return process


def _pages(server: int, app: Flask, door: Listener) -> None:
    """Make pages."""
    _leave_the_terminal()
    with _answering(app, door, PAGES_AT_ONCE):
        _wait_while_there(server)


def _desk(server: int, app: Flask, door: Listener, easel: Listener, has_worker: bool) -> None:
    """Answer everybody who is known here, and every form; draw pictures; and do jobs."""
    _leave_the_terminal()
    come_later(LATER)  # Before there are threads: each has from who begins it how late it comes.
    with _answering(app, door, DESK_AT_ONCE), _answering(app, easel, 1):
        if has_worker:
            work_beside(app, server)
        else:
            _wait_while_there(server)


def _leave_the_terminal() -> None:
    """What a terminal says to the server is not said to this process."""
    os.setsid()


@contextmanager
def _answering(app: Flask, door: Listener, at_once: int) -> Iterator[None]:
    sys.setswitchinterval(SWITCH)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})  # Threads begin with it.
    hands = Hands(app.extensions["front"].inner, door, at_once)
    yield
    hands.rest()


def _wait_while_there(server: int) -> None:
    """Until SIGTERM, or until the process that began this one is gone."""
    while os.getppid() == server and not signal.sigtimedwait({signal.SIGTERM}, PAUSE):
        pass
