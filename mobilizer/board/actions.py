"""Passing assignments from hand to hand. The caller commits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from mobilizer.accounts.models import User
from mobilizer.accounts.rules import Role
from mobilizer.assignments import queries as assignments
from mobilizer.assignments.actions import add, hold
from mobilizer.assignments.models import Assignment, Handover
from mobilizer.assignments.rules import Wish, check_mentor, check_reason, recognised, work_region
from mobilizer.audit.actions import record
from mobilizer.board.queries import Plan, begun_months, first_open, handed_by, plan_of
from mobilizer.board.rules import HANDED_OVER, check_first, nothing_left, parted, sending
from mobilizer.core import clock
from mobilizer.core.database import db, locked
from mobilizer.core.errors import RuleBroken
from mobilizer.core.months import Month
from mobilizer.core.words import N_
from mobilizer.jobs.actions import enqueue


@dataclass(frozen=True)
class Asked:
    """What passes to whom, from when on, and why."""

    assignment_id: str
    to_id: int
    first_month: date
    reason: str
    #: The form by which it passes with others.
    sending: str = ""


class Overtaken(RuleBroken):
    """Something changed since the preview was made; nothing was done."""

    def __init__(self) -> None:
        """Say what happened and what to do."""
        super().__init__(
            N_("Something has changed since this was shown: nothing was handed over. Look again.")
        )


def hand_over(asked: Asked, *, by: User) -> Handover:
    """End an assignment, and let another person go on with it from a month on.

    What was filed stays with its author, and so do its months. The same again changes nothing.

    Raises:
        RuleBroken: the months do not allow it, it was handed over to somebody else meanwhile or
            for another reason,
            the person is no mobilizer of the cycle or has this promise there already, or no
            reason is given.
    """
    handover, is_new = _hand_over(asked, by)
    if is_new:
        _let_know([handover])
    return handover


def change_over(plan: Plan, seen: str, reason: str, *, by: User) -> Sequence[Handover]:
    """Hand over all that a plan says, in one go. The same again changes nothing.

    Args:
        plan: as it was asked for; it is made anew, with nobody else changing anything.
        seen: the digest of the plan that was shown.
        reason: why, for each of them.
        by: a coordinator of the cycle.

    Raises:
        Overtaken: the plan would be another by now.
        RuleBroken: no reason is given.
    """
    hold(plan.cycle)
    db.session.expire_all()
    sent = sending(plan.of_id, plan.first_month, plan.taker_ids, seen=seen, reason=reason)
    if made := handed_by(plan.cycle, sent):
        return made
    now = plan_of(plan.cycle, plan.of_id, plan.first_month, plan.taker_ids)
    if now.digest != seen:
        raise Overtaken
    reason = check_reason(reason)
    done = [
        _hand_over(Asked(row.assignment.id, row.taker.id, row.first_month, reason, sent), by)[0]
        for row in now.passing
    ]
    if done:
        _let_know(done)
    return done


def _hand_over(asked: Asked, by: User) -> tuple[Handover, bool]:
    ended = db.session.get_one(Assignment, asked.assignment_id)
    hold(ended.cycle)
    # Whoever begins a report meanwhile waits here, or was first.
    ended = db.session.scalars(locked(select(Assignment).where(Assignment.id == ended.id))).one()
    before = db.session.scalar(assignments.handed_over(ended))
    if before is not None and _is_the_same(before, asked):
        _check_same_reason(before, asked)
        return before, False
    _check(ended, before, asked)
    begun = _begin(ended, asked, by)
    return _note(ended, begun, before, asked, by), True


def _is_the_same(made: Handover, asked: Asked) -> bool:
    return (made.begun.mobilizer_id, made.first_month) == (asked.to_id, asked.first_month)


def _check_same_reason(made: Handover, asked: Asked) -> None:
    if asked.reason.strip() != made.reason:
        raise RuleBroken(
            N_(
                "It has been handed over to %(name)s already, from %(month)s on. "
                "The reason that stands: “%(reason)s”"
            ),
            name=made.begun.mobilizer.shown_name,
            month=f"{made.first_month:%Y-%m}",
            reason=made.reason,
        )


def _check(ended: Assignment, before: Handover | None, asked: Asked) -> None:
    check_reason(asked.reason)
    if asked.to_id == ended.mobilizer_id:
        raise RuleBroken(N_("She has it already: choose another mobilizer."), field="mobilizer")
    if before is not None and asked.first_month > ended.last_month:
        raise RuleBroken(
            N_("It has been handed over to %(name)s already, from %(month)s on."),
            name=before.begun.mobilizer.shown_name,
            month=Month(before.first_month),
        )
    if ended.withdrawn_at is not None:
        raise nothing_left()
    begun = begun_months([ended.id])[ended.id]
    check_first(asked.first_month, ended, first_open(ended.cycle), begun)


def _begin(ended: Assignment, asked: Asked, by: User) -> Assignment:
    """The new one: held to the same rules as one that is assigned."""
    cycle = ended.cycle
    posting = db.session.scalars(
        assignments.posting(cycle, asked.to_id, Role.MOBILIZER)
        .join(User, User.id == asked.to_id)
        .where(User.deactivated_at.is_(None))
    ).first()
    if posting is None:
        raise RuleBroken(N_("This person is not a mobilizer of the cycle."), field="mobilizer")
    mentor_id = posting.mentor_id or ended.mentor_id
    check_mentor(asked.to_id, mentor_id, assignments.mentor_ids(cycle))
    _, (first, last) = parted(ended, asked.first_month)
    wish = Wish(asked.to_id, ended.promise_id, ended.place_id, first, last)
    held = db.session.scalars(assignments.like(ended.promise_id, ended.place_id)).all()
    if recognised(wish, held) is not None:
        raise RuleBroken(
            N_("She follows this promise in the same place and months already."), field="mobilizer"
        )
    place = ended.place
    region_id = work_region(place.region.id if place.region else None, posting.region_id)
    return add(cycle, wish, mentor_id, region_id, by=by)


def _note(
    ended: Assignment, begun: Assignment, before: Handover | None, asked: Asked, by: User
) -> Handover:
    was_until = max(ended.last_month, before.was_until) if before else ended.last_month
    (_, last), (first, _) = parted(ended, asked.first_month)
    ended.last_month = last
    if last < ended.first_month:  # All its months pass on.
        ended.withdrawn_at = clock.now()
    if before is not None:  # Whoever has it later goes on from the one who comes between.
        before.ended_id = begun.id
        db.session.flush()
    handover = Handover(
        ended_id=ended.id,
        begun_id=begun.id,
        first_month=first,
        was_until=was_until,
        reason=asked.reason.strip(),
        made_at=clock.now(),
        sending=asked.sending,
    )
    db.session.add(handover)
    db.session.flush()
    record(
        by,
        "assignment.hand_over",
        ended,
        vouches=ended,
        to=begun.id,
        mobilizer={"from": ended.mobilizer_id, "to": begun.mobilizer_id},
        first_month=first.isoformat(),
        last_month={"from": begun.last_month.isoformat(), "to": last.isoformat()},
    )
    return handover


def _let_know(handovers: Iterable[Handover]) -> None:
    """Have the people concerned told, once for all that passed."""
    ids = [handover.id for handover in handovers]
    enqueue(HANDED_OVER, f"{HANDED_OVER}:{ids[0]}:{len(ids)}", {"handovers": ids})
