"""``make bench``: all parts; ``make bench ARGS=phones`` (or ``pages``, ``progress``) one alone.

``ARGS="phones 50"`` takes fewer phones than 500.
"""

import sys

from bench import pages, phones, progress


def main(asked: list[str]) -> None:
    """Measure and print."""
    parts = asked[:1] or ["pages", "progress", "phones"]
    if "pages" in parts:
        pages.main()
    if "progress" in parts:
        progress.main()
    if "phones" in parts:
        phones.main(int(asked[1]) if asked[1:] else phones.PHONES)


if __name__ == "__main__":
    main(sys.argv[1:])
