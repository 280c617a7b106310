"""How the framework is asked for a page by nobody: of a visitor only the page's key is told."""

from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from werkzeug.test import run_wsgi_app

from mobilizer.core.hands import Application
from mobilizer.publication.rules import packing
from mobilizer.publication.rules.asking import Key
from mobilizer.publication.rules.shelf import Headers


def asked(application: Application, key: Key, site: str) -> tuple[str, Headers, bytes]:
    """What an application answers: status, headers without cookies, body.

    Args:
        application: by WSGI.
        key: what is asked for.
        site: by which name it is asked, whatever name the visitor used.
    """
    answer, status, headers = run_wsgi_app(application, _request(key, site), buffered=True)
    return status, packing.without_cookies(list(headers)), b"".join(answer)


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
