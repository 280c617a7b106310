"""``make bench``: the pages and the phones; ``make bench ARGS=phones`` one part alone.

``ARGS="phones 50"`` takes fewer phones than 500.
"""

import sys

from bench import pages, phones


def main(asked: list[str]) -> None:
    """Measure and print."""
    if asked[:1] != ["phones"]:
        pages.main()
    if asked[:1] != ["pages"]:
        phones.main(int(asked[1]) if asked[1:] else phones.PHONES)


if __name__ == "__main__":
    main(sys.argv[1:])
