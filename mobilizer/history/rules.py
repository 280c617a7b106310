"""Whom a step of the log names beside whoever took it."""

from collections.abc import Mapping
from typing import Any

#: The details that are ids of people: who stands in, and in whose place somebody decided.
PEOPLE = ("user", "stands_in_for")


def people_in(details: Mapping[str, Any]) -> set[int]:
    """The ids of the people that a step's details name."""
    return {details[name] for name in PEOPLE if isinstance(details.get(name), int)}
