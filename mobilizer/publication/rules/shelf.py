"""The pages that a process keeps in memory: so many bytes, and of those the ones last asked for."""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from mobilizer.publication.rules.asking import Key
from mobilizer.publication.rules.stamp import Stamp

#: So many bytes one process keeps, in all codings together: of pages whose address is a path, and
#: of those that ask for more. Of the latter anybody can ask for as many as she likes, by words to
#: look for or numbers of pages; they push out one another, and never the first page.
LIMIT, LIMIT_OF_ASKED = 8 * 1024 * 1024, 4 * 1024 * 1024
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

    def is_older_than(self, other: "Kept") -> bool:
        """Whether what it was made of had passed when the other was made."""
        mine, others = (one.stamp.ended if one.stamp else None for one in (self, other))
        return mine is not None and (others is None or mine < others)


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
        """Keep a page in the place of the one before; what was not asked for the longest goes.

        One that took long to make is not put in the place of a newer one.
        """
        if page.size > self.limit // 4:
            return
        with self._lock:
            before = self._pages.get(key)
            if before is not None and page.is_older_than(before):
                return
            self._pages.pop(key, None)
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


class Shelves:
    """Two shelves: what an address asks for by its path alone, and what it asks for by more."""

    def __init__(self) -> None:
        """Keep nothing yet."""
        self._plain, self._asked = Shelf(LIMIT), Shelf(LIMIT_OF_ASKED)

    @property
    def size(self) -> int:
        """About how many bytes all of it takes."""
        return self._plain.size + self._asked.size

    def get(self, key: Key) -> Kept | None:
        """A page, of whatever stamp."""
        return self._of(key).get(key)

    def put(self, key: Key, page: Kept) -> None:
        """Keep a page, as one shelf does."""
        self._of(key).put(key, page)

    def clear(self) -> None:
        """Keep nothing."""
        self._plain.clear()
        self._asked.clear()

    def _of(self, key: Key) -> Shelf:
        return self._asked if key.query else self._plain
