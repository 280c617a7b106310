"""What is known by heart: so many short things at most, whoever asks for whatever."""

from typing import Generic, TypeVar

Value = TypeVar("Value")

#: What is longer is not learned: it would take more room than finding it out again takes time.
LONGEST = 300


class Heart(Generic[Value]):
    """Values by words that strangers may choose. Safe to use from several threads."""

    def __init__(self, most: int) -> None:
        """Know nothing yet, and never more than so many."""
        self._most = most
        self._known: dict[tuple[str, ...], Value] = {}

    def get(self, words: tuple[str, ...]) -> Value | None:
        """What is known of these words."""
        return self._known.get(words)

    def learn(self, words: tuple[str, ...], value: Value) -> None:
        """Know it from now on; all that was known before goes where there is no room."""
        if sum(map(len, words)) > LONGEST:
            return
        if len(self._known) >= self._most:
            self._known = {}
        self._known[words] = value

    def clear(self) -> None:
        """Know nothing."""
        self._known = {}
