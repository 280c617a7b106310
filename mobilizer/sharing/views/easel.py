"""Where pictures are drawn: so much of a process's time goes there, however many are asked for.

A picture costs some hundredths of a second; there are more of them than of pages, and anybody
may ask for each. Whoever comes while there is no room is asked to come again.
"""

from collections.abc import Callable
from threading import BoundedSemaphore, Lock
from time import monotonic, sleep

#: Whoever is turned away may ask again after so many seconds.
AGAIN = 2


class Easel:
    """Draws one picture at a time, and rests after each as long as it took.

    Args:
        most: how many may be here at once, the one for whom is drawn among them.
        patience: how long one waits for another's picture to be finished, in seconds.
    """

    def __init__(self, most: int, patience: float) -> None:
        """Draw nothing yet."""
        self.patience = patience
        self._places = BoundedSemaphore(most)
        self._brush = Lock()
        self._rested_at = 0.0

    def draw(self, picture: Callable[[], bytes]) -> bytes | None:
        """What ``picture`` draws; None where there is no room now."""
        if not self._places.acquire(blocking=False):
            return None
        try:
            return self._in_turn(picture)
        finally:
            self._places.release()

    def _in_turn(self, picture: Callable[[], bytes]) -> bytes | None:
        if not self._brush.acquire(timeout=self.patience):
            return None
        try:
            sleep(max(0.0, self._rested_at - monotonic()))
            began = monotonic()
            drawn = picture()
            ended = monotonic()
            self._rested_at = ended + min(ended - began, self.patience)
            return drawn
        finally:
            self._brush.release()
