"""What every form does the same way."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import get_domain, gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import (
    Field,
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from mobilizer.core import nul
from mobilizer.core.errors import RuleBroken
from mobilizer.core.formats import day, month
from mobilizer.core.months import Month
from mobilizer.core.text import visible
from mobilizer.core.words import N_, NN_, Word

#: Fields whose text is nobody's to read.
UNTYPED = (PasswordField, HiddenField)


class Form(FlaskForm):
    """A form with a token against forgery, whose errors are in the page's language."""

    class Meta(FlaskForm.Meta):
        """Take WTForms' own messages from our catalogues, so that all four languages have them."""

        def get_translations(self, form: Any) -> Any:
            """Our catalogue, under the names WTForms asks for."""
            return _OurCatalogue()

        def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Any:
            """Take only what can be seen where people type; not from passwords and addresses."""
            field = super().bind_field(form, unbound_field, options)
            field.validators = (nul.told, *field.validators)
            if isinstance(field, StringField) and not isinstance(field, UNTYPED):
                field.filters = (_seen, *field.filters)
            return field

    def strike(self, error: RuleBroken) -> None:
        """Put all that is wrong beside the fields it is about, or above the form."""
        for one in error.each:
            message, field = translated(one), self._fields.get(one.field or "")
            if field is None:
                self.form_errors.append(message)
            else:
                field.errors = [*field.errors, message]


def _seen(typed: Any) -> Any:
    return visible(typed) if isinstance(typed, str) else typed


class _OurCatalogue:
    def gettext(self, message: str) -> str:
        return str(gettext(message))

    def ngettext(self, one: str, many: str, n: int) -> str:
        # WTForms fills the placeholders in itself; Babel's own function would try to.
        return str(get_domain().get_translations().ngettext(one, many, n))


#: What WTForms itself says, marked here so that our catalogues hold it.
WTFORMS_SAYS = (
    N_("This field is required."),
    N_("Not a valid choice."),
    N_("Invalid Choice: could not coerce."),
    N_("Not a valid integer value."),
    N_("Not a valid decimal value."),
    N_("Not a valid date value."),
    N_("Invalid input."),
    N_("Number must be at least %(min)s."),
    N_("Number must be at most %(max)s."),
    N_("Number must be between %(min)s and %(max)s."),
    N_("The CSRF token is missing."),
    N_("The CSRF token is invalid."),
    N_("The CSRF session token is missing."),
    N_("The CSRF tokens do not match."),
    NN_(
        "Field must be at least %(min)d character long.",
        "Field must be at least %(min)d characters long.",
    ),
    NN_(
        "Field cannot be longer than %(max)d character.",
        "Field cannot be longer than %(max)d characters.",
    ),
    NN_(
        "Field must be exactly %(max)d character long.",
        "Field must be exactly %(max)d characters long.",
    ),
    N_("Field must be between %(min)d and %(max)d characters long."),
)


def translated(error: RuleBroken) -> str:
    """A broken rule's message in the page's language."""
    return gettext(error.message, **{key: _value(v) for key, v in error.params.items()})


def _value(value: object) -> object:
    if isinstance(value, Month):
        return month(value.first_day)
    if isinstance(value, date):
        return day(value)
    return gettext(value.label) if isinstance(value, Word) else value


def choices(kind: Iterable[Word], *, empty: str | None = None) -> list[tuple[str, str]]:
    """A feature's words as the choices of a field, translated when the page is made."""
    offered = [(word.value, gettext(word.label)) for word in kind]
    return [("", gettext(empty)), *offered] if empty is not None else offered


class Given(InputRequired):
    """Something must be typed or chosen; spaces and what nobody sees are nothing."""

    def __call__(self, form: Any, field: Any) -> None:
        """Refuse what is empty once the space around it is gone."""
        typed = field.raw_data[0] if field.raw_data else None
        if isinstance(typed, str) and not visible(typed).strip():
            field.errors[:] = []
            raise StopValidation(self.message or "")
        super().__call__(form, field)


def given(message: str = N_("This is needed.")) -> InputRequired:
    """Something must be typed or chosen."""
    return Given(lazy_gettext(message))


def at_most(length: int, at_least: int = 0) -> Length:
    """A text's greatest and least length, in characters."""
    return Length(min=at_least or -1, max=length)


class ManyField(SelectMultipleField):
    """Several choices, as boxes to tick: usable on a phone, and without a keyboard."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def pre_validate(self, form: Any) -> None:
        """Refuse what was not offered, in words that our catalogues hold."""
        try:
            super().pre_validate(form)
        except ValidationError as refused:
            raise ValidationError(gettext("Not a valid choice.")) from refused


class OneField(RadioField):
    """One of a few choices, all in view."""


def filled(field: Field, kind: Iterable[Word], *, empty: str | None = None) -> None:
    """Give a choice field a feature's words in the page's language."""
    if isinstance(field, SelectField | SelectMultipleField | RadioField):
        field.choices = choices(kind, empty=empty)
