"""What is done beside the server: begun anew when it dies, and never past the server's end."""

import errno
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from time import monotonic, sleep
from typing import Any

import pytest

from mobilizer import serving, working

#: How long anything is waited for, in seconds; a wait costs only as long as it lasts.
PATIENCE = 30


class Begun:
    """Stands for a process: it lives until it is killed or told to end."""

    def __init__(self) -> None:
        self.dead, self.told = Event(), Event()

    def is_alive(self) -> bool:
        return not self.dead.is_set()

    def join(self, timeout: float | None = None) -> None:
        self.dead.wait(PATIENCE if timeout is None else timeout)

    def terminate(self) -> None:
        self.told.set()
        self.dead.set()


def nothing(*_: object) -> None:
    """What is done beside, in these tests."""


def wait_for(what: Any) -> None:
    began = monotonic()
    while not what():
        assert monotonic() - began < PATIENCE
        sleep(0.01)


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "PAUSE", 0.01)


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[Begun]:
    """All that were begun."""
    all_of_them: list[Begun] = []

    def begin(*_: object) -> Begun:
        all_of_them.append(Begun())
        return all_of_them[-1]

    monkeypatch.setattr(serving, "_begun", begin)
    return all_of_them


def test_what_dies_is_begun_anew_and_told_to_end_at_the_end(begun: list[Begun]) -> None:
    with serving._beside(nothing):
        begun[0].dead.set()
        wait_for(lambda: len(begun) == 2)
        begun[1].dead.set()
        wait_for(lambda: len(begun) == 3)
    assert begun[-1].told.is_set()


def test_who_is_begun_while_the_server_ends_is_told_as_well(
    begun: list[Begun], monkeypatch: pytest.MonkeyPatch
) -> None:
    begin, beginning, leaving = serving._begun, Event(), Event()

    def slowly(*given: Any) -> Any:
        if begun:
            beginning.set()
            assert leaving.wait(PATIENCE)
            sleep(0.1)  # It ends meanwhile, as far as it can.
        return begin(*given)

    monkeypatch.setattr(serving, "_begun", slowly)
    with serving._beside(nothing):
        begun[0].dead.set()
        assert beginning.wait(PATIENCE)
        leaving.set()
    assert begun[-1].told.is_set()
    assert len(begun) == 2


def test_who_would_begin_another_after_the_end_does_not(
    begun: list[Begun], monkeypatch: pytest.MonkeyPatch
) -> None:
    came, left, gone = Event(), Event(), Event()
    ends = threading.current_thread()

    class Turn:
        """The end has its turn first, though the other came before it."""

        def __enter__(self) -> None:
            if threading.current_thread() is not ends:
                came.set()
                assert left.wait(PATIENCE)

        def __exit__(self, *_: object) -> None:
            (left if threading.current_thread() is ends else gone).set()

    monkeypatch.setattr(serving, "Lock", Turn)
    with serving._beside(nothing):
        begun[0].dead.set()
        assert came.wait(PATIENCE)
    assert gone.wait(PATIENCE)
    assert len(begun) == 1


def test_where_there_is_no_room_for_a_process_it_is_tried_again(
    begun: list[Begun], monkeypatch: pytest.MonkeyPatch
) -> None:
    begin, faults = serving._begun, [OSError(errno.EAGAIN, "not now")] * 3

    def crowded(*given: Any) -> Any:
        if begun and faults:
            raise faults.pop()
        return begin(*given)

    monkeypatch.setattr(serving, "_begun", crowded)
    with serving._beside(nothing):
        begun[0].dead.set()
        wait_for(lambda: len(begun) == 2)
    assert not faults


def test_what_dies_again_and_again_keeps_no_files_open(monkeypatch: pytest.MonkeyPatch) -> None:
    begin, files = serving._begun, list[int]()

    def counted(*given: Any) -> Any:
        files.append(len(list(Path("/proc/self/fd").iterdir())))
        return begin(*given)

    monkeypatch.setattr(serving, "_begun", counted)
    with serving._beside(nothing):
        wait_for(lambda: len(files) > 12)
    assert files[-1] <= files[2]


@pytest.fixture
def held_back() -> Iterator[None]:
    """SIGTERM held back, and whatever heard it or SIGINT put back afterwards."""
    heard = {one: signal.getsignal(one) for one in (signal.SIGTERM, signal.SIGINT)}
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    yield
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # What was not heard is heard by nobody else.
    signal.pthread_sigmask(signal.SIG_SETMASK, mask)
    for one, by in heard.items():
        signal.signal(one, by)


def test_a_worker_that_was_told_to_end_before_it_listened_ends(
    held_back: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the server would wait for it for ever."""

    class Worker:
        def __init__(self) -> None:
            self.stopped = Event()

        def stop(self, *_: object) -> None:
            self.stopped.set()

        def run(self, _: object) -> None:
            self.stopped.wait(PATIENCE)

    worker = Worker()
    monkeypatch.setattr(working, "worker", lambda: worker)
    signal.signal(signal.SIGTERM, nothing)  # As the server's own, which a child is born with.
    signal.pthread_kill(threading.get_ident(), signal.SIGTERM)
    working.work()
    assert worker.stopped.is_set()
