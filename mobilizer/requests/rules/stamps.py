"""What holds spam off without asking anybody else: a signed stamp, a moment of time, some work.

A form carries a stamp: when it was made, something random, and our signature over both and over
the promise it stands on. No cookie and no row in the database is needed to know it again.

- **Time trap**: what comes back sooner than a person can write is refused, kindly.
- **Work**: many small puzzles that a phone solves in about a second and we check at once. Many
  small ones instead of a large one, so that luck matters little and nobody waits for long.
- **Without script** there is no work to show: then a longer time trap and a narrower door hold.

Nothing here needs the database: what is refused by these rules costs next to nothing.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum, auto
from hashlib import sha256

#: So many puzzles, each to be solved until a hash begins with so many zero bits.
PUZZLES, BITS = 16, 14
#: How soon a form may come back: with the work done, and without.
SOONEST, SOONEST_PLAIN = timedelta(seconds=3), timedelta(seconds=20)
#: How long a stamp is good for.
LASTS = timedelta(hours=24)
_TIME, _RANDOM, _SIGNED = 5, 9, 12
_LONGEST_STAMP = 64
#: No solution has more digits: what is longer is nobody's work.
_LONGEST_SOLUTION = 9


class Trap(Enum):
    """Whether a form comes back in good time."""

    IN_TIME = auto()
    TOO_SOON = auto()
    TOO_OLD = auto()


@dataclass(frozen=True)
class Stamp:
    """A stamp that bears our signature, and when it was made."""

    text: str
    made_at: datetime

    def trap(self, now: datetime, *, is_worked: bool) -> Trap:
        """Whether a form that carries it comes back in good time."""
        age = now - self.made_at
        if age > LASTS:
            return Trap.TOO_OLD
        # The stamp keeps whole seconds, cut off: a form is never let in sooner for that.
        soonest = SOONEST if is_worked else SOONEST_PLAIN
        return Trap.TOO_SOON if age < soonest else Trap.IN_TIME


def make(key: bytes, promise: int, now: datetime, random: bytes) -> str:
    """A stamp for the form on a promise.

    Args:
        key: the server's secret.
        promise: the number of the promise.
        now: the moment.
        random: bytes that nobody can guess.
    """
    seconds = int(now.timestamp()).to_bytes(_TIME, "big")
    content = seconds + random[:_RANDOM].ljust(_RANDOM, b"\0")
    return f"{_written(content)}.{_written(_signature(key, promise, content))}"


def read(key: bytes, promise: int, text: str) -> Stamp | None:
    """A stamp that came back; None if it is none of ours, or of another promise."""
    if len(text) > _LONGEST_STAMP or not text.isascii():
        return None
    content, _, signed = text.partition(".")
    try:
        raw, signature = _read(content), _read(signed)
    except ValueError:
        return None
    if len(raw) != _TIME + _RANDOM or f"{_written(raw)}.{_written(signature)}" != text:
        return None
    if not hmac.compare_digest(signature, _signature(key, promise, raw)):
        return None
    return Stamp(text, datetime.fromtimestamp(int.from_bytes(raw[:_TIME], "big"), UTC))


def is_worked(stamp: str, solutions: str) -> bool:
    """Whether the work for a stamp was done: ``"17.40212.9…"``, a number for each puzzle."""
    numbers = solutions.split(".", PUZZLES)
    return len(numbers) == PUZZLES and all(
        number.isascii()
        and number.isdecimal()
        and len(number) <= _LONGEST_SOLUTION
        and _solves(stamp, at, number)
        for at, number in enumerate(numbers)
    )


def work(stamp: str) -> str:
    """Do the work for a stamp, as the page's script does it."""
    return ".".join(str(_solution(stamp, at)) for at in range(PUZZLES))


def token(key: bytes, stamp: str) -> str:
    """The secret of a request's link: made from its stamp, so that sent twice it is one."""
    return hmac.new(key, f"request:{stamp}".encode(), sha256).hexdigest()


def _solution(stamp: str, at: int) -> int:
    number = 0
    while not _solves(stamp, at, str(number)):
        number += 1
    return number


def _solves(stamp: str, at: int, number: str) -> bool:
    digest = sha256(f"{stamp}:{at}:{number}".encode()).digest()
    return int.from_bytes(digest[:4], "big") >> (32 - BITS) == 0


def _signature(key: bytes, promise: int, content: bytes) -> bytes:
    return hmac.new(key, b"ask:%d:" % promise + content, sha256).digest()[:_SIGNED]


def _written(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def _read(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
