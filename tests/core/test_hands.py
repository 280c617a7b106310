"""Who takes requests, and who hands them over: nobody is held up, and nobody's place is lost."""

import errno
from collections.abc import Callable, Iterable
from io import BytesIO
from multiprocessing.connection import Client, Listener
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from mobilizer.core.handover import Handover, Share
from mobilizer.core.hands import Hands
from tests.core.doors import LONGEST, PATIENCE, asked, behind, comes_true, repeated


class Held:
    """An application that answers nobody until it may go on, and knows who was asked for when."""

    def __init__(self) -> None:
        self.begun, self.go = Event(), Event()
        self.order: list[str] = []

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        self.order.append(environ["PATH_INFO"])
        self.begun.set()
        assert self.go.wait(PATIENCE)
        start("200 OK", [])
        return []


def test_too_many_at_once_are_told_to_come_again_in_words() -> None:
    held = Held()
    with behind(held, most=1) as through:
        first = Thread(target=asked, args=(through,), daemon=True)
        first.start()
        assert held.begun.wait(PATIENCE)
        words, status, headers = asked(through)
        assert (status, headers["Retry-After"]) == ("503 SERVICE UNAVAILABLE", "5")
        assert "Обидете се повторно" in words.decode()
        held.go.set()
        first.join()
        assert asked(through)[1] == "200 OK"


def test_whoever_has_the_first_turn_is_worked_for_before_all_who_wait() -> None:
    held = Held()

    with Listener(family="AF_UNIX") as door:
        hands = Hands(held, door, 1)
        first, second = (Handover(str(door.address), 4, lambda _: LONGEST, at) for at in (0, 1))
        askers = [Thread(target=asked, args=(second,), kwargs={"path": "/begun"})]
        askers[0].start()
        assert held.begun.wait(PATIENCE)
        for through, path in (second, "/stranger"), (second, "/another"), (first, "/news"):
            askers.append(Thread(target=asked, args=(through,), kwargs={"path": path}))
            askers[-1].start()
            waiting = len(askers) - 1
            assert comes_true(lambda waiting=waiting: hands.waiting == waiting)
        held.go.set()
        for asker in askers:
            asker.join(PATIENCE)
    assert held.order == ["/begun", "/news", "/stranger", "/another"]


def test_where_nobody_works_one_is_told_to_come_again_until_somebody_does(tmp_path: Path) -> None:
    address = str(tmp_path / "door")
    through = Handover(address, 1, lambda _: LONGEST)
    for _ in range(3):
        assert asked(through)[1].startswith("503")
    with Listener(address) as door:
        Hands(repeated(), door, 1)
        assert asked(through, path="/now")[1] == "200 OK"


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_fault_ends_one_request_and_no_other(caplog: pytest.LogCaptureFixture) -> None:
    def fail(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/fault":
            raise RuntimeError("who reads this knows a name")
        start("200 OK", [])
        return []

    with behind(fail, at_once=1) as through:
        assert asked(through, path="/fault")[1].startswith("503")
        assert asked(through, path="/")[1] == "200 OK"
    assert "RuntimeError" in caplog.text
    assert "a name" not in caplog.text


def test_whoever_has_gone_before_an_answer_is_no_fault(caplog: pytest.LogCaptureFixture) -> None:
    with Listener(family="AF_UNIX") as door:
        Hands(repeated(), door, 1)
        Client(str(door.address), "AF_UNIX").close()
        through = Handover(str(door.address), 1, lambda _: LONGEST)
        assert asked(through, path="/next")[1] == "200 OK"
    assert not caplog.records


def test_a_fault_while_a_body_comes_gives_the_place_back() -> None:
    class Broken(BytesIO):
        def read(self, _size: int | None = -1) -> bytes:
            raise RuntimeError

    with behind(repeated(), most=1) as through:
        for _ in range(2):
            with pytest.raises(RuntimeError):
                asked(through, method="POST", input_stream=Broken(), content_length=4)


def test_who_rests_has_brought_to_its_end_what_was_begun() -> None:
    begun, go, ended = Event(), Event(), Event()

    def wait(_: object, start: Callable[..., Any]) -> Iterable[bytes]:
        begun.set()
        assert go.wait(PATIENCE)
        start("200 OK", [])
        ended.set()
        return []

    with Listener(family="AF_UNIX") as door:
        hands = Hands(wait, door, 2)
        through = Handover(str(door.address), 4, lambda _: LONGEST)
        asking = Thread(target=asked, args=(through,), daemon=True)
        asking.start()
        assert begun.wait(PATIENCE)
        resting = Thread(target=hands.rest, daemon=True)
        resting.start()
        assert resting.is_alive()
        go.set()
        resting.join(PATIENCE)
        assert ended.is_set()
        asking.join()


class Crowded:
    """A door through which nobody could come at first, for want of files."""

    def __init__(self, door: Listener) -> None:
        self.door, self.faults = door, [errno.EMFILE, errno.ECONNABORTED]

    def accept(self) -> Any:
        if self.faults:
            raise OSError(self.faults.pop(), "not now")
        return self.door.accept()


def test_whoever_could_not_come_in_for_a_moment_is_answered_after_it() -> None:
    with Listener(family="AF_UNIX") as door:
        crowded = Crowded(door)
        Hands(repeated(), crowded, 1)  # of a door only this is asked
        assert asked(Handover(str(door.address), 4, lambda _: LONGEST))[1].startswith("404")
    assert not crowded.faults


def test_the_socket_is_for_this_user_alone() -> None:
    with Listener(family="AF_UNIX") as door:
        folder = Path(str(door.address)).parent
        assert folder.stat().st_mode & 0o077 == 0


def by_name(environ: dict[str, Any]) -> str:
    return str(environ.get("REMOTE_ADDR", ""))


def test_those_who_ask_have_their_turns_in_rounds_and_none_has_all_places() -> None:
    """Of a flood as many wait as one may; who comes after it is next."""
    held = Held()

    def ask(path: str, whose: str) -> Thread:
        given = {"path": path, "environ_base": {"REMOTE_ADDR": whose}}
        asker = Thread(target=asked, args=(through,), kwargs=given)
        asker.start()
        return asker

    with Listener(family="AF_UNIX") as door:
        hands = Hands(held, door, 1)
        share = Share(by_name, most_of_one=3, patience=PATIENCE)
        through = Handover(str(door.address), 5, lambda _: LONGEST, share=share)
        askers = [ask("/flood", "192.0.2.1")]
        assert held.begun.wait(PATIENCE)
        flood = "/flood", "192.0.2.1"
        for path, whose in (flood, flood, ("/outsider", "192.0.2.2")):
            waiting = len(askers)
            askers.append(ask(path, whose))
            assert comes_true(lambda waiting=waiting: hands.waiting == waiting)
        assert asked(through, environ_base={"REMOTE_ADDR": "192.0.2.1"})[1].startswith("503")
        held.go.set()
        for asker in askers:
            asker.join(PATIENCE)
    assert held.order == ["/flood", "/outsider", "/flood", "/flood"]


def test_one_waits_no_longer_than_is_said_and_nothing_is_done_for_who_has_gone(
    caplog: pytest.LogCaptureFixture,
) -> None:
    held = Held()

    with Listener(family="AF_UNIX") as door:
        hands = Hands(held, door, 1)
        patient = Handover(str(door.address), 1, lambda _: LONGEST)
        first = Thread(target=asked, args=(patient,), kwargs={"path": "/first"})
        first.start()
        assert held.begun.wait(PATIENCE)
        share = Share(by_name, most_of_one=1, patience=0)
        through = Handover(str(door.address), 1, lambda _: LONGEST, share=share)
        for _ in range(2):  # Her place is given back.
            _, status, headers = asked(through, path="/gone")
            assert (status[:3], headers["Retry-After"]) == ("503", "5")
        assert comes_true(lambda: hands.waiting == 2)
        held.go.set()
        first.join(PATIENCE)
        assert asked(patient, path="/last")[1] == "200 OK"
    assert held.order == ["/first", "/last"]
    assert not caplog.records
