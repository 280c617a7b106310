"""One assignment at a time."""

from datetime import date

from sqlalchemy import select

from mobilizer.accounts.models import User
from mobilizer.accounts.rules import Role
from mobilizer.assignments import queries
from mobilizer.assignments.models import Assignment
from mobilizer.assignments.rules import (
    Wish,
    check_mentor,
    check_place,
    check_promise,
    check_reason,
    check_span,
    recognised,
    work_region,
)
from mobilizer.audit.actions import record
from mobilizer.core import clock
from mobilizer.core.database import db, locked
from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_
from mobilizer.cycles.models import Cycle
from mobilizer.places.models import Place
from mobilizer.promises.models import Promise


def assign(
    promise: Promise,
    place: Place,
    mobilizer: User,
    first_month: date,
    last_month: date,
    *,
    mentor_id: int | None = None,
    by: User | None,
) -> Assignment:
    """Give a promise in a place to a mobilizer of its cycle; the same again changes nothing.

    Args:
        promise: checked and testable.
        place: one of the promise's places, or inside one.
        mobilizer: of the promise's cycle.
        first_month: within the cycle.
        last_month: within the cycle.
        mentor_id: in place of the mobilizer's dedicated mentor.
        by: who assigns.

    Raises:
        RuleBroken: one of these does not hold, or she has this promise there in other months.
    """
    cycle = promise.cycle
    hold(cycle)
    posting = db.session.scalars(queries.posting(cycle, mobilizer.id, Role.MOBILIZER)).first()
    if posting is None:
        raise RuleBroken(N_("This person is not a mobilizer of the cycle."), field="mobilizer")
    wish = Wish(mobilizer.id, promise.id, place.id, first_month, last_month)
    mentor_id = mentor_id if mentor_id is not None else posting.mentor_id
    check_promise(
        promise.state, promise.testability, is_duplicate=promise.duplicate_of_id is not None
    )
    check_place(_and_above(place), [one.id for one in promise.places])
    check_span(wish, cycle)
    check_mentor(mobilizer.id, mentor_id, queries.mentor_ids(cycle))
    region_id = work_region(place.region.id if place.region else None, posting.region_id)
    held = db.session.scalars(queries.like(promise.id, place.id)).all()
    if (there := recognised(wish, held)) is not None:
        return there
    return add(cycle, wish, mentor_id or 0, region_id, by=by)


def add(cycle: Cycle, wish: Wish, mentor_id: int, region_id: int, *, by: User | None) -> Assignment:
    """Store an assignment that has been held to the rules."""
    assignment = Assignment(
        cycle_id=cycle.id,
        mobilizer_id=wish.mobilizer_id,
        mentor_id=mentor_id,
        promise_id=wish.promise_id,
        place_id=wish.place_id,
        region_id=region_id,
        first_month=wish.first_month,
        last_month=wish.last_month,
        created_at=clock.now(),
    )
    db.session.add(assignment)
    db.session.flush()
    record(
        by,
        "assignment.make",
        assignment,
        vouches=assignment,
        mobilizer=wish.mobilizer_id,
        mentor=mentor_id,
        promise=wish.promise_id,
        place=wish.place_id,
        first_month=wish.first_month.isoformat(),
        last_month=wish.last_month.isoformat(),
    )
    return assignment


def withdraw(assignment: Assignment, reason: str, *, by: User) -> None:
    """End an assignment. What was filed on it stays; the same again changes nothing.

    Raises:
        RuleBroken: no reason is given, or it has ended for another one.
    """
    held = db.session.scalars(
        locked(select(Assignment).where(Assignment.id == assignment.id))
    ).one()
    reason = check_reason(reason)
    if held.withdrawn_at is not None:
        _check_same(held, reason)
        return
    held.withdrawn_at, held.withdrawn_reason = clock.now(), reason
    record(by, "assignment.withdraw", held, vouches=held)


def _check_same(ended: Assignment, reason: str) -> None:
    if not ended.withdrawn_reason:
        raise RuleBroken(N_("All its months have been handed over: nothing is left to withdraw."))
    if reason != ended.withdrawn_reason:
        raise RuleBroken(
            N_("It has been withdrawn already. The reason that stands: “%(reason)s”"),
            reason=ended.withdrawn_reason,
        )


def hold(cycle: Cycle) -> None:
    """Let nobody else assign in this cycle until we are through."""
    db.session.scalars(locked(select(Cycle.id).where(Cycle.id == cycle.id))).one()


def _and_above(place: Place) -> list[int]:
    ids = []
    above: Place | None = place
    while above is not None:
        ids.append(above.id)
        above = above.parent
    return ids
