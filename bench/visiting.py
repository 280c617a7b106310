"""Visitors who read: a client that costs little, so that it is the server that is measured."""

import selectors
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from time import perf_counter

#: How long any answer may take, in seconds.
LONGEST = 60


def asking(port: int, path: str, headers: Mapping[str, str] | None = None) -> bytes:
    """A request, as it is sent."""
    told = {"Host": f"127.0.0.1:{port}", **(headers or {})}
    lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in told.items())]
    return "\r\n".join([*lines, "", ""]).encode()


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


class Line:
    """One connection that is kept: one request at a time."""

    def __init__(self, port: int) -> None:
        """Connect."""
        self.socket = socket.create_connection(("127.0.0.1", port), LONGEST)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.begin()

    def begin(self) -> None:
        """Await an answer from its first byte."""
        self._got, self._length = b"", -1
        self.sent_at = perf_counter()

    def send(self, request: bytes) -> None:
        """Ask."""
        self.begin()
        self.socket.sendall(request)

    def read(self) -> bool:
        """Read what has come; whether the answer is whole.

        Raises:
            ConnectionError: the server has ended the connection.
        """
        piece = self.socket.recv(1 << 18)
        if not piece:
            raise ConnectionError
        self._got += piece
        if self._length < 0 and (end := self._got.find(b"\r\n\r\n")) >= 0:
            head = self._got[:end].lower()
            _, said, rest = head.partition(b"content-length:")
            self._length = end + 4 + (int(rest.split(b"\r\n", 1)[0]) if said else 0)
        return 0 <= self._length <= len(self._got)

    def ask(self, request: bytes) -> Answer:
        """Ask, and wait for the answer."""
        self.send(request)
        while not self.read():
            pass
        head, _, body = self._got.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in lines)
        return Answer(int(first.split()[1]), headers, body)

    @property
    def is_good(self) -> bool:
        """Whether the answer is a page, or that there is nothing new."""
        return self._got[9:12] in (b"200", b"304")

    def close(self) -> None:
        """Hang up."""
        self.socket.close()


@dataclass
class Visits:
    """How long each answer took, in seconds, over how many seconds in all."""

    seconds: float
    waits: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.waits) / self.seconds

    def percentile(self, share: float) -> float:
        """The wait that so many of a hundred do not exceed, in seconds."""
        return sorted(self.waits)[min(int(len(self.waits) * share / 100), len(self.waits) - 1)]


def visit(port: int, request: bytes, seconds: float, lines: int = 16) -> Visits:
    """Ask for the same on so many lines, on each again as soon as it was answered.

    Raises:
        SystemExit: an answer was none.
    """
    chosen = selectors.DefaultSelector()
    held = [Line(port) for _ in range(lines)]
    for line in held:
        chosen.register(line.socket, selectors.EVENT_READ, line)
        line.send(request)
    began, waits = perf_counter(), []
    while (now := perf_counter()) - began < seconds:
        for ready, _ in chosen.select(LONGEST):
            line = ready.data
            if line.read():
                waits.append(perf_counter() - line.sent_at)
                _check(line)
                line.send(request)
    for line in held:
        line.close()
    return Visits(now - began, waits)


def visit_at(port: int, requests: Sequence[bytes], rate: float, seconds: float) -> Visits:
    """Ask so many times a second, whatever the answers take, one request after the other in turn.

    A wait counts from the moment at which the visitor came, also if she was not served yet.

    Raises:
        SystemExit: an answer was none.
    """
    chosen, idle, busy = selectors.DefaultSelector(), [Line(port)], 0
    began, waits, asked = perf_counter(), [], 0
    came: dict[Line, float] = {}
    while asked < rate * seconds or busy:
        due = began + asked / rate
        if asked < rate * seconds and perf_counter() >= due:
            line = idle.pop() if idle else Line(port)
            chosen.register(line.socket, selectors.EVENT_READ, line)
            came[line] = due
            line.send(requests[asked % len(requests)])
            asked, busy = asked + 1, busy + 1
            continue
        for ready, _ in chosen.select(
            max(due - perf_counter(), 0) if asked < rate * seconds else 1
        ):
            line = ready.data
            if line.read():
                waits.append(perf_counter() - came.pop(line))
                _check(line)
                chosen.unregister(line.socket)
                idle.append(line)
                busy -= 1
    for line in idle:
        line.close()
    return Visits(perf_counter() - began, waits)


def _check(line: Line) -> None:
    if not line.is_good:
        raise SystemExit("The server answered something else.")
