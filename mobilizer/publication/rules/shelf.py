"""The pages that a process keeps in memory: so many bytes, and of those the ones last asked for."""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from mobilizer.publication.rules.asking import Key
from mobilizer.publication.rules.stamp import Stamp

#: So many bytes one process keeps, in all codings together.
LIMIT = 12 * 1024 * 1024
#: What an entry costs besides its bytes, about.
OVERHEAD = 2048

Headers = list[tuple[str, str]]


@dataclass(frozen=True)
class Form:
    """An answer in one coding, as it is sent, and what is sent to who has it already."""

    tag: str
    headers: Headers
    body: bytes
    unchanged: Headers


@dataclass(frozen=True)
class Kept:
    """A page in all its codings; ``stamp`` is None where it never changes."""

    forms: dict[str, Form]
    stamp: Stamp | None

    @property
    def size(self) -> int:
        """About how many bytes it takes."""
        return OVERHEAD + sum(len(form.body) for form in self.forms.values())


class Shelf:
    """Pages by their keys. Safe to use from several threads."""

    def __init__(self, limit: int = LIMIT) -> None:
        """Keep nothing yet, and never more than so many bytes."""
        self.limit = limit
        self.size = 0
        self._lock = Lock()
        self._pages: OrderedDict[Key, Kept] = OrderedDict()

    def get(self, key: Key) -> Kept | None:
        """A page, of whatever stamp."""
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def put(self, key: Key, page: Kept) -> None:
        """Keep a page in the place of the one before; what was not asked for the longest goes."""
        if page.size > self.limit // 4:
            return
        with self._lock:
            before = self._pages.pop(key, None)
            self.size += page.size - (before.size if before else 0)
            self._pages[key] = page
            while self.size > self.limit:
                _, gone = self._pages.popitem(last=False)
                self.size -= gone.size

    def clear(self) -> None:
        """Keep nothing."""
        with self._lock:
            self._pages.clear()
            self.size = 0
