"""Which findings are about what: the newest about several things, and any page of all."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from mobilizer.core.database import db
from mobilizer.cycles.models import Cycle
from mobilizer.search.rules.numbers import part
from mobilizer.tallies.models import FindingSet
from mobilizer.tallies.rules import Kind, Subject
from mobilizer.tallies.rules.found import SIZE, Between, Spot, between, joined, newest, upto
from mobilizer.tallies.rules.sets import as_set


def newest_about(
    cycle: Cycle, subjects: Collection[Subject], most: int, below: int | None = None
) -> list[int]:
    """The numbers of the newest findings that are about all of some things, the newest first.

    Args:
        cycle: the cycle.
        subjects: topics, parties and regions: of a promise those it counts for now.
        most: so many at most.
        below: only those with a smaller number.
    """
    last = [] if below is None else [FindingSet.block <= below // SIZE]
    blocks: dict[int, list[int]] = defaultdict(list)
    for (_, block), of in stored(db.session(), cycle.id, _are(subjects), *last).items():
        blocks[block].append(of)
    in_all = {block: sets for block, sets in blocks.items() if len(sets) == len(subjects)}
    return newest(in_all, most, below)


def page_of_all(cycle: Cycle, at: int, per_page: int, last: int | None) -> tuple[list[int], int]:
    """The numbers of the findings on a page of all of a cycle, in their order, and how many.

    Args:
        cycle: the cycle.
        at: which page, from 1.
        per_page: how many stand on one.
        last: those up to this number count; all for None.
    """
    every = _all(cycle)
    here = every if last is None else upto(every, last)
    return part(here, (at - 1) * per_page, per_page), here.bit_count()


def published_between(cycle: Cycle, after: int, last: int) -> Between:
    """How many findings of a cycle have a number after one and up to another, and which."""
    within = FindingSet.block.between(after // SIZE, last // SIZE)
    return between(_all(cycle, within), after, last)


def _all(cycle: Cycle, *wanted: ColumnElement[bool]) -> int:
    found = stored(db.session(), cycle.id, _are([(Kind.CYCLE, cycle.id)]), *wanted)
    return joined({block: of for (_, block), of in found.items()})


def stored(session: Session, cycle_id: int, *wanted: ColumnElement[bool]) -> dict[Spot, int]:
    """The blocks of a cycle's sets of findings, or some of them."""
    told = select(FindingSet.kind, FindingSet.subject_id, FindingSet.block, FindingSet.bits)
    rows = session.execute(told.where(FindingSet.cycle_id == cycle_id, *wanted))
    return {((kind, key), block): as_set(bits) for kind, key, block, bits in rows}


def _are(subjects: Collection[Subject]) -> ColumnElement[bool]:
    return or_(
        *(and_(FindingSet.kind == kind, FindingSet.subject_id == key) for kind, key in subjects)
    )
