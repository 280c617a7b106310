"""Codes for what a tracker knows by name only."""

import hashlib

from mobilizer.core.text import normalise, slug

#: So many signs tell apart what a code alone would not.
MARK = 8


def coded(name: str, most: int) -> str:
    """A code of at most so many signs, another one for every other name.

    A name in no script that we can write plainly, or too long for a code, is told apart by a
    mark made of it: two parties never become one because their names begin alike.
    """
    whole = slug(name, most + 1)
    if whole and len(whole) <= most:
        return whole
    mark = hashlib.sha256((normalise(name) or name).encode()).hexdigest()[:MARK]
    return f"{slug(name, most - MARK - 1)}-{mark}".strip("-")
