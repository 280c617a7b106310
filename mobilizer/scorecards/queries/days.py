"""As of which day something is asked: of pages, of the API and of the command line alike."""

from collections.abc import Sequence
from datetime import date

from mobilizer.core import clock
from mobilizer.core.words import N_
from mobilizer.cycles.models import Cycle
from mobilizer.cycles.rules.days import THIS_CYCLE, as_of_day
from mobilizer.promises.models import Promise

THIS_PROMISE = N_("This promise was published on %(day)s. Choose that day or a later one.")


def first_day(cycle: Cycle, promise: Promise | None = None) -> tuple[date, str]:
    """The first day of which a cycle or a promise tells something, and what is said of an earlier.

    A promise tells nothing before its cycle began, however early it was published.
    """
    today, since, too_early = clock.today(cycle.time_zone), cycle.first_month, THIS_CYCLE
    if promise is not None and promise.published_at is not None:
        published_on = clock.day_of(promise.published_at, cycle.time_zone)
        if published_on > since:
            since, too_early = published_on, THIS_PROMISE
    return min(since, today), too_early


def day_asked(asked: Sequence[str], cycle: Cycle, promise: Promise | None = None) -> date | None:
    """The day as of which something is asked; None where none is said.

    Args:
        asked: all that was given for it, as it was typed.
        cycle: whose numbers are asked for.
        promise: the one that is asked for, if it is one.

    Raises:
        RuleBroken: it is no day, two, or one of which nothing can be told.
    """
    since, too_early = first_day(cycle, promise)
    return as_of_day(asked, since, clock.today(cycle.time_zone), too_early)
