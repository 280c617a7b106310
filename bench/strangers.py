"""Strangers who ask for words that nobody has, without pause, each answer another page to make."""

import selectors
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from multiprocessing import get_context
from multiprocessing.synchronize import Event

from bench.visiting import LONGEST, Line, asking


@contextmanager
def strangers(port: int, lines: int) -> Iterator[None]:
    """So many, in a process of their own, until the end of the block."""
    context = get_context("spawn")
    begun, ended = context.Event(), context.Event()
    process = context.Process(target=ask, args=(port, lines, begun, ended))
    process.start()
    begun.wait(LONGEST)
    try:
        yield
    finally:
        ended.set()
        process.join()


def ask(port: int, lines: int, begun: Event, ended: Event) -> None:
    """Ask on so many lines, on each again as soon as there is an answer, be it a refusal."""
    chosen, words = selectors.DefaultSelector(), count()
    held = [Line(port) for _ in range(lines)]
    for line in held:
        chosen.register(line.socket, selectors.EVENT_READ, line)
        line.send(_words(port, next(words)))
    begun.set()
    while not ended.is_set():
        for ready, _ in chosen.select(LONGEST):
            if ready.data.read():
                ready.data.send(_words(port, next(words)))
    for line in held:
        line.close()


def _words(port: int, number: int) -> bytes:
    return asking(port, f"/en/promises/?q=word{number}")
