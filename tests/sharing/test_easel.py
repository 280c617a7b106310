"""However many pictures are asked for, a process draws one at a time, and half of its time."""

from threading import Event, Thread

import pytest

from mobilizer.sharing.views import easel as module
from mobilizer.sharing.views.easel import Easel


def test_whoever_finds_no_room_is_turned_away_at_once() -> None:
    easel, inside, go = Easel(most=2, patience=30), Event(), Event()

    def slowly() -> bytes:
        inside.set()
        go.wait(30)
        return b"first"

    drawn: list[bytes | None] = []
    threads = [Thread(target=lambda: drawn.append(easel.draw(slowly))) for _ in range(2)]
    for thread in threads:
        thread.start()
    inside.wait(30)
    while easel._places._value:  # Until both are in.
        Event().wait(0.01)

    assert easel.draw(lambda: b"third") is None

    go.set()
    for thread in threads:
        thread.join()
    assert drawn == [b"first", b"first"]
    assert easel.draw(lambda: b"now") == b"now"


def test_nobody_waits_longer_than_there_is_patience() -> None:
    easel = Easel(most=2, patience=0)
    assert easel.draw(lambda: b"outer" if easel.draw(lambda: b"inner") is None else b"") == b"outer"


def test_after_a_picture_as_much_time_is_left_to_others(monkeypatch: pytest.MonkeyPatch) -> None:
    now, rests = [100.0], list[float]()

    def take(seconds: float) -> bytes:
        now[0] += seconds
        return b""

    monkeypatch.setattr(module, "monotonic", lambda: now[0])
    monkeypatch.setattr(module, "sleep", lambda seconds: (rests.append(seconds), take(seconds)))
    easel = Easel(most=1, patience=2)

    for seconds in (0.3, 0.1, 9.0, 0.1):
        easel.draw(lambda seconds=seconds: take(seconds))

    assert rests == pytest.approx([0, 0.3, 0.1, 2])


def test_a_picture_that_cannot_be_drawn_leaves_room_for_the_next() -> None:
    easel = Easel(most=1, patience=0)
    with pytest.raises(ValueError, match="no"):
        easel.draw(lambda: int("no").to_bytes(1))
    assert easel.draw(lambda: b"next") == b"next"
