"""What is typed about a topic, and about one person's extension of a month."""

from collections.abc import Iterable
from datetime import date

from flask_babel import gettext, lazy_gettext
from wtforms import DateField, HiddenField, SelectField, TextAreaField

from mobilizer.accounts.models import User
from mobilizer.core.errors import RuleBroken
from mobilizer.core.forms import Form, at_most, given
from mobilizer.core.marks import mark
from mobilizer.core.shared import SharedForm
from mobilizer.core.words import N_
from mobilizer.cycles.forms.fields import NamedForm
from mobilizer.cycles.models import Extension


class TopicForm(NamedForm):
    """A topic's names."""


class RenameForm(NamedForm, SharedForm):
    """Other names for a topic."""


class ExtensionForm(Form):
    """One person's later close of one month."""

    user = SelectField(lazy_gettext("Mobilizer"), [given()], coerce=str)
    month = SelectField(lazy_gettext("Month"), [given()], coerce=str)
    until = DateField(lazy_gettext("She may file until"), [given()])
    reason = TextAreaField(lazy_gettext("Reason"), [given(), at_most(600)])
    #: The mark of the extensions that stood beside it.
    knew = HiddenField("")

    def offer(self, people: Iterable[User], months_of_it: Iterable[tuple[date, str]]) -> None:
        """Fill in who and when; months come as a date and its words."""
        first = ("", gettext("Choose"))
        self.user.choices = [first] + [(str(one.id), one.shown_name) for one in people]
        self.month.choices = [first] + [(month.isoformat(), words) for month, words in months_of_it]

    def know(self, given: Iterable[Extension]) -> None:
        """Remember which extensions stand beside it."""
        self.knew.data = mark(_by_whose(given))

    def is_overtaken(self, given: Iterable[Extension]) -> bool:
        """Whether it would change an extension that its sender has not seen; then it says so.

        Args:
            given: all that stand now, with nobody else giving any.
        """
        stands = _by_whose(given)
        until, reason = stands.get(f"{self.user.data} {self.month.data}", (None, ""))
        hers = (self.until.data, (self.reason.data or "").strip())
        if until is None or (until, reason) == hers or self.knew.data == mark(stands):
            return False
        self.know(given)
        message = N_(
            "She has an extension of this month until %(until)s already, given meanwhile: see "
            "above. Send yours again to change it."
        )
        self.strike(RuleBroken(message, field="until", until=until))
        return True

    def given_to(self, people: Iterable[User]) -> tuple[User, date, date, str]:
        """Who gets which month until when, and why."""
        person = next(one for one in people if str(one.id) == self.user.data)
        month = date.fromisoformat(str(self.month.data))
        return person, month, self.until.data or month, self.reason.data or ""


def _by_whose(given: Iterable[Extension]) -> dict[str, tuple[date, str]]:
    return {f"{one.user_id} {one.month}": (one.until, one.reason) for one in given}
