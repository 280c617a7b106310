"""What the log is narrowed to, as it is asked for."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import HiddenField, SelectField, StringField, ValidationError
from wtforms.widgets import DateInput

from mobilizer.accounts.models import User
from mobilizer.core.forms import Form, choices
from mobilizer.core.numbers import whole
from mobilizer.core.words import N_
from mobilizer.desk.queries import Wanted
from mobilizer.desk.rules import SENTENCES, Subject

#: Before the first there was no log; beyond the last no calendar of ours goes.
DAYS = (date(2000, 1, 1), date(2100, 12, 31))
SOME_DAY = N_("Write a day as 2026-11-22.")
BEFORE = N_("This day is before the first.")


class LogForm(Form):
    """The filters above the log: sent by GET, so without a token.

    What is not in the lists narrows nothing; of a day that is none it is said.
    """

    class Meta(Form.Meta):
        """A form that changes nothing needs no token."""

        csrf = False

    person = SelectField(lazy_gettext(N_("Who")), validate_choice=False)
    about = SelectField(lazy_gettext(N_("About")), validate_choice=False)
    step = SelectField(lazy_gettext(N_("Step")), validate_choice=False)
    since = StringField(lazy_gettext(N_("From")), widget=DateInput())
    until = StringField(lazy_gettext(N_("To")), widget=DateInput())
    #: The key of one record, as its own page names it.
    record = HiddenField("")

    def offer(self, people: Iterable[User]) -> None:
        """Give the choices what can be chosen, in the page's language."""
        everybody = [(str(one.id), one.shown_name) for one in people]
        self.person.choices = [("", gettext("All")), *everybody]
        self.about.choices = choices(Subject, empty=N_("All"))
        told = [(verb, _without_names(sentence)) for verb, sentence in SENTENCES.items()]
        self.step.choices = [("", gettext("All")), *told]

    def validate_since(self, field: StringField) -> None:
        """A day, or nothing.

        Raises:
            ValidationError: it is neither.
        """
        if (field.data or "").strip() and _day(field.data) is None:
            raise ValidationError(gettext(SOME_DAY))

    def validate_until(self, field: StringField) -> None:
        """A day that is not before the first, or nothing.

        Raises:
            ValidationError: it is neither.
        """
        self.validate_since(field)
        since, until = _day(self.since.data), _day(field.data)
        if since and until and until < since:
            raise ValidationError(gettext(BEFORE))

    @property
    def wanted(self) -> Wanted:
        """What is asked for."""
        about = self.about.data
        subject = Subject(about) if about in set(Subject) else None
        return Wanted(
            by_id=_key(self.person.data),
            subject=subject,
            key=(self.record.data or "")[:64] if subject else "",
            verb=self.step.data or "",
            since=_day(self.since.data),
            until=_day(self.until.data),
        )


def _key(typed: str | None) -> int | None:
    try:
        return whole(typed or "")
    except ValueError:
        return None


def _without_names(sentence: str) -> str:
    told: Any = gettext(sentence, who="…", what="…")
    return str(told)


def _day(typed: str | None) -> date | None:
    try:
        day = date.fromisoformat(typed or "")
    except ValueError:
        return None
    return day if DAYS[0] <= day <= DAYS[1] else None
