"""What should stand in the public's index of words, and what stands there that should not."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from mobilizer.core.database import db
from mobilizer.findings.models import Finding
from mobilizer.findings.rules.words import readable
from mobilizer.promises.models import Promise
from mobilizer.promises.rules import PromiseState
from mobilizer.promises.rules.texts import searched
from mobilizer.search.models import Findable
from mobilizer.search.queries import all_common, common, looked_up, rows_of
from mobilizer.search.rules.words import FOUND, PROMISED, signed, spelled

#: So many promises are read together.
STRIDE = 500


@dataclass(frozen=True)
class Fault:
    """Where the index and what is public do not agree."""

    about: str
    says: str


def published_numbers() -> Sequence[int]:
    """The numbers of all published promises, in order."""
    published = select(Promise.number).where(Promise.state == PromiseState.PUBLISHED)
    return db.session.scalars(published.order_by(Promise.number)).all()


def texts_of(numbers: Sequence[int]) -> dict[int, tuple[tuple[str, ...], list[str]]]:
    """The texts of some published promises and those of their findings, by number."""
    published = select(Promise).where(
        Promise.number.in_(numbers), Promise.state == PromiseState.PUBLISHED
    )
    promises = {promise.id: promise for promise in db.session.scalars(published)}
    told: dict[int, list[str]] = defaultdict(list)
    contents = select(Finding.promise_id, Finding.content).where(Finding.promise_id.in_(promises))
    for promise_id, content in db.session.execute(contents):
        told[promise_id] += readable(content)
    return {one.number: (searched(one), told[key]) for key, one in promises.items()}


def faults() -> Iterator[Fault]:
    """Each promise and each kept set with which something is wrong."""
    yield from _rows_at_fault()
    for term in sorted(all_common()):
        if common([term])[term] != looked_up([(term,)])[(term,)]:
            yield Fault(f"the set of {term}", "is not what the full text tells")


def _rows_at_fault() -> Iterator[Fault]:
    public = published_numbers()
    for some in strides(public):
        there = rows_of(some)
        for number, (promised, found) in texts_of(some).items():
            row = spelled(signed(promised, PROMISED), signed(found, FOUND))
            if number not in there:
                yield Fault(f"promise {number}", "cannot be found")
            elif there[number] != row:
                yield Fault(f"promise {number}", "is found by other words than its own")
    for number in sorted(indexed_numbers().difference(public)):
        yield Fault(f"promise {number}", "can be found and is not public")


def indexed_numbers() -> set[int]:
    """The numbers of all promises that the public finds."""
    return set(db.session.scalars(select(Findable.number)))


def strides(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    """Some numbers at a time."""
    for at in range(0, len(numbers), STRIDE):
        yield numbers[at : at + STRIDE]
