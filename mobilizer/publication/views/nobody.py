"""How the framework is asked for a page by nobody: of a visitor only the page's key is told."""

from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from mobilizer.publication.rules import packing
from mobilizer.publication.rules.asking import Key
from mobilizer.publication.rules.shelf import Headers

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def asked(application: Application, key: Key, site: str) -> tuple[str, Headers, bytes]:
    """What an application answers: status, headers without cookies, body.

    Args:
        application: by WSGI.
        key: what is asked for.
        site: by which name it is asked, whatever name the visitor used.
    """
    said: list[Any] = []
    parts: list[bytes] = []

    def start(status: str, headers: Headers, _: object = None) -> Callable[[bytes], None]:
        said[:] = status, packing.without_cookies(headers)
        return parts.append

    answer = application(_request(key, site), start)
    try:
        parts.extend(answer)
    finally:
        if hasattr(answer, "close"):
            answer.close()
    status, headers = said
    return status, headers, b"".join(parts)


def _request(key: Key, site: str) -> dict[str, Any]:
    """A request that says nothing but what is asked for."""
    ours = urlsplit(site)
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": key.path.encode().decode("latin-1"),
        "QUERY_STRING": key.query,
        "SERVER_NAME": ours.hostname,
        "SERVER_PORT": str(ours.port or {"https": 443}.get(ours.scheme, 80)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": ours.netloc,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": ours.scheme,
        "wsgi.input": BytesIO(),
        "wsgi.errors": BytesIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
