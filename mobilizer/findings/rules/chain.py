"""What a published finding consists of, and how each is bound to the one before it.

The chain is over public facts only, under public names (codes and numbers, no keys of the
database), so that anybody who holds the published file can walk it without us.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

#: What the first finding is bound to.
GENESIS = "0" * 64


@dataclass(frozen=True)
class Published:
    """One finding as the public gets it: days, and no time of day."""

    number: int
    cycle: str
    promise: int
    place: str
    month: date
    rating: str
    content: dict[str, Any]
    published_on: date
    imported_from: str
    corrects: int | None


def canonical(finding: Published) -> bytes:
    """The one way a finding is written down for hashing: JSON, keys sorted, no spaces, UTF-8."""
    facts = asdict(finding) | {
        "month": finding.month.isoformat(),
        "published_on": finding.published_on.isoformat(),
    }
    written = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return written.encode()


def bind(previous_hash: str, finding: Published) -> str:
    """The hash of a finding: SHA-256 over the hash before it and its canonical form."""
    return hashlib.sha256(previous_hash.encode() + b"\n" + canonical(finding)).hexdigest()


@dataclass(frozen=True)
class Link:
    """A finding as it is stored, with the hashes that stand beside it."""

    finding: Published
    previous_hash: str
    hash: str


@dataclass(frozen=True)
class Fault:
    """A place where the chain does not hold."""

    number: int
    says: str


def faults(links: list[Link], before: str = GENESIS, first: int = 1) -> list[Fault]:
    """Every place in a run of the chain where something was changed, taken out or put in.

    Args:
        links: findings in the order of their numbers.
        before: the hash that the first of them must be bound to.
        first: the number that the first of them must bear.
    """
    found = []
    for expected, link in enumerate(links, first):
        number = link.finding.number
        if number != expected:
            found.append(Fault(number, f"finding {expected} is missing"))
            return found
        if link.previous_hash != before:
            found.append(Fault(number, f"finding {number} is not bound to the one before it"))
        if bind(link.previous_hash, link.finding) != link.hash:
            found.append(Fault(number, f"finding {number} was changed after it was published"))
        before = link.hash
    return found
