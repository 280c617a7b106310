"""When an assignment can be handed over, what becomes of its months, and who takes how many.

Each month belongs to exactly one of the two: the old one ends in the month before, the new one
goes on to the end. What was filed stays with its author.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from mobilizer.assignments.rules import Span
from mobilizer.core.errors import RuleBroken
from mobilizer.core.months import Month
from mobilizer.core.words import N_
from mobilizer.cycles.rules import month_after

#: The kind of job that tells the two people concerned, once for all that passed at a time.
HANDED_OVER = "assignment.handed_over"

#: The months from a first to a last one, both included; none where the last comes before.
Months = tuple[date, date]


@dataclass(frozen=True)
class Gone:
    """What somebody who is no longer there has left behind in a cycle."""

    assignments: int = 0
    waiting: int = 0
    returned: int = 0


def earliest(held: Span, at_hand: date, begun: Collection[date]) -> date | None:
    """The first month from which an assignment can be handed over; None when none is left.

    Args:
        held: the assignment.
        at_hand: the month that is worked on now: what was owed before stays with her.
        begun: the months in which she has typed or sent something that she did not take back.
    """
    free = [month_after(month) for month in begun]
    first = max([at_hand, held.first_month, *free])
    return first if first <= held.last_month else None


def check_first(wished: date, held: Span, at_hand: date, begun: Collection[date]) -> None:
    """Hold the first month of the new one to the rules.

    Raises:
        RuleBroken: nothing is left to hand over then, the month is past, or she has begun it.
    """
    first = earliest(held, at_hand, begun)
    if first is None:
        raise nothing_left()
    if wished.day != 1:
        raise RuleBroken(N_("A month is given by its first day."), field="first_month")
    if wished > held.last_month:
        raise ends_before(held)
    if wished >= first:
        return
    began = max((month for month in begun if month >= wished), default=None)
    if began is not None:
        raise RuleBroken(
            N_(
                "Her report on %(month)s is begun or filed and stays hers: "
                "hand over from %(first)s on."
            ),
            field="first_month",
            month=Month(began),
            first=Month(first),
        )
    raise RuleBroken(
        N_("What came before stays as it is: hand over from %(first)s on."),
        field="first_month",
        first=Month(first),
    )


def ends_before(held: Span) -> RuleBroken:
    """What to say of an assignment that ends before the month from which it is to pass on."""
    return RuleBroken(
        N_("This assignment ends in %(month)s: nothing is left to hand over after that."),
        field="first_month",
        month=Month(held.last_month),
    )


def nothing_left() -> RuleBroken:
    """What to say of an assignment that has ended, or whose last month is begun."""
    return RuleBroken(N_("This assignment has no month left that could be handed over."))


def parted(held: Span, first: date) -> tuple[Months, Months]:
    """The months of the old one, none if all of them pass on, and those of the new one."""
    return (held.first_month, month_after(first, -1)), (first, held.last_month)


# --- many at once


@dataclass(frozen=True)
class Passing:
    """An assignment that is to pass to somebody: from when on, and who cannot take it."""

    key: str
    first_month: date | None
    #: Who has the same promise in the same place in some of the months already.
    have_it: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Spread:
    """Who takes what: the assignments' keys with a person each, and those nobody can take."""

    to: Mapping[str, int] = field(default_factory=dict)
    to_nobody: tuple[str, ...] = ()


def spread(passing: Iterable[Passing], takers: Sequence[int], loads: Mapping[int, int]) -> Spread:
    """Give each to whoever has least by then, the first named of several.

    Args:
        passing: in the order in which they are given.
        takers: who can take them, in the order in which they were named.
        loads: how many each has already.
    """
    carries = {taker: loads.get(taker, 0) for taker in takers}
    to: dict[str, int] = {}
    to_nobody: list[str] = []
    for one in passing:
        can = [taker for taker in carries if taker not in one.have_it]
        if not can or one.first_month is None:
            to_nobody.append(one.key)
            continue
        taker = min(can, key=lambda person: carries[person])
        carries[taker] += 1
        to[one.key] = taker
    return Spread(to, tuple(to_nobody))


def digest(rows: Iterable[tuple[str, int, date]]) -> str:
    """Names a plan, so that what is confirmed is what was shown."""
    return _named(f"{key} {taker} {first.isoformat()}" for key, taker, first in rows)


def sending(
    of: object, first_month: date | None, to: Iterable[object], *, seen: str, reason: str
) -> str:
    """Names all that was sent to hand over many, so that the same sent twice is known again."""
    return _named([f"{of} {first_month}", " ".join(map(str, to)), seen, reason.strip()])


def _named(lines: Iterable[str]) -> str:
    return sha256("\n".join(lines).encode()).hexdigest()[:32]
