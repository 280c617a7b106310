"""What is typed about a cycle as a whole."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, SelectField, StringField, SubmitField
from wtforms.validators import Optional, Regexp

from mobilizer.core import clock
from mobilizer.core.errors import RuleBroken
from mobilizer.core.forms import at_most, choices, given
from mobilizer.core.language import said
from mobilizer.core.shared import SharedForm
from mobilizer.cycles.actions import Settings
from mobilizer.cycles.forms.fields import MonthField, NamedForm, count_field, day_field
from mobilizer.cycles.models import Cycle
from mobilizer.cycles.rules import (
    FIRST_CYCLE_QUOTAS,
    Level,
    Quotas,
    Window,
    month_after,
    month_of,
    month_window,
)
from mobilizer.elections.models import Election
from mobilizer.places.models import Place

#: The clocks of the region. All of them tell the same time, but not by the same rules for ever.
ZONES = (
    "Europe/Skopje",
    "Europe/Belgrade",
    "Europe/Tirane",
    "Europe/Podgorica",
    "Europe/Sarajevo",
    "Europe/Zagreb",
    "Europe/Ljubljana",
    "Europe/Sofia",
    "Europe/Athens",
)
NEXT_MONTHS = 3

#: The settings that are stored as they are typed.
AS_TYPED = (
    "first_month",
    "last_month",
    "opens_day",
    "due_day",
    "closes_day",
    "time_zone",
    "least_rated",
    "review_days",
    "reply_days",
    "answer_days",
    "second_share",
    "is_public",
    "is_current",
)


class CycleForm(NamedForm, SharedForm):
    """A cycle's settings. ``form_for`` adds a number of mobilizers for each region."""

    regions: Sequence[Place] = ()

    code = StringField(
        lazy_gettext("Code"),
        [
            given(),
            at_most(40, at_least=2),
            Regexp(r"[a-z0-9]+(-[a-z0-9]+)*$", message=lazy_gettext("Use a-z, 0-9 and hyphens.")),
        ],
        filters=[lambda typed: typed.strip().lower() if typed else typed],
    )
    level = SelectField(lazy_gettext("Level"), [given()])
    election = SelectField(lazy_gettext("Election"), [Optional()], coerce=str)
    first_month = MonthField(lazy_gettext("First month"), [given()])
    last_month = MonthField(lazy_gettext("Last month"), [given()])
    opens_day = day_field(lazy_gettext("Opens on day"), 20)
    due_day = day_field(lazy_gettext("Due on day"), 28)
    closes_day = day_field(lazy_gettext("Closes on day"), 5)
    time_zone = SelectField(lazy_gettext("Time zone"), [given()], default=ZONES[0])
    mentors = count_field(lazy_gettext("Mentors in each region"), FIRST_CYCLE_QUOTAS.mentors)
    least_rated = count_field(
        lazy_gettext("Fewest rated promises for a percentage"), 5, least=1, most=100
    )
    review_days = count_field(lazy_gettext("Days for a review"), 7, least=1, most=60)
    reply_days = count_field(lazy_gettext("Days for a reply before publication"), 0, most=30)
    answer_days = count_field(lazy_gettext("Days to answer whoever asks"), 15, least=1, most=60)
    second_share = count_field(
        lazy_gettext("Reports that go to a second mentor, in percent"), 10, most=100
    )
    is_public = BooleanField(lazy_gettext("The public may see this cycle"))
    is_current = BooleanField(lazy_gettext("The public first page shows this cycle"))
    show_dates = SubmitField(lazy_gettext("Show the dates"))

    def offer(self, elections: Iterable[Election], zone: str | None = None) -> None:
        """Fill in what can be chosen; a time zone that is set already stays on offer."""
        self.level.choices = choices(Level)
        self.election.choices = [("", gettext("None"))] + [
            (election.code, str(said(election.names))) for election in elections
        ]
        own = (zone,) if zone and zone not in ZONES else ()
        self.time_zone.choices = [(name, name) for name in (*ZONES, *own)]

    def show(self, cycle: Cycle) -> None:
        """Put a cycle's settings into the fields."""
        for name in ("level", *AS_TYPED):
            self._fields[name].data = getattr(cycle, name)
        self.show_names(cycle.names)
        self.election.data = cycle.election.code if cycle.election else ""
        self.show_quotas(Quotas.from_data(cycle.quotas))

    def show_quotas(self, quotas: Quotas) -> None:
        """Put planned numbers into the fields."""
        self.mentors.data = quotas.mentors
        for region in self.regions:
            self.planned(region).data = quotas.of(region.code).mobilizers

    def planned(self, region: Place) -> Any:
        """The field for a region's number of mobilizers."""
        return self._fields[f"mobilizers_{region.id}"]

    @property
    def quotas(self) -> Quotas:
        """The planned numbers: what most regions have, and the regions that differ."""
        numbers = {region.code: int(self.planned(region).data) for region in self.regions}
        usual = Counter(numbers.values()).most_common(1)[0][0] if numbers else 0
        others = {code: number for code, number in numbers.items() if number != usual}
        return Quotas(usual, self.mentors.data or 0, others)

    def settings(self, elections: Iterable[Election]) -> Settings:
        """What was typed, as a cycle's settings."""
        typed: dict[str, Any] = {name: self._fields[name].data for name in AS_TYPED}
        return Settings(
            names=self.names,
            level=Level(self.level.data),
            election=next((e for e in elections if e.code == self.election.data), None),
            quotas=self.quotas,
            **typed,
        )

    def dates(self) -> list[tuple[date, Window]]:
        """What the days typed mean for the next months; nothing while they mean nothing."""
        first = max(month_of(clock.now().date()), self.first_month.data or date.min)
        days = (self.opens_day.data, self.due_day.data, self.closes_day.data)
        if None in days:
            return []
        try:
            return [
                (month, month_window(month, *map(int, days)))  # type: ignore[arg-type]  # none is None
                for month in (month_after(first, at) for at in range(NEXT_MONTHS))
            ]
        except RuleBroken:
            return []


def form_for(regions_of_it: Sequence[Place], *, is_new: bool, **how: Any) -> CycleForm:
    """A form for a cycle in a country with these regions. Its code is chosen once, at first.

    Args:
        regions_of_it: each has a number of mobilizers.
        is_new: whether the cycle is to be made.
        how: as any form takes it, such as ``formdata``.
    """
    fields: dict[str, Any] = {
        f"mobilizers_{region.id}": count_field(
            str(said(region.names)), FIRST_CYCLE_QUOTAS.of(region.code).mobilizers
        )
        for region in regions_of_it
    }
    made = type("CycleForm", (CycleForm,), {**fields, "regions": regions_of_it})
    form: CycleForm = made(**how)
    if is_new:
        del form.knew
    else:
        del form.code
    return form
