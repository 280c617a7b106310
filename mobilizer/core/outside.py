"""What the server sends to an address that a visitor gave: never to a machine inside.

A name is looked up once, every address it leads to must be public, and the connection is made
to what was looked at, so that a name which changes its mind leads nowhere else. Redirects are not
followed, and the whole exchange has one deadline.
"""

import ipaddress
import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from http.client import HTTPSConnection
from socket import getaddrinfo
from threading import Timer
from urllib.parse import urlsplit

SECONDS = 10.0
#: Networks in which an address stands for another one of the older kind.
_TRANSLATED = tuple(map(ipaddress.IPv6Network, ("::/96", "64:ff9b::/32", "2002::/16", "2001::/32")))


class Inside(Exception):
    """A name leads to an address that is not a public one."""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public network, and stands for no other one."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            found = found.ipv4_mapped
        elif any(found in network for network in _TRANSLATED):
            return False
    return found.is_global and not found.is_multicast


def resolved(host: str, port: int) -> list[str]:
    """The addresses a name leads to.

    Raises:
        Inside: one of them is not public.
        OSError: there is no such name, or nobody can say.
    """
    found = [entry[4][0] for entry in getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    addresses = [str(address) for address in dict.fromkeys(found)]
    if not all(map(is_public, addresses)):
        raise Inside
    return addresses


def post(url: str, body: bytes, headers: Mapping[str, str], *, seconds: float = SECONDS) -> int:
    """Send something to an ``https`` address; the status of the answer, whose text is not read.

    Raises:
        Inside: the name does not lead to the public network alone.
        OSError: nobody answered in time, or not as who they should be.
        HTTPException: what came was no answer.
    """
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or 443
    connection = _Pinned(host, port, resolved(host, port)[0], seconds)
    path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    try:
        connection.request("POST", path, body, dict(headers))
        return connection.getresponse().status
    finally:
        connection.close()


class _Pinned(HTTPSConnection):
    """A connection to one address, whose certificate must still be the name's."""

    def __init__(self, host: str, port: int, address: str, seconds: float) -> None:
        super().__init__(host, port, timeout=seconds)
        self._address = address
        self._seconds = seconds
        self._end: Timer | None = None

    def connect(self) -> None:
        plain = socket.create_connection((self._address, self.port), self._seconds)
        secure = trusted().wrap_socket(
            plain, server_hostname=self.host, do_handshake_on_connect=False
        )
        self.sock = secure
        self._end = Timer(self._seconds, _cut, [secure])
        self._end.daemon = True
        self._end.start()
        secure.do_handshake()

    def close(self) -> None:
        if self._end is not None:
            self._end.cancel()
        super().close()


def trusted() -> ssl.SSLContext:
    """Whose certificates are believed."""
    return ssl.create_default_context()


def _cut(connection: ssl.SSLSocket) -> None:
    """End a connection that another thread waits for."""
    with suppress(OSError):
        socket.socket.shutdown(connection, socket.SHUT_RDWR)
