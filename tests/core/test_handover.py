"""Requests that are worked on in another process: nothing of them is lost, nobody is held up."""

import errno
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from io import BytesIO
from multiprocessing.connection import Listener
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep
from typing import Any

import pytest
from flask import Flask, Response, request
from werkzeug.test import create_environ, run_wsgi_app

from mobilizer.core.handover import IN_MEMORY, Handover, Hands

LONGEST = 2 * IN_MEMORY
PATIENCE = 30


@contextmanager
def behind(application: Any, most: int = 4, at_once: int = 2) -> Iterator[Handover]:
    """The application as seen through a door."""
    with Listener(family="AF_UNIX") as door:
        Hands(application, door, at_once)
        yield Handover(str(door.address), most, lambda _: LONGEST)


def asked(through: Any, **request: Any) -> tuple[bytes, str, dict[str, str]]:
    """What is answered: body, status, headers."""
    answer, status, headers = run_wsgi_app(through, create_environ(**request), buffered=True)
    return b"".join(answer), status, dict(headers)


def comes_true(is_so: Callable[[], bool]) -> bool:
    """Wait until it is so, patiently."""
    until = monotonic() + PATIENCE
    while not is_so() and monotonic() < until:
        sleep(0.001)
    return is_so()


def repeated() -> Flask:
    """An application that says what it was told."""
    app = Flask("repeated")

    @app.route("/<path:path>", methods=["GET", "POST"])
    def repeat(path: str) -> Response:
        told = [request.method, path, *request.query_string.split(), request.remote_addr]
        answer = Response(repr((told, request.scheme, sorted(request.headers))).encode())
        answer.set_data(answer.get_data() + request.get_data())
        answer.headers.extend([("X-One", "twice"), ("X-One", "said")])
        return answer

    return app


@pytest.mark.parametrize(
    "said",
    [
        {"path": "/desk", "query_string": "q=%D1%83&r=+"},
        {"path": "/училишта", "headers": {"Cookie": "a=b", "X-Forwarded-For": "192.0.2.1"}},
        {"path": "/sq", "environ_base": {"REMOTE_ADDR": "192.0.2.7", "wsgi.url_scheme": "https"}},
        {"path": "/post", "method": "POST", "data": b"\x00\xff" * 1000},
        {"path": "/post", "method": "POST", "data": b"x" * (IN_MEMORY + 1)},
    ],
)
def test_it_is_as_if_the_application_was_asked_itself(said: dict[str, Any]) -> None:
    app = repeated()
    with behind(app) as through:
        assert asked(through, **said) == asked(app, **said)


def test_a_body_without_a_length_is_handed_over_as_well() -> None:
    app = repeated()
    environ = create_environ("/post", method="POST")
    environ.update({"wsgi.input": BytesIO(b"in pieces"), "wsgi.input_terminated": True})
    environ.pop("CONTENT_LENGTH", None)
    with behind(app) as through:
        answer, _, _ = run_wsgi_app(through, environ, buffered=True)
        assert b"".join(answer).endswith(b"in pieces")


def test_a_body_that_says_it_is_too_long_is_refused_unread() -> None:
    app = repeated()
    app.config["MAX_CONTENT_LENGTH"] = LONGEST
    body = BytesIO(b"x" * (LONGEST + 1))
    environ = create_environ("/post", method="POST", input_stream=body)
    environ["CONTENT_LENGTH"] = str(LONGEST + 1)
    with behind(app) as through:
        _, status, _ = run_wsgi_app(through, environ, buffered=True)
    assert status.startswith("413")
    assert body.tell() == 0


def test_of_a_body_without_end_no_more_is_read_than_shows_that_it_is_too_long() -> None:
    body = BytesIO(b"x" * 3 * LONGEST)
    environ = create_environ("/post", method="POST", input_stream=body)
    environ.pop("CONTENT_LENGTH")
    with behind(repeated()) as through:
        run_wsgi_app(through, environ, buffered=True)
    assert body.tell() == LONGEST + 1


def test_a_body_without_a_length_that_is_too_long_is_refused_and_not_cut() -> None:
    """Werkzeug reads a form up to its limit, and takes what it has for the whole."""
    app = Flask("forms")
    app.config["MAX_CONTENT_LENGTH"] = 100

    @app.post("/form")
    def form() -> str:
        return str(len(request.form["text"]))

    body = b"text=" + b"x" * 200
    kind = "application/x-www-form-urlencoded"
    environ = create_environ("/form", method="POST", data=body, content_type=kind)
    environ.update({"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"})
    environ.pop("CONTENT_LENGTH")
    with behind(app) as through:
        _, status, _ = run_wsgi_app(through, environ, buffered=True)
    assert status.startswith("413")


def test_half_a_body_is_handed_to_nobody() -> None:
    """Whoever sent it was cut off: what came of her text is not what she wrote."""
    seen: list[str] = []

    def note(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        seen.append(environ["PATH_INFO"])
        start("200 OK", [])
        return []

    half = create_environ("/half", method="POST", input_stream=BytesIO(b"text=I did n"))
    half["CONTENT_LENGTH"] = "40"
    with behind(note, most=1) as through:
        _, status, _ = run_wsgi_app(through, half, buffered=True)
        assert status.startswith("400")
        asked(through, path="/next")
    assert seen == ["/next"]


def test_what_the_server_keeps_with_a_request_stays_where_it_is() -> None:
    """Granian lays its own environment, keys and passwords included, beside each request."""
    seen: dict[str, Any] = {}

    def note(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        seen.update(environ)
        start("200 OK", [])
        return []

    environ = {**create_environ("/"), "SECRET_KEY": "ours", "granian.thing": object()}
    with behind(note) as through:
        run_wsgi_app(through, environ, buffered=True)
    assert seen["PATH_INFO"] == "/"
    assert not {"SECRET_KEY", "granian.thing"} & set(seen)


def said(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """A megabyte for who asks for a film; for others a little."""
    start("200 OK", [("Content-Type", "text/plain")])
    return (b"x" * 1000 for _ in range(1000 if environ["PATH_INFO"] == "/film" else 1))


def test_slow_receivers_of_long_answers_hold_up_nobody_who_asks_for_a_short_one() -> None:
    with behind(said, most=4) as through, ExitStack() as slow:
        asking = (run_wsgi_app(through, create_environ("/film"))[0] for _ in range(2))
        film, _ = [slow.enter_context(closing(answer)) for answer in asking]
        for _ in range(4):
            assert asked(through, path="/film")[1].startswith("503")
            assert asked(through, path="/sign-in")[1] == "200 OK"
        assert sum(map(len, film)) == 1_000_000
        slow.close()
        assert asked(through, path="/film")[1] == "200 OK"
    with (
        behind(said, most=1) as through,
        closing(run_wsgi_app(through, create_environ("/film"))[0]),
    ):
        assert asked(through)[1].startswith("503"), "it keeps its place until it was received"


def test_too_many_at_once_are_told_to_come_again_in_words() -> None:
    begun, go = Event(), Event()

    def wait(_: object, start: Callable[..., Any]) -> Iterable[bytes]:
        begun.set()
        assert go.wait(PATIENCE)
        start("200 OK", [])
        return []

    with behind(wait, most=1) as through:
        first = Thread(target=asked, args=(through,))
        first.start()
        assert begun.wait(PATIENCE)
        words, status, headers = asked(through)
        assert (status, headers["Retry-After"]) == ("503 SERVICE UNAVAILABLE", "5")
        assert "Обидете се повторно" in words.decode()
        go.set()
        first.join()
        assert asked(through)[1] == "200 OK"


def test_whoever_has_the_first_turn_is_worked_for_before_all_who_wait() -> None:
    begun, go, order = Event(), Event(), []

    def note(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        order.append(environ["PATH_INFO"])
        begun.set()
        assert go.wait(PATIENCE)
        start("200 OK", [])
        return []

    with Listener(family="AF_UNIX") as door:
        hands = Hands(note, door, 1)
        first, second = (Handover(str(door.address), 4, lambda _: LONGEST, at) for at in (0, 1))
        askers = [Thread(target=asked, args=(second,), kwargs={"path": "/begun"})]
        askers[0].start()
        assert begun.wait(PATIENCE)
        for through, path in (second, "/stranger"), (second, "/another"), (first, "/news"):
            askers.append(Thread(target=asked, args=(through,), kwargs={"path": path}))
            askers[-1].start()
            waiting = len(askers) - 1
            assert comes_true(lambda waiting=waiting: hands.waiting == waiting)
        go.set()
        for asker in askers:
            asker.join(PATIENCE)
    assert order == ["/begun", "/news", "/stranger", "/another"]


def test_where_nobody_works_one_is_told_to_come_again() -> None:
    with behind(repeated()) as through:
        pass
    for _ in range(10):
        assert asked(through)[1].startswith("503")


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
        asking = Thread(target=asked, args=(Handover(str(door.address), 4, lambda _: LONGEST),))
        asking.start()
        assert begun.wait(PATIENCE)
        resting = Thread(target=hands.rest)
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
