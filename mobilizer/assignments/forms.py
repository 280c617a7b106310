"""What is typed when promises are assigned."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask_babel import force_locale, gettext, lazy_gettext
from flask_wtf.file import FileField
from wtforms import IntegerField, SelectField, TextAreaField
from wtforms.validators import NumberRange
from wtforms.widgets import NumberInput

from mobilizer.accounts.models import User
from mobilizer.assignments.rules import table
from mobilizer.assignments.rules.table import Column, Table
from mobilizer.core.errors import RuleBroken
from mobilizer.core.forms import Form, at_most, given
from mobilizer.core.language import LOCALES, said
from mobilizer.cycles.forms import MonthField
from mobilizer.places.models import Place
from mobilizer.places.rules import PlaceKind

MOST_NUMBER = 2**31 - 1


class PromiseForm(Form):
    """Which promise: the first step, sent by GET."""

    class Meta(Form.Meta):
        """Nothing changes by it, so no token goes with it."""

        csrf = False

    promise = IntegerField(
        lazy_gettext("Promise number"),
        [given(), NumberRange(1, MOST_NUMBER)],
        widget=NumberInput(min=1),
    )


class AssignForm(Form):
    """Who follows a promise, where, from when to when."""

    mobilizer = SelectField(lazy_gettext("Mobilizer"), [given()], coerce=str)
    place = SelectField(lazy_gettext("Place"), [given()], coerce=str)
    first_month = MonthField(lazy_gettext("First month"), [given()])
    last_month = MonthField(lazy_gettext("Last month"), [given()])
    mentor = SelectField(lazy_gettext("Mentor"), coerce=str)

    def offer(
        self, people: Iterable[User], mentors: Iterable[User], places: Iterable[Place]
    ) -> None:
        """Fill in who and where."""
        first = ("", gettext("Choose"))
        self.mobilizer.choices = [first] + [(str(one.id), one.shown_name) for one in people]
        dedicated = ("", gettext("Her dedicated mentor"))
        self.mentor.choices = [dedicated] + [(str(one.id), one.shown_name) for one in mentors]
        self.place.choices = {"": [first], **_by_region(places)} if places else [first]

    @property
    def months(self) -> tuple[date, date]:
        """The first and the last month."""
        return self.first_month.data, self.last_month.data


def _by_region(places: Iterable[Place]) -> dict[str, list[tuple[str, str]]]:
    """Places under the names of their regions; a country, and regions themselves, come first."""
    groups: dict[str, list[tuple[str, str]]] = {}
    ordered = sorted(places, key=lambda place: (place.kind != PlaceKind.COUNTRY, place.code))
    for place in ordered:
        region = place.region
        above = region if place.kind == PlaceKind.MUNICIPALITY and region else None
        group = str(said(above.names)) if above else gettext("Country and regions")
        groups.setdefault(group, []).append((str(place.id), str(said(place.names))))
    return groups


class WithdrawForm(Form):
    """Why an assignment ends."""

    reason = TextAreaField(lazy_gettext("Reason"), [given(), at_most(600)])


class TableForm(Form):
    """Many assignments: rows that were pasted, or a file of them."""

    file = FileField(lazy_gettext("A CSV file"))
    rows = TextAreaField(lazy_gettext("Or rows pasted from a spreadsheet"))

    def read(self) -> Table:
        """The table that was sent, taken apart; what was uploaded then stands in the field."""
        upload = self.file.data
        if upload is not None and upload.filename:
            try:
                with upload.stream as stream:
                    self.rows.data = table.decoded(stream.read(table.MOST_BYTES + 1))
            except RuleBroken as error:
                self.rows.data = ""
                return Table(faults=[table.Fault(error)])
        return table.read(self.rows.data or "", headings())


def headings() -> Mapping[str, Column]:
    """The columns by their labels in every language, so that each may write her own."""
    labels: dict[str, Column] = {}
    for locale in LOCALES.values():
        with force_locale(locale):
            labels |= {gettext(column.label): column for column in Column}
    return table.known_headings(labels)


class FilterForm(Form):
    """What a list of assignments is narrowed by, sent by GET."""

    class Meta(Form.Meta):
        """Nothing changes by it, so no token goes with it."""

        csrf = False

    cycle = SelectField(lazy_gettext("Cycle"), coerce=str)
    region = SelectField(lazy_gettext("Region"), coerce=str)
    mobilizer = SelectField(lazy_gettext("Mobilizer"), coerce=str)
    promise = SelectField(lazy_gettext("State of the promise"), coerce=str)
    state = SelectField(lazy_gettext("State of the assignment"), coerce=str)

    def offer(self, **offered: Iterable[tuple[str, str]]) -> None:
        """Fill in what can be chosen; each list begins with all."""
        for name, some in offered.items():
            self._fields[name].choices = [("", gettext("All")), *some]

    def chosen(self, name: str) -> Any:
        """What was chosen; None for all, and for what cannot be chosen."""
        field = self._fields[name]
        offered = {value for value, _ in field.choices or []}
        return field.data if field.data and field.data in offered else None
