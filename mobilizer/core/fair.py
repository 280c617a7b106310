"""What anybody may want without end, shared out: nobody takes all places, or all turns in a row."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from threading import Lock


class Places:
    """So many places, of which nobody holds more than a share. Safe to use from several threads.

    Args:
        most: how many there are.
        most_of_one: how many of them one may hold; all, where nothing is said.
    """

    def __init__(self, most: int, most_of_one: int | None = None) -> None:
        """All are free."""
        self._most, self._most_of_one = most, most if most_of_one is None else most_of_one
        self._lock = Lock()
        self._held: Counter[str] = Counter()

    def take(self, whose: str) -> Callable[[], None] | None:
        """A place: what gives it back, once; None where there is none for whoever asks."""
        with self._lock:
            is_free = self._held.total() < self._most and self._held[whose] < self._most_of_one
            self._held += Counter({whose: int(is_free)})  # Drops whoever holds none.
        return partial(self._give_back, whose) if is_free else None

    def _give_back(self, whose: str) -> None:
        with self._lock:
            self._held -= Counter({whose: 1})


class Rounds:
    """Whose turn it is: in each round everybody has one, and who asks for more waits for the next.

    Where all are one and the same it is the order in which they came. Safe to use from several
    threads.
    """

    def __init__(self) -> None:
        """Nobody waits yet."""
        self._lock = Lock()
        self._now = 0
        self._last: dict[str, int] = {}

    def next_of(self, whose: str) -> int:
        """The number of the round in which somebody's next turn is."""
        with self._lock:
            found = max(self._now, self._last.get(whose, -1) + 1)
            self._last[whose] = found
        return found

    def begin(self, number: int) -> None:
        """A turn of this round is taken: who had hers in one before begins anew with this one."""
        with self._lock:
            self._now = max(self._now, number)
            self._last = {one: last for one, last in self._last.items() if last >= self._now}
