"""The day a public page is of: today, or an earlier one that its address asks for."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import g, request

from mobilizer.core import clock
from mobilizer.core.errors import RuleBroken
from mobilizer.core.forms import translated
from mobilizer.cycles.models import Cycle
from mobilizer.promises.models import Promise
from mobilizer.publication.rules.pages import KEPT
from mobilizer.scorecards.forms import LONGEST_SHOWN, DayForm
from mobilizer.scorecards.queries import end_of_day
from mobilizer.scorecards.queries.days import day_asked, first_day


@dataclass(frozen=True)
class Chosen:
    """The day a page is of, and the form by which another one is chosen.

    ``since`` and ``today``: the first and the last day that can be chosen. ``past`` is None on a
    page of today.
    """

    cycle: Cycle
    day: date
    since: date
    today: date
    form: DayForm

    @property
    def past(self) -> date | None:
        """The day, if it is over."""
        return self.day if self.day < self.today else None

    @property
    def moment(self) -> datetime | None:
        """The end of the day, if it is over."""
        return end_of_day(self.past, self.cycle) if self.past else None

    @property
    def is_refused(self) -> bool:
        """Whether something was asked for that is no such day: the page is today's then."""
        return bool(self.form.as_of.errors)


def chosen_day(cycle: Cycle, promise: Promise | None = None) -> Chosen:
    """The day that the address asks for, else today where the cycle is.

    A day that cannot be shown is told beside its field, with what was typed still in it.
    """
    today, (since, _) = clock.today(cycle.time_zone), first_day(cycle, promise)
    asked = request.args.getlist("as_of")
    form = DayForm(formdata=None)
    try:
        day = day_asked(asked, cycle, promise) or today
    except RuleBroken as fault:
        day = today
        form.as_of.data = " ".join(filter(None, asked))[:LONGEST_SHOWN]
        form.as_of.errors = [translated(fault)]
    else:
        form.as_of.data = day.isoformat()
    g.chosen_day = found = Chosen(cycle, day, since, today, form)
    return found


def keep_the_day(endpoint: str, values: dict[str, Any]) -> None:
    """Let every link from a page of an earlier day lead to that day, within its cycle."""
    chosen: Chosen | None = g.get("chosen_day")
    if chosen is None or chosen.past is None or "as_of" not in KEPT.get(endpoint, ()):
        return
    if _stays(chosen, endpoint, values):
        values.setdefault("as_of", chosen.past.isoformat())


def _stays(chosen: Chosen, endpoint: str, values: dict[str, Any]) -> bool:
    """Whether a link leads to a page of the same cycle: another began on another day."""
    if "number" in values:
        return True
    is_cycle = endpoint == "scorecards.cycle"
    named = values.get("code" if is_cycle else "cycle")
    return named == chosen.cycle.code or (named is None and chosen.cycle.is_current)
