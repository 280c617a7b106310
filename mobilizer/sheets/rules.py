"""The monitoring matrix, filled in: what stands in each of its forty fields.

It is made of what the public gets of a report and of nothing else (``findings.rules.content``),
because the sheet is for people outside. What could lead to a mobilizer stays out, and says so.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mobilizer.core.words import N_, Word
from mobilizer.cycles.rules import Level
from mobilizer.evidence.rules.links import EvidenceKind
from mobilizer.monitoring.rules.matrix import BECAUSE, Matrix, Measure
from mobilizer.monitoring.rules.values import NO_DATA
from mobilizer.monitoring.rules.words import Step
from mobilizer.promises.rules import Frequency, Method, Precision, SourceKind, Unit
from mobilizer.promises.rules.fields import Plain
from mobilizer.scoring.rules import METHODOLOGY, Rating

#: Fields whose answers never leave the programme: whom she met, where she goes next, what she and
#: her mentor say to each other.
LEFT_OUT = frozenset({"contact", "next_step", "note_mentor", "review_comment"})
#: What stands in them.
OMITTED = N_("left out: not for outside the programme")
NOT_BEGUN = N_("Nothing was sent")
PUBLISHED_AS = N_("%(state)s; published as finding %(number)s")


@dataclass(frozen=True)
class Wording:
    """How codes, names and days are written in the language of the page."""

    of: Callable[[str], str]
    names: Callable[[Mapping[str, str]], str]
    day: Callable[[date], str]
    month: Callable[[date], str]


@dataclass(frozen=True)
class Source:
    """Where the promise stands."""

    kind: SourceKind
    title: str
    spot: str = ""
    said_on: date | None = None
    said_on_raw: str = ""
    link: str = ""


@dataclass(frozen=True)
class Indicator:
    """One thing by which the promise is measured."""

    position: int
    text: str
    unit: Unit
    target: str
    frequency: Frequency
    unit_name: str = ""
    baseline: str = ""
    baseline_on: date | None = None
    methods: tuple[str, ...] = ()
    data_source: str = ""


@dataclass(frozen=True)
class Plan:
    """Part A: what was promised, and how it is measured."""

    cycle: Mapping[str, str]
    #: Her public name: never another.
    alias: str
    level: Level
    place: Mapping[str, str]
    party: Mapping[str, str]
    topic: Mapping[str, str]
    exact_words: str
    source: Source
    due_on: date | None
    due_precision: Precision
    due_raw: str = ""
    focus: str = ""
    institution: str = ""
    indicators: tuple[Indicator, ...] = ()

    @property
    def matrix(self) -> Matrix:
        """What its reports are asked."""
        measures = tuple(Measure(one.position, one.unit) for one in self.indicators)
        return Matrix(self.level, measures, self.due_on)


@dataclass(frozen=True)
class Filed:
    """Parts B and C: what an approved revision publishes."""

    rating: Rating
    #: As ``findings.rules.public_content`` makes it.
    content: Mapping[str, Any]
    finding: int | None = None
    corrects: int | None = None
    replies: tuple["Replied", ...] = ()

    @property
    def answers(self) -> Mapping[str, Any]:
        """The published answers."""
        found: Mapping[str, Any] = self.content.get("answers", {})
        return found


@dataclass(frozen=True)
class Replied:
    """What a party or institution replied, as it is published beside the finding."""

    body: str
    on: date
    text: str


@dataclass(frozen=True)
class Sheet:
    """One promise in one place in one month."""

    number: int
    plan: Plan
    month: date
    #: The label of the entry's state; None where nothing was sent.
    state: str | None = None
    filed: Filed | None = None


def filled(sheet: Sheet, say: Wording) -> dict[str, str]:
    """What stands in the fields of the matrix, by their names; what is empty is absent."""
    cells = {**_planned(sheet.plan, say), **_measured(sheet.plan, say)}
    cells["period"] = say.month(sheet.month)
    if sheet.filed is not None:
        cells |= _reported(sheet.plan, sheet.filed, say)
    cells["state"] = _state(sheet, say)
    cells["method_version"] = METHODOLOGY
    cells |= dict.fromkeys(LEFT_OUT, say.of(OMITTED))
    return {name: text for name, text in cells.items() if text}


def _planned(plan: Plan, say: Wording) -> dict[str, str]:
    source = plan.source
    said_on = source.said_on_raw or (say.day(source.said_on) if source.said_on else "")
    due = say.day(plan.due_on) if plan.due_on else say.of(plan.due_precision.label)
    return {
        "cycle": say.names(plan.cycle),
        "mobilizer": plan.alias,
        "level": say.of(plan.level.label),
        "municipality": say.names(plan.place),
        "party": say.names(plan.party),
        "sector": say.names(plan.topic),
        "promise_text": plan.exact_words,
        "promise_source_kind": say.of(source.kind.label),
        "promise_source": "; ".join(
            filter(None, (source.title, source.spot, said_on, source.link))
        ),
        "focus": plan.focus,
        "institution": plan.institution,
        "due": f"{due} ({plan.due_raw})" if plan.due_raw else due,
    }


def _measured(plan: Plan, say: Wording) -> dict[str, str]:
    def each(tell: Callable[[Indicator], str]) -> str:
        return numbered([tell(one) for one in plan.indicators])

    return {
        "indicator": each(lambda one: one.text),
        "unit": each(lambda one: one.unit_name or say.of(one.unit.label)),
        "baseline": each(lambda one: _baseline(one, say)),
        "target": each(lambda one: amount(one, one.target, say)),
        "method": each(lambda one: _words(Method, one.methods, say)),
        "data_source": each(lambda one: one.data_source),
        "frequency": each(lambda one: say.of(one.frequency.label)),
    }


def _baseline(one: Indicator, say: Wording) -> str:
    known = amount(one, one.baseline, say) if one.baseline else say.of(N_("unknown"))
    return f"{known} ({say.day(one.baseline_on)})" if one.baseline_on else known


def _reported(plan: Plan, filed: Filed, say: Wording) -> dict[str, str]:
    answers, known = filed.answers, plan.matrix.fields

    def told(name: str) -> str:
        return _answered(known[name].words, answers.get(name), say) if name in known else ""

    def each(name: str) -> str:
        return numbered([told(f"{name}_{one.position}") for one in plan.indicators])

    values = [amount(one, answers.get(f"value_{one.position}", ""), say) for one in plan.indicators]
    stands = filed.content.get("contradiction_reason", "")
    return {
        "value": numbered(values),
        "light": each("light"),
        "finding": each("finding"),
        "evidence": "\n".join(_proofs(plan, filed, say)),
        "steps": "\n".join(
            f"{say.of(step.label)}: {told(f'step_{step}')}" for step in Step if told(f"step_{step}")
        ),
        "rating": say.of(filed.rating.label),
        "rating_reason": "\n".join(filter(None, (filed.content.get("reason", ""), stands))),
        "stagnation": ", ".join(filter(None, (told("stagnation"), told("stagnation_other")))),
        "correction": say.of(N_("corrects finding %(number)s")) % {"number": filed.corrects}
        if filed.corrects
        else "",
        "reply": "\n".join(f"{one.body}, {say.day(one.on)}: {one.text}" for one in filed.replies),
        **{name: told(name) for name in ("info_public", "foi", "participation", "mechanisms")},
    }


def _proofs(plan: Plan, filed: Filed, say: Wording) -> Iterable[str]:
    """What proves it, a line each; then what was looked at or tried where nothing does."""
    for piece in filed.content.get("evidence", ()):
        hashed = f"SHA-256 {piece['media']}" if "media" in piece else ""
        named = piece.get("address") or hashed or say.of(EvidenceKind(piece["kind"]).label)
        yield "; ".join(filter(None, (piece.get("caption", ""), named)))
    if because := filed.answers.get("because"):
        yield _answered(BECAUSE.words, because, say)
    tried = ["tried", *(f"tried_{one.position}" for one in plan.indicators)]
    yield from (str(filed.answers[name]) for name in tried if filed.answers.get(name))


def _state(sheet: Sheet, say: Wording) -> str:
    state = say.of(sheet.state or NOT_BEGUN)
    if sheet.filed is not None and sheet.filed.finding:
        return say.of(PUBLISHED_AS) % {"state": state, "number": sheet.filed.finding}
    return state


def amount(one: Indicator, value: str, say: Wording) -> str:
    """A value in words, with what it counts in."""
    if not value:
        return ""
    if value == NO_DATA:
        return say.of(N_("No data"))
    if one.unit is Unit.YES_NO:
        return _answered(tuple(Plain), value, say)
    if one.unit is Unit.PERCENT:
        return f"{value} %"
    plain = one.unit in (Unit.NUMBER, Unit.STEPS, Unit.OTHER)
    counted = one.unit_name or ("" if plain else say.of(one.unit.label).lower())
    return f"{value} {counted}".strip()


def numbered(texts: list[str]) -> str:
    """What is said of each indicator: alone as it is, of several a line each with its number."""
    if len(texts) < 2 or not any(texts):
        return "".join(texts)
    return "\n".join(f"{at}. {text or '–'}" for at, text in enumerate(texts, start=1))


def _answered(words: Iterable[Word], answer: Any, say: Wording) -> str:
    """An answer in words: one code, several, or a text."""
    labels = {word.value: word.label for word in words}
    several = [answer] if isinstance(answer, str) else list(answer or ())
    return ", ".join(say.of(labels[one]) if one in labels else str(one) for one in several)


def _words(kind: type[Word], codes: Iterable[str], say: Wording) -> str:
    return _answered(tuple(kind), list(codes), say)
