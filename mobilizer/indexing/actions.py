"""Writing the index anew, some promises at a time. The caller commits after each step."""

from collections.abc import Iterator

from sqlalchemy import select

from mobilizer.core.database import db, locked, reading
from mobilizer.indexing.queries import indexed_numbers, published_numbers, strides, texts_of
from mobilizer.publication.actions import raise_number
from mobilizer.search import actions as search
from mobilizer.search.models import Findable
from mobilizer.search.queries import all_common, sample
from mobilizer.search.rules.terms import LEAST_PROMISES, ONE_IN, common_among

#: So many promises are looked at to learn which terms are common.
SAMPLED = 2_000


def write_anew() -> Iterator[int]:
    """Write every row from what is public; after each step how many promises it was."""
    there = indexed_numbers()  # Before the others: what is published in between is no surplus.
    public = published_numbers()
    for number in sorted(there.difference(public)):
        search.forget(number)
    yield 0
    for some in strides(public):
        # Held first and read afterwards, so that no finding comes in between unseen.
        db.session.execute(locked(select(Findable.number).where(Findable.number.in_(some))))
        for number, (promised, found) in texts_of(some).items():
            search.write(number, promised, found)
        yield len(some)
    raise_number(db.session.connection())
    yield 0


def keep_sets() -> Iterator[int]:
    """Keep sets of the terms that are common by now, and no others; how many each step changed.

    One at a time, so that who publishes meanwhile waits for one set only. A term goes when it is
    half as common as it has to be to come: what lies between does not come and go.
    """
    with reading():
        many, rows = sample(SAMPLED)
        is_large = many >= LEAST_PROMISES
        wanted = common_among(rows) if is_large else frozenset()
        still = common_among(rows, one_in=2 * ONE_IN) if is_large else frozenset()
        there = all_common()
        db.session.rollback()
    for term in sorted(there - still):
        search.drop_set(term)
        yield 1
    for term in sorted(wanted - there):
        search.keep_set(term)
        yield 1
