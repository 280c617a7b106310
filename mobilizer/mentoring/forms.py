"""What a mentor notes of a meeting. What it must say, the rules say."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.widgets import DateInput

from mobilizer.accounts.models import Posting
from mobilizer.core.forms import Form
from mobilizer.core.words import N_
from mobilizer.mentoring.models import Meeting
from mobilizer.mentoring.rules import LABELS, Noted, read_noted


def _label(name: str) -> Any:
    return lazy_gettext(LABELS[name])


class MeetingForm(Form):
    """One record. ``version`` is what the page knew of it."""

    version = HiddenField("")
    mobilizer = SelectField(lazy_gettext(N_("Mobilizer")), validate_choice=False)
    met_on = StringField(_label("met_on"), widget=DateInput())
    minutes = StringField(_label("minutes"))
    subject = StringField(_label("subject"))
    advice = TextAreaField(_label("advice"))
    next_step = TextAreaField(_label("next_step"))
    next_step_on = StringField(_label("next_step_on"), widget=DateInput())
    is_shared = BooleanField(lazy_gettext(N_("Share it with the mobilizer: she reads all of it")))

    def offer(self, postings: Iterable[Posting]) -> None:
        """Give the choice of whom it was with."""
        named = [(str(posting.id), posting.user.shown_name) for posting in postings]
        self.mobilizer.choices = [("", gettext(N_("Choose…"))), *named]

    @property
    def posting_id(self) -> int:
        """Whose posting is chosen; 0 for none."""
        return _number(self.mobilizer.data)

    @property
    def knew(self) -> int:
        """The version that the page knew."""
        return _number(self.version.data)

    def noted(self, today: date) -> Noted:
        """The record as it was typed.

        Raises:
            Incomplete: something is missing or wrong; every fault names its field.
        """
        typed = {name: str(self[name].data or "") for name in LABELS if name != "is_shared"}
        return read_noted(typed, is_shared=bool(self.is_shared.data), today=today)


def filled(meeting: Meeting) -> MeetingForm:
    """The form of a record as it is kept, or as it was sent."""
    kept = {name: getattr(meeting, name) for name in LABELS}
    texts = {
        name: value if isinstance(value, bool) else str(value or "") for name, value in kept.items()
    }
    return MeetingForm(data={**texts, "version": str(meeting.version)})


def _number(typed: object) -> int:
    text = str(typed or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
