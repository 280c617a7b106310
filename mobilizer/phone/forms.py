"""The questions of a report and of a promise with nobody's answers: what the shell holds.

They are the very fields of the pages, so that labels, order and words cannot drift apart. What
belongs to one person or programme (the indicators' words, places, topics, parties) is put in by
the script, from the pack; where it goes stands in braces.
"""

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from mobilizer.core.forms import choices
from mobilizer.core.language import Language
from mobilizer.core.words import N_
from mobilizer.cycles.rules import Level
from mobilizer.evidence.rules.details import Origin
from mobilizer.monitoring.forms import (
    EvidenceScreenForm,
    NotFoundOutForm,
    ReportForm,
    ShortForm,
    empty_form,
)
from mobilizer.monitoring.rules.draft import Draft
from mobilizer.monitoring.rules.matrix import Kind, Matrix, Measure, Screen
from mobilizer.promises.forms import Screen as PromiseScreen
from mobilizer.promises.forms.about import AboutScreen, Due
from mobilizer.promises.forms.measure import MeasureScreen
from mobilizer.promises.forms.source import SourceScreen
from mobilizer.promises.forms.words import WordsScreen
from mobilizer.promises.rules import SourceKind, Unit
from mobilizer.promises.rules.fields import Plain

UNGUARDED = {"csrf": False}
#: A matrix in which everything is asked.
WHOLE = Matrix(Level.LOCAL, (Measure(1, Unit.NUMBER),))
#: The same, whose indicator is answered with yes or no.
YES_NO = Matrix(Level.LOCAL, (Measure(1, Unit.YES_NO),))


@dataclass(frozen=True)
class Asked:
    """A screen of a report as its template wants it, without a report."""

    form: ReportForm
    here: tuple[Screen, int]
    indicators: dict[int, Any]
    comments: tuple[Any, ...] = ()
    commented: frozenset[str] = frozenset()
    draft: Draft = field(default_factory=Draft)

    def evidence(self, _draft: Draft) -> list[Any]:
        """No piece of evidence is anybody's yet."""
        return []


def asked(screen: Screen, *, unit: Unit = Unit.NUMBER) -> Asked:
    """One screen of a report; the indicator's is that of an indicator with this unit."""
    position = 1 if screen == Screen.INDICATOR else 0
    form = empty_form(YES_NO if unit == Unit.YES_NO else WHOLE, screen, position, meta=UNGUARDED)
    if isinstance(form, EvidenceScreenForm):
        form.origin.choices = choices(Origin, empty=N_("Not said"))
        form.place.choices = choices((), empty=N_("Not said"))
        form.about.choices = [("{position}", "{text}")]
    measured = SimpleNamespace(
        text="{text}", unit=unit, unit_name="{unit}", target="{target}", baseline="{baseline}"
    )
    # Two, because the page asks which one evidence is about only where there are several.
    return Asked(form, (screen, position), {1: measured, 2: measured})


def field_rules() -> list[dict[str, Any]]:
    """What the script looks at before a report is sent; the server is the judge."""
    return [
        {
            "name": one.name,
            "screen": one.screen.value,
            "least": one.shortest,
            "most": one.longest,
            "many": one.kind == Kind.MANY,
        }
        for one in WHOLE.fields.values()
    ]


def same() -> ShortForm:
    """Beside "same as last month"."""
    return ShortForm(meta=UNGUARDED)


def could_not() -> NotFoundOutForm:
    """Why it could not be found out."""
    return NotFoundOutForm(meta=UNGUARDED)


class _Words(WordsScreen):
    def offer(self) -> None:
        self.language.choices = choices(Language)
        self.party_code.choices = []

    def party_names(self) -> list[str]:
        return []


class _Source(SourceScreen):
    def offer(self) -> None:
        self.kind.choices = choices(SourceKind)
        self.source.choices = choices((), empty=N_("A new source"))


class _About(AboutScreen):
    institutions = ()

    def offer(self) -> None:
        self.topic.choices = choices((), empty=N_("Choose…"))
        self.level.choices = choices(Level)
        self.due.choices = choices(Due)
        self.in_power.choices = choices(Plain)
        self.places.choices = [("{code}", "{name}")]

    def of_kind(self, kind: str, region: Any = None) -> list[Any]:
        """The one box that the script makes all others of."""
        return list(self.places) if kind == "country" else []

    def regions(self) -> list[Any]:
        return []


#: The screens of logging a promise, whose choices come from the pack.
PROMISE = {"words": _Words, "source": _Source, "about": _About, "measure": MeasureScreen}


def promise_screens() -> dict[str, PromiseScreen]:
    """The short screens on which a promise is logged, of no cycle yet."""
    nowhere: Any = None
    return {name: kind(nowhere, guarded=False) for name, kind in PROMISE.items()}
