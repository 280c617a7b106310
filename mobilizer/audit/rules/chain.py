"""What is hashed of a row of the log, and what a broken chain looks like.

The form is described in docs/decisions/audit.md, so that anybody who is given the two tables can
walk them without us. It never changes: rows that were sealed by it stay.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

#: What the first row is bound to.
GENESIS = "0" * 64


@dataclass(frozen=True)
class Step:
    """One row of the log, all its columns. Both moments are aware."""

    id: int
    at: datetime
    by_id: int | None
    verb: str
    subject_kind: str
    subject_key: str
    details: Any
    phone_time: datetime | None


@dataclass(frozen=True)
class Seal:
    """What binds one row, by its id, to the row before it."""

    number: int
    event_id: int
    previous_hash: str
    hash: str


@dataclass(frozen=True)
class Fault:
    """A row of the log, by its id, where the chain does not hold; 0 where none is known."""

    row: int
    says: str


def canonical(step: Step) -> bytes:
    """The one way a row is written down for hashing: ASCII JSON, keys sorted, no spaces."""
    columns = asdict(step) | {"at": _moment(step.at), "phone_time": _moment(step.phone_time)}
    return json.dumps(columns, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def _moment(value: datetime | None) -> str | None:
    return value.astimezone(UTC).isoformat(timespec="microseconds") if value else None


def bind(previous_hash: str, number: int, written: bytes) -> str:
    """The hash of a row: SHA-256 over its number, the hash before it and its canonical form."""
    return hashlib.sha256(f"{number}\n{previous_hash}\n".encode() + written).hexdigest()


def seals(written: Iterable[tuple[int, bytes]], after: Seal | None = None) -> Iterator[Seal]:
    """Seal rows one after the other: their ids with their canonical forms."""
    number, before = (after.number, after.hash) if after else (0, GENESIS)
    for row, form in written:
        number += 1
        seal = Seal(number, row, before, bind(before, number, form))
        yield seal
        before = seal.hash


def faults(
    run: Sequence[Seal], steps: Mapping[int, Step | None], before: str, first: int
) -> Iterator[Fault]:
    """Every place in a run of the chain where a row was changed, taken out or put in.

    Args:
        run: seals in the order of their numbers.
        steps: the rows they seal, by id; None for one that cannot be read any more.
        before: the hash that the first of them must be bound to.
        first: the number that the first of them must bear.
    """
    for seal in run:
        row = seal.event_id
        if seal.number != first:
            yield Fault(row, f"seal {first} is missing before it")
        elif seal.previous_hash != before:
            yield Fault(row, "is not bound to the row before it")
        if row not in steps:
            yield Fault(row, "was taken out")
        elif (step := steps[row]) is None:
            yield Fault(row, "cannot be read: it was changed")
        elif bind(seal.previous_hash, seal.number, canonical(step)) != seal.hash:
            yield Fault(row, "was changed after it was written")
        before, first = seal.hash, seal.number + 1
