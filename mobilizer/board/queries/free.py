"""Promises that could be followed in a place where nobody follows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import aliased, joinedload

from mobilizer.assignments.models import Assignment
from mobilizer.assignments.queries import assignable
from mobilizer.core.database import db
from mobilizer.core.pages import counted
from mobilizer.cycles.models import Cycle
from mobilizer.places.models import Place
from mobilizer.promises.models import Promise, PromisePlace

#: So many are shown; the others are counted.
MOST_FREE = 40


@dataclass(frozen=True)
class Free:
    """Promises, each with a place it was made for, that nobody follows from now on."""

    rows: Sequence[tuple[Promise, Place]]
    total: int


def free_places(
    cycle: Cycle, month: date, regions: Sequence[Place], wanted: Select[Promise], *, whole: bool
) -> Free:
    """The promises that may be assigned, in the places they were made for, and nobody has.

    Who follows a promise in a municipality follows it in the region and the country around it.

    Args:
        cycle: whose promises.
        month: from this one on nobody follows it there.
        regions: where to look.
        wanted: the promises that pass the filters.
        whole: whether to look in the whole country too.
    """
    in_regions = [one.id for one in regions]
    parent = aliased(Place)
    around = or_(Place.id.in_(in_regions), Place.parent_id.in_(in_regions))
    around = or_(around, parent.parent_id.in_(in_regions))
    if whole and len(regions) != 1:
        around = or_(around, Place.parent_id.is_(None))
    listing = (
        select(Promise, Place)
        .join(PromisePlace, PromisePlace.promise_id == Promise.id)
        .join(Place, Place.id == PromisePlace.place_id)
        .outerjoin(parent, parent.id == Place.parent_id)
        .where(
            Promise.id.in_(assignable(cycle).order_by(None).with_only_columns(Promise.id)),
            Promise.id.in_(wanted.with_only_columns(Promise.id)),
            around,
            ~_is_followed(month),
        )
    )
    total = counted(listing.with_only_columns(PromisePlace.place_id))
    rows = db.session.execute(
        listing.order_by(Promise.number, Place.code)
        .limit(MOST_FREE)
        .options(joinedload(Promise.topic))
    )
    return Free([(promise, place) for promise, place in rows], total)


def _is_followed(month: date) -> ColumnElement[bool]:
    """Whether somebody follows the promise there, or in a place inside, now or later."""
    there, above, higher = aliased(Place), aliased(Place), aliased(Place)
    return exists(
        select(Assignment.id)
        .join(there, there.id == Assignment.place_id)
        .outerjoin(above, above.id == there.parent_id)
        .outerjoin(higher, higher.id == above.parent_id)
        .where(
            Assignment.promise_id == PromisePlace.promise_id,
            Assignment.withdrawn_at.is_(None),
            Assignment.last_month >= month,
            or_(
                PromisePlace.place_id == there.id,
                PromisePlace.place_id == above.id,
                PromisePlace.place_id == higher.id,
                PromisePlace.place_id == higher.parent_id,
            ),
        )
        .correlate(PromisePlace)
    )
