"""What is typed on the phone. The fields come from the matrix; what they mean, the rules say."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import Field as FormField
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.widgets import DateInput

from mobilizer.core.forms import Form, ManyField, OneField, choices
from mobilizer.core.words import N_
from mobilizer.evidence.forms import EvidenceForm
from mobilizer.monitoring.queries import Report, places_for
from mobilizer.monitoring.rules.answers import EVIDENCE
from mobilizer.monitoring.rules.draft import Draft
from mobilizer.monitoring.rules.matrix import BECAUSE, TRIED, Field, Kind, Matrix, Screen
from mobilizer.monitoring.rules.values import NO_DATA
from mobilizer.monitoring.rules.words import Answer
from mobilizer.promises.rules import Unit

#: The name of the field in which a comment is answered: "reply_" and the commented field.
REPLY = "reply_"
WHOLE = "whole"

#: A value that is chosen, not typed.
YES_NO = (Answer.YES, Answer.NO)


class ReportForm(Form):
    """One screen of a report. ``version`` is what the page knew of the draft."""

    version = HiddenField("")
    #: The matrix's fields on this screen.
    asked: tuple[Field, ...] = ()

    @property
    def typed(self) -> dict[str, Any]:
        """The matrix's fields as they were typed."""
        return {one.name: self[one.name].data for one in self.asked}

    @property
    def replies(self) -> dict[str, str]:
        """What is answered to comments, by the commented field."""
        return {
            commented(name): field.data or ""
            for name, field in self._fields.items()
            if name.startswith(REPLY)
        }

    def reply(self, name: str) -> FormField | None:
        """The field in which the comments on another field are answered, if there are any."""
        return self._fields.get(reply_name(name))


class EvidenceScreenForm(ReportForm, EvidenceForm):
    """The screen on which evidence is added, beside what else is asked there."""


class ShortForm(Form):
    """Beside "same as last month": a word more, where it is needed."""

    tried = TextAreaField(lazy_gettext(TRIED.label))
    contradiction_reason = TextAreaField(
        lazy_gettext(N_("Why does the rating stand all the same?"))
    )


class NotFoundOutForm(Form):
    """Why it could not be found out."""

    because = OneField(lazy_gettext(BECAUSE.label), validate_choice=False)
    tried = TextAreaField(lazy_gettext(TRIED.label))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the reasons in the page's language."""
        super().__init__(*args, **kwargs)
        self.because.choices = choices(BECAUSE.words)


def reply_name(name: str) -> str:
    """The form's name for an answer to the comments on a field."""
    return REPLY + (name or WHOLE)


def commented(name: str) -> str:
    """The field that an answer's name stands for."""
    found = name.removeprefix(REPLY)
    return "" if found == WHOLE else found


def screen_form(report: Report, screen: Screen, position: int = 0) -> ReportForm:
    """The form of one screen, filled with what was sent, else with what the draft holds."""
    names = {one.name for one in report.matrix.on(screen, position)}
    form = empty_form(
        report.matrix,
        screen,
        position,
        replies=commented_on(report, screen, names),
        data=_standing(report.draft),
        version=report.version,
    )
    if isinstance(form, EvidenceScreenForm):
        indicators = [(one.position, one.text) for one in report.assignment.promise.indicators]
        form.offer(places_for(report.assignment), indicators)
    return form


def empty_form(
    matrix: Matrix, screen: Screen, position: int = 0, replies: Iterable[str] = (), **given: Any
) -> ReportForm:
    """The form of one screen of a matrix, whoever fills it.

    Args:
        matrix: the promise's.
        screen: which.
        position: of the indicator, on its screen.
        replies: the commented fields that are answered on it.
        given: what WTForms makes the form with.
    """
    asked = matrix.on(screen, position)
    fields = {one.name: _field(one, matrix) for one in asked}
    if screen == Screen.SEND:
        fields["contradiction_reason"] = TextAreaField(
            lazy_gettext(N_("Why does the rating stand all the same?"))
        )
    for name in sorted(replies):
        fields[reply_name(name)] = TextAreaField(lazy_gettext(N_("Your answer")))
    base = EvidenceScreenForm if screen == Screen.EVIDENCE else ReportForm
    kind = type("ScreenForm", (base,), {**fields, "asked": tuple(asked)})
    form: ReportForm = kind(**given)
    _offer(form, matrix)
    return form


def commented_on(report: Report, screen: Screen, fields: Iterable[str]) -> set[str]:
    """The commented fields that are answered on this screen."""
    here = set(fields)
    if screen == Screen.EVIDENCE:
        here.add(EVIDENCE)
    if screen == Screen.SEND:
        here |= report.commented - {EVIDENCE, *report.matrix.fields} | {""}
    return report.commented & here


def _standing(draft: Draft) -> dict[str, Any]:
    replies = {reply_name(name): text for name, text in draft.replies.items()}
    return {**draft.fields, **replies, "contradiction_reason": draft.contradiction_reason}


def _field(one: Field, matrix: Matrix) -> FormField:
    label = lazy_gettext(one.label)
    if one.kind == Kind.VALUE:
        unit = next(m.unit for m in matrix.measures if m.position == one.position)
        return OneField(label, validate_choice=False) if unit == Unit.YES_NO else StringField(label)
    if one.kind == Kind.DAY:
        return StringField(label, widget=DateInput())
    if one.kind in (Kind.ONE, Kind.MANY):
        return (OneField if one.kind == Kind.ONE else ManyField)(label, validate_choice=False)
    return (TextAreaField if one.kind == Kind.TEXT else StringField)(label)


def _offer(form: ReportForm, matrix: Matrix) -> None:
    """Give the choices their words in the page's language."""
    for name, field in form._fields.items():
        one = matrix.fields.get(name)
        if one is None or not isinstance(field, OneField | ManyField):
            continue
        if one.kind == Kind.VALUE:
            field.choices = [*choices(YES_NO), (NO_DATA, gettext(N_("No data")))]
        else:
            field.choices = choices(one.words)
