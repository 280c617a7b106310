"""How one promise stands: its deadline, the steps that were taken, what was found each month."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from mobilizer.cycles.rules import month_after
from mobilizer.monitoring.rules.words import Answer, Stagnation, Step
from mobilizer.scoring.rules import Rating, headline


class Told(Protocol):
    """A finding, as far as it takes to know where and when it was made, and what it says."""

    @property
    def number(self) -> int:
        """Its place in the chain."""

    @property
    def place_id(self) -> int:
        """The place's key."""

    @property
    def month(self) -> date:
        """The first day of the month it is about."""

    @property
    def rating(self) -> Rating:
        """What it says."""

    @property
    def imported_from(self) -> str:
        """The tracker whose verdict it is; "" for our own."""

    @property
    def content(self) -> Mapping[str, Any]:
        """All that is published of it."""


Finding = TypeVar("Finding", bound=Told)


def latest_by_place(newest_first: Iterable[Finding]) -> list[Finding]:
    """The latest of some findings in each place, in the order they come."""
    seen: dict[int, Finding] = {}
    for finding in newest_first:
        seen.setdefault(finding.place_id, finding)
    return list(seen.values())


def monthly(newest_first: Iterable[Finding]) -> dict[int, list[Finding]]:
    """What stands of each month in each place, the earliest month first, by the place's key."""
    found: dict[int, dict[date, Finding]] = {}
    for finding in newest_first:
        found.setdefault(finding.place_id, {}).setdefault(finding.month, finding)
    return {place: sorted(of.values(), key=_by_month) for place, of in found.items()}


def _by_month(finding: Told) -> date:
    return finding.month


def reasons(finding: Told) -> list[Stagnation]:
    """Why a promise stands still, by a finding."""
    given = finding.content.get("answers", {}).get("stagnation") or ()
    return [reason for reason in Stagnation if reason in given]


# --- its deadline


class When(StrEnum):
    """How a day stands to a promised one."""

    AHEAD = "ahead"
    LATE = "late"
    #: It passed, and nothing says whether the promise is kept.
    PASSED = "passed"
    KEPT_LATE = "kept_late"


@dataclass(frozen=True)
class Due:
    """How many days it is to a deadline, or since; of what was kept late, at least so many."""

    when: When
    days: int


def due(
    due_on: date | None, rating: Rating, today: date, kept_from: date | None = None
) -> Due | None:
    """How a promise stands to its deadline; None without one, and for what was kept in time.

    Args:
        due_on: the last day on which it is in time.
        rating: its headline rating.
        today: the day the page is of.
        kept_from: the first day on which it can have been kept, as far as that is known (see
            ``kept_since``).
    """
    if due_on is None:
        return None
    if rating is Rating.KEPT:
        late = (kept_from - due_on).days if kept_from else 0
        return Due(When.KEPT_LATE, late) if late > 0 else None
    days = (today - due_on).days
    if days <= 0:
        return Due(When.AHEAD, -days)
    return Due(When.LATE if rating.counts else When.PASSED, days)


def kept_since(newest_first: Iterable[Told]) -> date | None:
    """The first day on which a promise that is kept as a whole can have been so.

    That is after the last month about which it was found not to be, in whatever place: nobody may
    have looked in the months after it. What cannot be rated does not tell that it was not kept,
    nor does another tracker's verdict tell of the month in which it was taken over.

    None where it is not kept now, and where nothing tells that it ever was not.
    """
    there = monthly(newest_first).values()
    if headline(months[-1].rating for months in there) is not Rating.KEPT:
        return None
    otherwise = [one.month for months in there for one in months if _was_not_kept(one)]
    return month_after(max(otherwise)) if otherwise else None


def _was_not_kept(finding: Told) -> bool:
    is_own = not finding.imported_from
    return is_own and finding.rating.counts and finding.rating is not Rating.KEPT


# --- its steps


@dataclass(frozen=True)
class Rung:
    """One step of carrying a promise out, and whether it was taken."""

    step: Step
    answer: Answer | None
    #: The furthest that was taken.
    is_current: bool


def ladder(finding: Told) -> list[Rung]:
    """The steps in their order, as a finding tells them; nothing where it tells of none."""
    answers = finding.content.get("answers", {})
    told = {step: answers.get(f"step_{step}") for step in Step}
    if not any(told.values()):
        return []
    taken = [step for step, answer in told.items() if answer == Answer.YES]
    known = set(Answer)
    return [
        Rung(step, Answer(answer) if answer in known else None, step in taken[-1:])
        for step, answer in told.items()
    ]
