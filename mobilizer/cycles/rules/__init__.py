"""Months and their windows, what counts as on time, and how many people a cycle plans for.

A month is a date: its first day. A window's days are dates in the cycle's time zone, and each
of them counts to its end: an entry received on the closing day is not yet after close.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Self

from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_, Word

#: The longest cycle, in months: two mandates of four years.
LONGEST = 96

#: A day of the month that every month has.
LAST_SURE_DAY = 28

#: A phone whose clock is off by this much or more is not believed.
CLOCK_BOUND = timedelta(hours=24)


class Level(Word):
    """The level of government whose promises a cycle follows."""

    CENTRAL = "central", N_("Central government")
    LOCAL = "local", N_("Local government")


class Timeliness(Word):
    """When an entry came in, measured by the window of its month."""

    ON_TIME = "on_time", N_("On time")
    ON_TIME_SENT_LATE = "on_time_sent_late", N_("On time, sent late")
    LATE = "late", N_("Late")
    AFTER_CLOSE = "after_close", N_("After close")

    @property
    def in_time(self) -> bool:
        """Whether it counts as on time: timeliness is the share of these among the expected."""
        return self in (Timeliness.ON_TIME, Timeliness.ON_TIME_SENT_LATE)

    @property
    def quarantined(self) -> bool:
        """Whether it is kept apart for the coordinator; it is never refused."""
        return self is Timeliness.AFTER_CLOSE


# --- months


def month_of(day: date) -> date:
    """The month a day lies in."""
    return day.replace(day=1)


def month_after(month: date, months: int = 1) -> date:
    """The month that many months later; earlier where the number is negative."""
    years, index = divmod(month.month - 1 + months, 12)
    return date(month.year + years, index + 1, 1)


def months_between(first: date, last: date) -> tuple[date, ...]:
    """All months from the first to the last, both included; none if the last comes before."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return tuple(month_after(first, at) for at in range(count))


def check_months(first: date, last: date) -> None:
    """Hold a cycle's or an assignment's first and last month to the rules.

    Raises:
        RuleBroken: a date is not the first of a month, the last month comes before the first,
            or there are more than ``LONGEST`` of them.
    """
    for name, month in (("first_month", first), ("last_month", last)):
        if month.day != 1:
            raise RuleBroken(N_("A month is given by its first day."), field=name)
    if last < first:
        raise RuleBroken(N_("The last month comes before the first."), field="last_month")
    if len(months_between(first, last)) > LONGEST:
        raise RuleBroken(
            N_("A cycle has at most %(months)s months."), field="last_month", months=LONGEST
        )


# --- the window of a month


@dataclass(frozen=True)
class Window:
    """When entries of one month may be filed: three dates, each counting to its end."""

    opens: date
    due: date
    closes: date

    def is_open(self, day: date) -> bool:
        """Whether entries of the month may be filed on this day."""
        return self.opens <= day <= self.closes

    def extended(self, until: date) -> Self:
        """The window of one person who may file until a later day: never shorter than it was."""
        return type(self)(self.opens, max(self.due, until), max(self.closes, until))


def check_days(opens: int, due: int, closes: int) -> None:
    """Hold the three day numbers of a cycle to the rules.

    Raises:
        RuleBroken: a number lies outside 1 to 28, or the order of the three would take two
            turns of the month, so that a month closed only in the second month after it.
    """
    for name, day in (("opens_day", opens), ("due_day", due), ("closes_day", closes)):
        if not 1 <= day <= LAST_SURE_DAY:
            raise RuleBroken(
                N_("Choose a day from 1 to %(last)s, which every month has."),
                field=name,
                last=LAST_SURE_DAY,
            )
    if closes < due < opens:
        raise RuleBroken(
            N_("A month must close before the end of the month after it."), field="closes_day"
        )


def month_window(month: date, opens_day: int, due_day: int, closes_day: int) -> Window:
    """The window of a month, from the three day numbers of its cycle.

    A number smaller than the one before it falls in the following month: with 20, 5 and 10,
    November opens on 20 November, is due on 5 December and closes on 10 December.

    Raises:
        RuleBroken: the numbers are not days of a window (see ``check_days``).
    """
    check_days(opens_day, due_day, closes_day)
    opens = month.replace(day=opens_day)
    due = _next_such_day(opens, due_day)
    return Window(opens, due, _next_such_day(due, closes_day))


def _next_such_day(after: date, day: int) -> date:
    month = month_of(after) if day >= after.day else month_after(month_of(after))
    return month.replace(day=day)


def standing(
    window: Window,
    received: date,
    *,
    saved: date | None = None,
    clock_off: timedelta | None = None,
) -> Timeliness:
    """How an entry stands to the window of its month, extended for its author or not.

    On time is what is received by the due day; or saved on the phone by then and received
    before close, if the phone's clock can be believed. An entry is never too early.

    Args:
        window: of the month.
        received: the day it came in, by the server's clock, in the cycle's time zone.
        saved: the day it was saved by the phone's own clock, in the cycle's time zone; None
            for what was typed into the server's own pages.
        clock_off: by how much the phone's clock differed from the server's when it sent, ahead
            or behind; 24 hours or more, or None for unknown, and ``saved`` is not believed.
    """
    if received <= window.due:
        return Timeliness.ON_TIME
    if received > window.closes:
        return Timeliness.AFTER_CLOSE
    if saved is None or saved > window.due:
        return Timeliness.LATE
    believed = clock_off is not None and abs(clock_off) < CLOCK_BOUND
    return Timeliness.ON_TIME_SENT_LATE if believed else Timeliness.LATE


def check_extension(window: Window, until: date, reason: str) -> None:
    """Hold one person's extension of one month to the rules.

    Raises:
        RuleBroken: it has no reason, ends no later than the month is due anyway, or later
            than a month after its close.
    """
    if not reason.strip():
        raise RuleBroken(N_("Say why: an extension needs a reason."), field="reason")
    if until <= window.due:
        raise RuleBroken(
            N_("An extension ends after the day on which the month is due."), field="until"
        )
    latest = month_after(month_of(window.closes)).replace(day=window.closes.day)
    if until > latest:
        raise RuleBroken(
            N_("An extension ends at most one month after the close: on %(latest)s."),
            field="until",
            latest=latest,
        )


# --- quotas


@dataclass(frozen=True)
class Headcount:
    """People posted to, or planned for, one region."""

    mobilizers: int = 0
    mentors: int = 0


@dataclass(frozen=True)
class Quotas:
    """How many people a cycle plans for in each region.

    ``mobilizers`` and ``mentors`` hold for every region, except where ``mobilizers_in`` names
    another number of mobilizers by the region's code.
    """

    mobilizers: int = 0
    mentors: int = 0
    mobilizers_in: Mapping[str, int] = field(default_factory=dict)

    def of(self, region: str) -> Headcount:
        """The planned numbers of a region, by its code."""
        return Headcount(self.mobilizers_in.get(region, self.mobilizers), self.mentors)

    def of_all(self, regions: Iterable[str]) -> Headcount:
        """The planned numbers of some regions together."""
        planned = [self.of(region) for region in regions]
        return Headcount(
            sum(one.mobilizers for one in planned), sum(one.mentors for one in planned)
        )

    def as_data(self) -> dict[str, Any]:
        """The quotas as a cycle stores them."""
        return {
            "mobilizers": self.mobilizers,
            "mentors": self.mentors,
            "mobilizers_in": dict(self.mobilizers_in),
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """The quotas from what a cycle stores; what is absent is not planned."""
        return cls(**data)


@dataclass(frozen=True)
class QuotaWarning:
    """A region where there are more or fewer people than planned.

    ``message`` is a message id with the placeholders ``counted`` and ``planned``; the page
    says the region's name before it.
    """

    region: str
    message: str
    counted: int
    planned: int


#: The first cycle: 17 mobilizers, three in Skopje and two in each of the other seven regions,
#: and a mentor in each, so that every mobilizer has exactly one.
FIRST_CYCLE_QUOTAS = Quotas(mobilizers=2, mentors=1, mobilizers_in={"MK008": 3})


def quota_warnings(quotas: Quotas, counted: Mapping[str, Headcount]) -> tuple[QuotaWarning, ...]:
    """Where the people posted differ from the plan. It warns; nothing is blocked.

    Args:
        quotas: of the cycle.
        counted: people posted now, by the code of every region of the cycle, also of those
            with nobody; answered in this order.
    """
    warnings: list[QuotaWarning] = []
    for region, there in counted.items():
        planned = quotas.of(region)
        if there.mobilizers != planned.mobilizers:
            message = N_("%(counted)s mobilizers, %(planned)s planned")
            warnings.append(QuotaWarning(region, message, there.mobilizers, planned.mobilizers))
        if there.mentors != planned.mentors:
            message = N_("%(counted)s mentors, %(planned)s planned")
            warnings.append(QuotaWarning(region, message, there.mentors, planned.mentors))
    return tuple(warnings)
