"""What a mentor decides and says. The comments' fields come from the report."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import HiddenField, SelectField, TextAreaField

from mobilizer.core.formats import month
from mobilizer.core.forms import Form, ManyField, OneField, choices
from mobilizer.core.language import said
from mobilizer.core.pages import PER_PAGE
from mobilizer.core.words import N_
from mobilizer.monitoring.rules.answers import EVIDENCE
from mobilizer.monitoring.rules.workflow import RevisionKind
from mobilizer.places.models import Place
from mobilizer.review.queries import Case, Only
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
        chosen = self.verdict.data
        return Ruling(
            Verdict(chosen) if chosen in set(Verdict) else None,
            _number(self.revision.data or ""),
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


class TogetherForm(Form):
    """What is approved from a list: for each report the revision and the hash of its line."""

    same = ManyField(lazy_gettext(N_("Approve")), validate_choice=False, choices=[])

    @property
    def seen(self) -> dict[str, Ruling]:
        """The approvals that are asked for, by report; at most a page of them."""
        named = [one.split(".") for one in (self.same.data or [])[:PER_PAGE]]
        return {
            named_entry: Ruling(Verdict.APPROVE, _number(revision), sha256)
            for named_entry, revision, sha256 in (one for one in named if len(one) == 3)
        }


class OnlyForm(Form):
    """Which reports of the queue are shown. What makes no sense filters nothing."""

    class Meta(Form.Meta):
        """Sent by GET: there is nothing to forge."""

        csrf = False

    #: The codes of the regions that are offered.
    regions: frozenset[str] | set[str] = frozenset()

    region = SelectField(lazy_gettext(N_("Region")), validate_choice=False)
    month = SelectField(lazy_gettext(N_("Month")), validate_choice=False)
    kind = SelectField(lazy_gettext(N_("What was sent")), validate_choice=False)

    def offer(self, regions: Iterable[Place], months: Iterable[date]) -> None:
        """Name what the queue can be narrowed to."""
        every = ("", gettext("All"))
        named = sorted((said(one.names).text, one.code) for one in regions)
        self.regions = {code for _, code in named}
        self.region.choices = [every, *((code, name) for name, code in named)]
        self.month.choices = [every, *((f"{one:%Y-%m}", month(one)) for one in months)]
        self.kind.choices = choices(RevisionKind, empty=N_("All"))

    @property
    def only(self) -> Only:
        """What the queue is narrowed to."""
        region, kind = self.region.data or "", self.kind.data
        return Only(
            region if region in self.regions else "",
            _month(self.month.data or ""),
            RevisionKind(kind) if kind in set(RevisionKind) else None,
        )


def _number(typed: str) -> int:
    """The number of a revision; 0, which none has, where it is no number."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def _month(typed: str) -> date | None:
    try:
        return date.fromisoformat(f"{typed}-01")
    except ValueError:
        return None


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
