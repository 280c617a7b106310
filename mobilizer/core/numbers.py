"""Whole numbers from outside: as large as a key of the database can be, and no larger.

A larger one names nothing that we have, and no database takes it for a question.
"""

import re
from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**31 - 1
#: A number as our addresses write it, in one way: by no other digits, without sign or noughts.
WRITTEN = "0|[1-9][0-9]*"


class Number(IntegerConverter):
    """The ``<int:…>`` of addresses, written in one way; one that is too large leads nowhere.

    Werkzeug's takes any digits there are, and noughts before them: one thing would have addresses
    without number, none of which is kept in memory.
    """

    regex = WRITTEN

    def __init__(self, url_map: Map, *args: Any, **manners: Any) -> None:
        """Bound what a view may ask for."""
        super().__init__(url_map, *args, **{"max": LARGEST, **manners})


def in_address(part: str) -> int | None:
    """The number that a part of an address names a record by; None for what is written otherwise.

    Where such a part may be a code as well, no converter stands before the view.
    """
    is_number = len(part) <= len(str(LARGEST)) and re.fullmatch(WRITTEN, part)
    number = int(part) if is_number else 0
    return number if 0 < number <= LARGEST else None


def whole(typed: str) -> int:
    """A number of a question, as in ``args.get("cycle", type=whole)``.

    Raises:
        ValueError: it is none, or too large.
    """
    number = int(typed)
    if not -LARGEST <= number <= LARGEST:
        raise ValueError(f"{len(typed)} digits are too many")
    return number


def install(app: Flask) -> None:
    """Bound the numbers in all addresses; before the views are registered."""
    app.url_map.converters["int"] = Number
