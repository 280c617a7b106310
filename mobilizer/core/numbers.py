"""Whole numbers from outside: as large as a key of the database can be, and no larger.

A larger one names nothing that we have, and no database takes it for a question.
"""

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**31 - 1


class Number(IntegerConverter):
    """The ``<int:…>`` of addresses; one that is too large leads nowhere."""

    def __init__(self, url_map: Map, *args: Any, **manners: Any) -> None:
        """Bound what a view may ask for."""
        super().__init__(url_map, *args, **{"max": LARGEST, **manners})


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
