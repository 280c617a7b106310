"""What may be assigned to whom, and how many reports follow from it."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, TypeVar

from mobilizer.core.errors import RuleBroken
from mobilizer.core.months import Month
from mobilizer.core.words import N_, Word
from mobilizer.cycles.rules import check_months, month_of
from mobilizer.promises.rules import PromiseState, Testability


class AssignmentState(Word):
    """Whether somebody still works on it."""

    ACTIVE = "active", N_("Active")
    WITHDRAWN = "withdrawn", N_("Withdrawn")


class Span(Protocol):
    """Whatever goes from a first month to a last one."""

    @property
    def first_month(self) -> date: ...
    @property
    def last_month(self) -> date: ...


class Held(Span, Protocol):
    """An assignment, as far as these rules look at it."""

    @property
    def mobilizer_id(self) -> int: ...
    @property
    def promise_id(self) -> int: ...
    @property
    def place_id(self) -> int: ...
    @property
    def withdrawn_at(self) -> datetime | None: ...


AnyHeld = TypeVar("AnyHeld", bound=Held)


@dataclass(frozen=True)
class Wish:
    """An assignment that somebody wants to make."""

    mobilizer_id: int
    promise_id: int
    place_id: int
    first_month: date
    last_month: date
    withdrawn_at: datetime | None = None


# --- what a wish must fulfil


def check_span(wished: Span, cycle: Span) -> None:
    """The months must be in order and lie within the cycle's.

    Raises:
        RuleBroken: they do not.
    """
    check_months(wished.first_month, wished.last_month)
    if wished.first_month < cycle.first_month:
        raise RuleBroken(N_("The cycle begins only later."), field="first_month")
    if wished.last_month > cycle.last_month:
        raise RuleBroken(N_("The cycle ends before that."), field="last_month")


def check_promise(
    state: PromiseState, testability: Testability | None, *, is_duplicate: bool = False
) -> None:
    """Only what the gate has found testable is worth somebody's months.

    Raises:
        RuleBroken: the promise is still a draft, not testable, or a duplicate.
    """
    if is_duplicate:
        raise RuleBroken(
            N_("This promise is a duplicate: assign the one it repeats."), field="promise"
        )
    if state == PromiseState.DRAFT or testability is None:
        raise RuleBroken(
            N_("This promise has not been checked yet: it can be assigned once it is."),
            field="promise",
        )
    if testability != Testability.TESTABLE:
        raise RuleBroken(
            N_("This promise is not testable: nobody can monitor it."), field="promise"
        )


def no_promise(typed: object) -> RuleBroken:
    """What to say where no promise of the cycle has this number; another's may or may not."""
    return RuleBroken(
        N_("There is no promise “%(typed)s” in this cycle."), field="promise", typed=typed
    )


def check_place(place_and_above: Collection[int], promised: Collection[int]) -> None:
    """The place must be one the promise was made for, or lie inside one.

    Args:
        place_and_above: the ids of the place and of all that it lies in.
        promised: the ids of the promise's places.

    Raises:
        RuleBroken: it is not.
    """
    if set(place_and_above).isdisjoint(promised):
        raise RuleBroken(N_("The promise was not made for this place."), field="place")


def check_mentor(mobilizer_id: int, mentor_id: int | None, mentors: Collection[int]) -> None:
    """Every assignment has a mentor of the cycle, and nobody reviews her own work.

    Args:
        mobilizer_id: whose assignment it is to be.
        mentor_id: the mentor chosen, or else the mobilizer's dedicated one, if she has one.
        mentors: the ids of all who are mentors in the cycle.

    Raises:
        RuleBroken: there is no mentor, she is none in this cycle, or she is the mobilizer.
    """
    if mentor_id is None:
        raise RuleBroken(
            N_("This mobilizer has no dedicated mentor yet: choose a mentor."), field="mentor"
        )
    if mentor_id == mobilizer_id:
        raise RuleBroken(N_("Nobody can be her own mentor."), field="mentor")
    if mentor_id not in mentors:
        raise RuleBroken(N_("This person is not a mentor in this cycle."), field="mentor")


def work_region(of_place: int | None, of_mobilizer: int | None) -> int:
    """Where the work is: the place's region; for a whole country, the mobilizer's own.

    Raises:
        RuleBroken: neither has one.
    """
    region_id = of_place or of_mobilizer
    if region_id is None:
        raise RuleBroken(N_("This mobilizer has no region yet."), field="mobilizer")
    return region_id


# --- beside what is already assigned


def overlap(one: Span, other: Span) -> bool:
    """Whether the two have a month in common."""
    return one.first_month <= other.last_month and other.first_month <= one.last_month


def same_work(one: Held, other: Held) -> bool:
    """Whether both are about the same promise in the same place, with a month in common."""
    return (
        (one.promise_id, one.place_id) == (other.promise_id, other.place_id)
        and other.withdrawn_at is None
        and overlap(one, other)
    )


def recognised(wish: Wish, held: Iterable[AnyHeld]) -> AnyHeld | None:
    """The assignment that is exactly what is wished: it was sent before.

    Raises:
        RuleBroken: the mobilizer has this promise in this place in some of the months, but
            not in exactly these.
    """
    for other in held:
        if other.mobilizer_id == wish.mobilizer_id and same_work(wish, other):
            if (other.first_month, other.last_month) == (wish.first_month, wish.last_month):
                return other
            raise RuleBroken(
                N_(
                    "She already has this promise in this place from %(first)s to %(last)s. "
                    "Withdraw that assignment first, or choose other months."
                ),
                field="first_month",
                first=Month(other.first_month),
                last=Month(other.last_month),
            )
    return None


def shared(wish: Held, held: Iterable[AnyHeld]) -> Iterator[AnyHeld]:
    """The assignments of others to the same work: worth a warning, not forbidden."""
    return (
        other
        for other in held
        if other.mobilizer_id != wish.mobilizer_id and same_work(wish, other)
    )


# --- what follows from it


def is_expected(assignment: Held, month: date) -> bool:
    """Whether a report on this month is owed.

    A withdrawn assignment still counts for the months before the one in which it was
    withdrawn: what was owed then stays in that month's figures.
    """
    if not assignment.first_month <= month <= assignment.last_month:
        return False
    withdrawn_at = assignment.withdrawn_at
    return withdrawn_at is None or month < month_of(withdrawn_at.date())


def expected(assignments: Iterable[Held], month: date) -> int:
    """How many reports are owed for a month."""
    return sum(is_expected(assignment, month) for assignment in assignments)


def check_reason(reason: str) -> str:
    """A withdrawal says why.

    Raises:
        RuleBroken: no reason is given.
    """
    if not reason.strip():
        raise RuleBroken(N_("Say why: it stays in the record of this assignment."), field="reason")
    return reason.strip()
