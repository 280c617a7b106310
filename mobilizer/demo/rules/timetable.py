"""When what happens: every step of every report, in the order of time, up to the eve of today."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from mobilizer.cycles.rules import month_after
from mobilizer.demo.rules.courses import MONTHS, Course, Fate, Told
from mobilizer.demo.rules.story import chance

#: A month can be reported on from its first day, so that the present one is always open.
OPENS, DUE, CLOSES = 1, 25, 5


class Do(StrEnum):
    """A step that somebody takes."""

    TYPE = "type"
    SEND = "send"
    WITHDRAW = "withdraw"
    RETURN = "return"
    MEND = "mend"
    REJECT = "reject"
    LET_IN = "let in"
    APPROVE = "approve"


@dataclass(frozen=True)
class Watch:
    """One promise in one place, in the hands of one mobilizer."""

    #: What keeps it apart from all others, the same every time: "17 MK-609".
    key: str
    course: Course


@dataclass(frozen=True, order=True)
class Step:
    """One step on one report."""

    at: datetime
    key: str
    month: int
    do: Do
    told: Told


#: What follows a report, and how many days after it was sent.
FOLLOWS: dict[Fate, tuple[tuple[int, Do], ...]] = {
    Fate.APPROVED: ((2, Do.APPROVE),),
    Fate.CONTRADICTORY: ((3, Do.APPROVE),),
    Fate.LATE: ((2, Do.APPROVE),),
    Fate.MENDED: ((1, Do.RETURN), (3, Do.MEND), (5, Do.APPROVE)),
    Fate.RETURNED: ((2, Do.RETURN),),
    Fate.REJECTED: ((3, Do.REJECT),),
    Fate.WITHDRAWN: ((1, Do.WITHDRAW),),
    Fate.LET_IN: ((1, Do.LET_IN), (2, Do.APPROVE)),
    Fate.WAITING: (),
    Fate.DISPUTED: (),
    Fate.QUARANTINED: (),
    Fate.DRAFT: (),
}


def months_of(today: date) -> tuple[date, ...]:
    """The months of the story on a day: the present one is the last."""
    return tuple(month_after(today.replace(day=1), at - MONTHS + 1) for at in range(MONTHS))


def steps(watches: Iterable[Watch], today: date, zone: str) -> list[Step]:
    """All steps that were taken before a day began, in the order of time."""
    eve = datetime.combine(today, time(), ZoneInfo(zone))
    months = months_of(today)
    every = [step for watch in watches for step in _of_watch(watch, months, eve)]
    return sorted((step for step in every if step.at < eve), key=lambda step: step.at)


def _of_watch(watch: Watch, months: tuple[date, ...], eve: datetime) -> Iterator[Step]:
    for at, told in enumerate(watch.course.months):
        if told is not None:
            key = f"{watch.key} {at}"
            sent = _sent_at(key, told.fate, months[at], eve)
            first = Do.TYPE if told.fate is Fate.DRAFT else Do.SEND
            for days, do in ((0, first), *FOLLOWS[told.fate]):
                later = timedelta(days=days, minutes=chance(f"{key} {do}", 240) if days else 0)
                yield Step(sent + later, watch.key, at, do, told)


def _sent_at(key: str, fate: Fate, month: date, eve: datetime) -> datetime:
    if fate in (Fate.QUARANTINED, Fate.LET_IN):
        day = month_after(month) + timedelta(days=CLOSES + chance(key, 3))
    elif fate is Fate.LATE:
        day = month.replace(day=DUE + 1 + chance(key, 3))
    elif fate in (Fate.WAITING, Fate.DISPUTED) and month == eve.date().replace(day=1):
        # Most of what waits came in this week; what waits since an older month is overdue.
        day = max(month, eve.date() - timedelta(days=1 + chance(key, 9)))
    else:
        day = month.replace(day=4 + chance(key, 16))
    minutes = 8 * 60 + chance(f"{key} hour", 11 * 60)
    return datetime.combine(day, time(minutes // 60, minutes % 60), eve.tzinfo)
