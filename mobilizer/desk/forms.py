"""What the log is narrowed to, as it is asked for."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import SelectField, StringField
from wtforms.widgets import DateInput

from mobilizer.accounts.models import User
from mobilizer.core.forms import Form, choices
from mobilizer.core.words import N_
from mobilizer.desk.queries import Wanted
from mobilizer.desk.rules import SENTENCES, Subject


class LogForm(Form):
    """The filters above the log: sent by GET, so without a token; nonsense narrows nothing."""

    class Meta(Form.Meta):
        """A form that changes nothing needs no token."""

        csrf = False

    person = SelectField(lazy_gettext(N_("Who")), validate_choice=False)
    about = SelectField(lazy_gettext(N_("About")), validate_choice=False)
    step = SelectField(lazy_gettext(N_("Step")), validate_choice=False)
    day = StringField(lazy_gettext(N_("Day")), widget=DateInput())

    def offer(self, people: Iterable[User]) -> None:
        """Give the choices what can be chosen, in the page's language."""
        everybody = [(str(one.id), one.shown_name) for one in people]
        self.person.choices = [("", gettext("All")), *everybody]
        self.about.choices = choices(Subject, empty=N_("All"))
        told = [(verb, _without_names(sentence)) for verb, sentence in SENTENCES.items()]
        self.step.choices = [("", gettext("All")), *told]

    @property
    def wanted(self) -> Wanted:
        """What is asked for."""
        about, person = self.about.data, str(self.person.data or "")
        return Wanted(
            by_id=int(person) if person.isdecimal() and len(person) < 10 else None,
            subject=Subject(about) if about in set(Subject) else None,
            verb=self.step.data or "",
            day=_day(self.day.data),
        )


def _without_names(sentence: str) -> str:
    told: Any = gettext(sentence, who="…", what="…")
    return str(told)


def _day(typed: str | None) -> date | None:
    try:
        return date.fromisoformat(typed or "")
    except ValueError:
        return None
