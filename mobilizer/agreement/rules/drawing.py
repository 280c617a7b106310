"""The drawing: which reports go to a second mentor, and to whom.

Whether a report is drawn follows from its own name and the cycle's secret seed, and from nothing
else: not from what it says, who wrote it, or what else is drawn. So nobody can choose, and once
the seed is published anybody can draw again and come to the same reports.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

#: Shares are in percent.
WHOLE = 100
#: How many values the first bytes of a hash can have.
RANGE_BYTES = 8


@dataclass(frozen=True)
class Candidate:
    """A mentor of the cycle, as far as the drawing is concerned."""

    id: int
    #: The regions she mentors in, in this cycle.
    regions: frozenset[int]
    #: How many second looks she was asked for so far.
    load: int = 0
    is_coordinator: bool = False


@dataclass(frozen=True)
class Asked:
    """A report that wants a second look."""

    entry_id: str
    region: int
    #: Who has to do with it or may know whose it is: its authors, their mentors, whoever handed
    #: it in or decided on it, and whoever may read the names of the people where its author works.
    involved: frozenset[int]


def is_drawn(seed: str, entry_id: str, share: int) -> bool:
    """Whether a report is looked at twice.

    A greater share keeps all that a smaller one draws.

    Args:
        seed: the cycle's.
        entry_id: the report's name.
        share: in percent.
    """
    return _lot(seed, entry_id) * WHOLE < share << (8 * RANGE_BYTES)


def commitment(seed: str) -> str:
    """What is published of a seed before it may be known: it cannot be changed any more."""
    return sha256(seed.encode()).hexdigest()


def may_look(candidate: Candidate, asked: Asked) -> bool:
    """Whether a mentor is far enough from a report: of another region, and not involved in it."""
    is_near = asked.region in candidate.regions or candidate.id in asked.involved
    return bool(candidate.regions) and not is_near and not candidate.is_coordinator


def choose(seed: str, asked: Asked, candidates: Iterable[Candidate]) -> Candidate | None:
    """Who takes the second look: the least loaded, between equals by lot; None if nobody may."""
    far = [one for one in candidates if may_look(one, asked)]
    return min(
        far,
        key=lambda one: (one.load, _lot(seed, f"{asked.entry_id}:{one.id}"), one.id),
        default=None,
    )


def _lot(seed: str, name: str) -> int:
    return int.from_bytes(sha256(f"{seed}:{name}".encode()).digest()[:RANGE_BYTES])
