"""What a mentor decides and says. The comments' fields come from the report."""

from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import HiddenField, TextAreaField

from mobilizer.core.forms import Form, OneField, choices
from mobilizer.core.words import N_
from mobilizer.monitoring.rules.answers import EVIDENCE
from mobilizer.review.queries import Case
from mobilizer.review.rules import WHOLE, Ruling, Verdict, comment_name


class DecisionForm(Form):
    """One decision. ``revision`` and ``sha256`` name what was seen."""

    revision = HiddenField("")
    sha256 = HiddenField("")
    verdict = OneField(lazy_gettext(N_("Your decision")), validate_choice=False)
    #: What can be commented on.
    about: tuple[str, ...] = ()

    @property
    def ruling(self) -> Ruling:
        """The decision that is asked for."""
        chosen, number = self.verdict.data, self.revision.data or ""
        return Ruling(
            Verdict(chosen) if chosen in set(Verdict) else None,
            int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0,
            self.sha256.data or "",
            {about: self.comment(about).data or "" for about in self.about},
        )

    @property
    def typed(self) -> dict[str, str]:
        """The comments that hold something, by field."""
        return {about: text for about, text in self.ruling.comments.items() if text.strip()}

    def comment(self, about: str) -> Any:
        """The field in which a comment on another field is typed."""
        return self[comment_name(about)]

    def is_about(self, case: Case) -> None:
        """Name the newest revision, whatever the page named that came in."""
        self.revision.data = str(case.newest.number)
        self.sha256.data = case.newest.sha256


class ReopenForm(Form):
    """Why something approved is to be corrected."""

    reason = TextAreaField(lazy_gettext(N_("Why it is corrected")))


def decision_form(case: Case) -> DecisionForm:
    """The form for one report, filled with what was sent."""
    labels = {WHOLE: gettext("Comment to the mobilizer"), EVIDENCE: _on(N_("Evidence"))}
    several = len(case.matrix.measures) > 1
    for name, one in case.fields.items():
        labels[name] = _on(one.label, one.position if several else 0)
    fields = {comment_name(about): TextAreaField(label) for about, label in labels.items()}
    kind = type("DecisionForm", (DecisionForm,), {**fields, "about": case.commentable})
    form: DecisionForm = kind(
        data={"revision": str(case.newest.number), "sha256": case.newest.sha256}
    )
    form.verdict.choices = choices(Verdict)
    return form


def _on(label: str, position: int = 0) -> str:
    """What a comment is about; by number where several indicators ask the same."""
    field = f"{gettext(label)} ({position})" if position else gettext(label)
    return gettext("Comment on “%(field)s”", field=field)
