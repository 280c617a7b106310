"""What can go wrong between a phone and the site, for ``site.between``."""

from collections.abc import Callable
from io import BytesIO
from threading import Event
from typing import Any

from tests.support.site import Answer, Between

Ask = Callable[[], Answer]
PORTAL = b"<!doctype html><title>Free Wi-Fi</title><h1>Pay to go on</h1>"


class Once:
    """A fault that befalls the first request of a kind, and counts all of them."""

    def __init__(self, method: str, fault: Between) -> None:
        self.method, self.fault = method, fault
        self.seen = 0
        #: Whether it is over; what a phone says before may be of an earlier try.
        self.is_over = False

    def __call__(self, environ: dict[str, Any], ask: Ask) -> Answer:
        if environ["REQUEST_METHOD"] != self.method:
            return ask()
        self.seen += 1
        if self.seen > 1:
            return ask()
        try:
            return self.fault(environ, ask)
        finally:
            self.is_over = True


def unanswered(_: dict[str, Any], ask: Ask) -> Answer:
    """The site does it, and nobody hears of it."""
    ask()
    raise ConnectionError


def cut(_: dict[str, Any], __: Ask) -> Answer:
    """It never comes to the site."""
    raise ConnectionError


def swallow(environ: dict[str, Any]) -> bytes:
    """What was sent, read to its end: else the next request on this line begins in its middle."""
    return bytes(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)))


def portal(environ: dict[str, Any], _: Ask) -> Answer:
    """A network that wants to be paid first says yes to everything, with its own page."""
    swallow(environ)
    return "200 OK", [("Content-Type", "text/html")], PORTAL


def broken(environ: dict[str, Any], _: Ask) -> Answer:
    """A proxy before the site says that something broke."""
    swallow(environ)
    return "500 Internal Server Error", [("Content-Type", "text/html")], b"<h1>Oh no</h1>"


def changed(was: bytes, now: bytes) -> Between:
    """Other content comes in under the same name, and the answer is lost."""

    def between(environ: dict[str, Any], ask: Ask) -> Answer:
        body = swallow(environ).replace(was, now)
        environ["wsgi.input"], environ["CONTENT_LENGTH"] = BytesIO(body), str(len(body))
        return unanswered(environ, ask)

    return between


def expired(environ: dict[str, Any], ask: Ask) -> Answer:
    """The token is of a session that is no more."""
    environ["HTTP_X_CSRFTOKEN"] = "an old one"
    return ask()


def slow(until: Event) -> Between:
    """An answer that comes after everybody has stopped waiting for it."""

    def between(_: dict[str, Any], ask: Ask) -> Answer:
        answer = ask()
        until.wait(30)
        return answer

    return between
