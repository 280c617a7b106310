"""What is typed about a topic, and about one person's extension of a month."""

from collections.abc import Iterable
from datetime import date

from flask_babel import gettext, lazy_gettext
from wtforms import DateField, SelectField, TextAreaField

from mobilizer.accounts.models import User
from mobilizer.core.forms import Form, at_most, given
from mobilizer.cycles.forms.fields import NamedForm


class TopicForm(NamedForm):
    """A topic's names."""


class ExtensionForm(Form):
    """One person's later close of one month."""

    user = SelectField(lazy_gettext("Mobilizer"), [given()], coerce=str)
    month = SelectField(lazy_gettext("Month"), [given()], coerce=str)
    until = DateField(lazy_gettext("She may file until"), [given()])
    reason = TextAreaField(lazy_gettext("Reason"), [given(), at_most(600)])

    def offer(self, people: Iterable[User], months_of_it: Iterable[tuple[date, str]]) -> None:
        """Fill in who and when; months come as a date and its words."""
        first = ("", gettext("Choose"))
        self.user.choices = [first] + [(str(one.id), one.shown_name) for one in people]
        self.month.choices = [first] + [(month.isoformat(), words) for month, words in months_of_it]

    def given_to(self, people: Iterable[User]) -> tuple[User, date, date, str]:
        """Who gets which month until when, and why."""
        person = next(one for one in people if str(one.id) == self.user.data)
        month = date.fromisoformat(str(self.month.data))
        return person, month, self.until.data or month, self.reason.data or ""
