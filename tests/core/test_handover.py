"""Requests that are worked on in another process: nothing of them is lost."""

from collections.abc import Callable, Iterable
from contextlib import ExitStack, closing
from io import BytesIO
from multiprocessing.connection import Listener
from typing import Any

import pytest
from flask import Flask, request
from werkzeug.test import create_environ, run_wsgi_app
from werkzeug.wsgi import ClosingIterator

from mobilizer.core.handover import Handover
from mobilizer.core.hands import Hands
from mobilizer.core.spools import IN_MEMORY
from tests.core.doors import LONGEST, asked, behind, repeated


@pytest.mark.parametrize(
    "said",
    [
        {"path": "/desk", "base_url": "http://localhost/below"},
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


@pytest.mark.parametrize("said", [40, LONGEST])
def test_half_a_body_is_handed_to_nobody(said: int) -> None:
    """Whoever sent it was cut off: what came of her text is not what she wrote."""
    seen: list[str] = []

    def note(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        seen.append(environ["PATH_INFO"])
        start("200 OK", [])
        return []

    half = create_environ("/half", method="POST", input_stream=BytesIO(b"text=I did n"))
    half["CONTENT_LENGTH"] = str(said)
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


def test_an_answer_with_nothing_in_between_is_whole_and_is_closed_once() -> None:
    """The application's own end of a request: a session given back, a file closed."""
    closed: list[str] = []

    def say(_: object, start: Callable[..., Any]) -> Iterable[bytes]:
        start("200 OK", [])
        return ClosingIterator([b"one, ", b"", b"two"], [lambda: closed.append("once")])

    with Listener(family="AF_UNIX") as door:
        hands = Hands(say, door, 1)
        assert asked(Handover(str(door.address), 1, lambda _: LONGEST))[0] == b"one, two"
        hands.rest()
    assert closed == ["once"]
