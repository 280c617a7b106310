"""What is typed at the desk: filters, and the steps of the gate."""

from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Optional

from mobilizer.core.forms import Form, at_most, choices, given
from mobilizer.core.language import lazy_gettext as _
from mobilizer.core.words import N_
from mobilizer.promises.forms.checks import stripped
from mobilizer.promises.rules import PromiseState, Testability
from mobilizer.promises.rules.gate import LONGEST_REASON


class FilterForm(Form):
    """Which promises of the list are shown. What makes no sense filters nothing."""

    class Meta(Form.Meta):
        """Sent by GET: there is nothing to forge."""

        csrf = False

    q = StringField(_("Words or number"))
    cycle = SelectField(_("Cycle"), validate_choice=False)
    state = SelectField(_("State"), validate_choice=False)
    topic = SelectField(_("Topic"), validate_choice=False)
    party = SelectField(_("Party or coalition"), validate_choice=False)
    region = SelectField(_("Region"), validate_choice=False)
    mine = BooleanField(_("Only those I logged"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.state.choices = choices(PromiseState, empty=N_("All"))


class StepForm(Form):
    """A step at the gate: it names by its mark what stood of the promise that was looked at."""

    seen = HiddenField("")

    @property
    def mark(self) -> str:
        """The mark of what was looked at; none where it was tampered with."""
        return self.seen.data or ""


class CopyForm(Form):
    """A copy of the source, to be kept."""

    copy = FileField(
        _("A copy of the source (PDF, JPEG, PNG)"), [FileRequired(_("This is needed."))]
    )


class CheckForm(StepForm):
    """What a check found."""

    testability = RadioField(_("Can anybody tell whether it is kept?"), [given()])
    reason = TextAreaField(_("Why"), [Optional(), at_most(LONGEST_REASON)], filters=[stripped])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.testability.choices = choices(Testability)


class ReasonForm(StepForm):
    """A step that needs a reason."""

    reason = TextAreaField(_("Why"), [given(), at_most(LONGEST_REASON)], filters=[stripped])


class DuplicateForm(StepForm):
    """Of which promise this one is a double; nothing typed takes it back."""

    duplicate_of = IntegerField(_("Number of the promise that stays"), [Optional()])

    @property
    def named(self) -> list[int]:
        """The number that is typed, if any promise can bear it."""
        typed = self.duplicate_of.data
        return [typed] if typed is not None and 0 < typed < 10**9 else []


class FinishForm(Form):
    """The last screen of logging; a reason is asked for where a checked promise is changed."""

    #: How often the promise had been changed when this was shown.
    seen = HiddenField("")
    reason = TextAreaField(
        _("Why it is changed"), [Optional(), at_most(LONGEST_REASON)], filters=[stripped]
    )

    @property
    def version(self) -> int:
        """The version that was shown; none where it was tampered with."""
        seen = self.seen.data or ""
        return int(seen) if seen.isdecimal() and len(seen) < 9 else 0
