"""Fields that the forms of a cycle, and of what stands in one, have in common."""

from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import Field, IntegerField, StringField
from wtforms.validators import NumberRange
from wtforms.widgets import MonthInput, NumberInput

from mobilizer.core import months
from mobilizer.core.database import Names
from mobilizer.core.errors import RuleBroken
from mobilizer.core.forms import Form, at_most, given
from mobilizer.core.language import LANGUAGES, current
from mobilizer.core.words import N_
from mobilizer.cycles.rules import LAST_SURE_DAY

MOST_PEOPLE = 99


class MonthField(Field):
    """A month, from the browser's picker or typed such as 2026-11 or 11/2026."""

    widget = MonthInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return self.data.strftime("%Y-%m") if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Understand what was typed.

        Raises:
            ValueError: it is not a month.
        """
        self.data = months.parse(valuelist[0]) if valuelist else None
        if self.data is None and valuelist and valuelist[0].strip():
            raise ValueError(gettext("This is not a month. Write it such as 2026-11."))


class Named:
    """Fields for a name in each language; the page's own language is needed."""

    name_en = StringField(lazy_gettext("Name in English"), [at_most(120)])
    name_sq = StringField(lazy_gettext("Name in Albanian"), [at_most(120)])
    name_mk = StringField(lazy_gettext("Name in Macedonian"), [at_most(120)])
    name_sr = StringField(lazy_gettext("Name in Serbian"), [at_most(120)])

    _fields: dict[str, Any]

    @property
    def name_fields(self) -> list[Any]:
        """The fields, the page's own language first."""
        ordered = sorted(LANGUAGES, key=lambda code: code != current())
        return [self._fields[f"name_{code}"] for code in ordered]

    @property
    def names(self) -> Names:
        """What was typed, without the languages left empty."""
        typed = {code: (self._fields[f"name_{code}"].data or "").strip() for code in LANGUAGES}
        return {code: name for code, name in typed.items() if name}

    def show_names(self, names: Names) -> None:
        """Put the names there are into the fields."""
        for code in LANGUAGES:
            self._fields[f"name_{code}"].data = names.get(code, "")


class NamedForm(Named, Form):
    """A form with names in four languages."""

    def validate(self, extra_validators: Any = None) -> bool:
        """Hold what was typed to its shape; a name in the page's own language is needed."""
        valid = super().validate(extra_validators)
        if current() in self.names:
            return bool(valid)
        self.strike(RuleBroken(N_("A name in your own language is needed."), field="names"))
        return False

    def strike(self, error: RuleBroken) -> None:
        """Put what is wrong with the names beside the first of them."""
        if error.field == "names":
            error.field = f"name_{current()}"
        super().strike(error)


def day_field(label: Any, default: int) -> IntegerField:
    """A day that every month has."""
    return IntegerField(
        label,
        [given(), NumberRange(1, LAST_SURE_DAY)],
        default=default,
        widget=NumberInput(min=1, max=LAST_SURE_DAY),
    )


def count_field(label: Any, default: int, least: int = 0, most: int = MOST_PEOPLE) -> IntegerField:
    """A small number."""
    return IntegerField(
        label,
        [given(), NumberRange(least, most)],
        default=default,
        widget=NumberInput(min=least, max=most),
    )
