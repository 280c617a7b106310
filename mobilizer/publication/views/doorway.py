"""Which requests are asked of what is kept, and by which key."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import unquote

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RoutingException
from werkzeug.wsgi import get_host

from mobilizer.core.policy import PUBLIC, declared
from mobilizer.publication.rules import asking
from mobilizer.publication.rules.asking import Key
from mobilizer.publication.rules.heart import Heart
from mobilizer.publication.rules.pages import KEPT

Environ = dict[str, Any]

#: So many addresses, and so many names of hosts, are known by heart.
MOST_ADDRESSES, MOST_HOSTS = 5_000, 50


class Doorway:
    """Tells the key of what is asked for. Safe to use from several threads."""

    def __init__(self, app: Flask) -> None:
        """Know an application that has all its views."""
        self._app = app
        self._addresses = app.url_map.bind("localhost")
        self._keys: Heart[Key] = Heart(MOST_ADDRESSES)
        self._hosts: Heart[bool] = Heart(MOST_HOSTS)

    def key(self, environ: Environ) -> Key | None:
        """The key of what a request asks for; None where it is asked for something else.

        It is none of what is sent, of a name that is not ours (that is refused by the framework),
        of what is not kept, and of an address that is not written as we write it ourselves: such
        are without number, and each would take the room of a page.
        """
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or environ.get("SCRIPT_NAME"):
            return None
        raw, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
        found = self._keys.get((raw, query)) or self._learn(raw, query)
        return found if found is not None and self._is_by_our_name(environ) else None

    def forget(self) -> None:
        """Know nothing by heart."""
        self._keys.clear()
        self._hosts.clear()

    def _is_by_our_name(self, environ: Environ) -> bool:
        host: str = environ.get("HTTP_HOST", "")
        trusted: Sequence[str] | None = self._app.config["TRUSTED_HOSTS"]
        asked = (host, *(trusted or ()))
        if (known := self._hosts.get(asked)) is not None:
            return known
        try:
            is_ours = bool(host and get_host(environ, trusted))
        except HTTPException:
            return False
        self._hosts.learn(asked, is_ours)
        return is_ours

    def _learn(self, raw: str, query: str) -> Key | None:
        found = self._key(raw, query)
        if found is not None:
            self._keys.learn((raw, query), found)
        return found

    def _key(self, raw: str, query: str) -> Key | None:
        try:
            path = raw.encode("latin-1").decode()
            endpoint, values = self._addresses.match(path, method="GET")
        except (UnicodeError, HTTPException, RoutingException):
            return None
        is_public = declared(self._app.view_functions[endpoint]) == PUBLIC
        if "\x00" in path or endpoint not in KEPT or not is_public:
            return None
        if unquote(self._addresses.build(endpoint, values)) != path:
            return None
        return asking.key(path, query, KEPT[endpoint])
