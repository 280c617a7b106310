"""``make bench``: every part; ``make bench ARGS=queue`` one alone.

``ARGS="phones 50"`` takes fewer phones than 500; ``ARGS="queue 1000"`` stops at so many reports.
"""

import sys
from collections.abc import Callable

from bench import flood, paint, phones, progress, public, queue, reviewers, search, tallies

#: name -> what measures it, given how much at most if that is said.
PARTS: dict[str, Callable[[int | None], None]] = {
    "public": lambda _: public.main(),
    "queue": queue.main,
    "paint": lambda _: paint.main(),
    "reviewers": reviewers.main,
    "flood": flood.main,
    "progress": lambda _: progress.main(),
    "search": lambda _: search.main(),
    "tallies": tallies.main,
    "phones": lambda most: phones.main(most or phones.PHONES),
}


def main(asked: list[str]) -> None:
    """Measure and print."""
    most = int(asked[1]) if asked[1:] else None
    for name in asked[:1] or PARTS:
        PARTS[name](most)


if __name__ == "__main__":
    main(sys.argv[1:])
