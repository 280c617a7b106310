"""Reading rows that somebody may have changed into what none of ours can be."""

from collections.abc import Callable
from typing import TypeVar

from mobilizer.audit.queries import UNREADABLE

Wanted = TypeVar("Wanted")
Read = TypeVar("Read")


def readable(wanted: list[Wanted], read: Callable[[list[Wanted]], list[Read]]) -> list[Read]:
    """What can be read of these: together, or one by one if one holds what none of ours can."""
    try:
        return read(wanted)
    except UNREADABLE:
        return [] if len(wanted) == 1 else [row for one in wanted for row in readable([one], read)]
