"""All that is said of a promise when it is logged or changed, and what is wrong with it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_
from mobilizer.cycles.rules import Level
from mobilizer.promises.rules import Frequency, Method, Precision, SourceKind, Unit
from mobilizer.promises.rules.links import check_link
from mobilizer.promises.rules.quantities import check_value

SHORTEST_WORDS, LONGEST_WORDS = 10, 2000
LONGEST_TITLE = 400
MOST_INDICATORS = 3
SHORTEST_INDICATOR, LONGEST_INDICATOR = 10, 200
NEEDED = N_("This is needed.")


@dataclass(frozen=True)
class SourceValues:
    """A document or speech that is not known yet."""

    kind: SourceKind
    title: str
    said_on: date | None = None
    said_on_precision: Precision = Precision.DAY
    said_on_raw: str = ""
    link: str = ""
    archive_link: str = ""


@dataclass(frozen=True)
class IndicatorValues:
    """One thing by which anybody can tell how far the promise is kept. No baseline: unknown."""

    text: str
    unit: Unit
    target: str
    methods: tuple[Method, ...]
    data_source: str
    unit_name: str = ""
    baseline: str = ""
    baseline_on: date | None = None
    frequency: Frequency = Frequency.MONTHLY


@dataclass(frozen=True)
class PromiseValues:
    """A promise as somebody logs it.

    ``source`` is a new one, or the id of one of the cycle. What is imported (it has an
    ``origin``) may lack places, body and indicators, because other trackers have none.
    """

    cycle_id: int
    party_id: int
    topic_id: int
    level: Level
    language: str
    exact_words: str
    titles: Mapping[str, str]
    source: SourceValues | int
    place_ids: tuple[int, ...] = ()
    indicators: tuple[IndicatorValues, ...] = ()
    speaker: str = ""
    source_spot: str = ""
    made_on: date | None = None
    due_precision: Precision = Precision.MANDATE
    due_on: date | None = None
    due_raw: str = ""
    institution: str = ""
    is_in_its_power: bool = True
    focus: str = ""
    became_link: str = ""
    origin: str = ""
    origin_key: str | None = None


def faults(values: PromiseValues) -> Iterator[RuleBroken]:
    """Everything that is wrong with a promise, each beside the field it is about."""
    yield from _faults_of_words(values)
    if isinstance(values.source, SourceValues):
        yield from _faults_of_source(values.source)
    yield from _faults_of_due(values)
    yield from _refused(check_link, values.became_link, field="became_link")
    if not values.origin:
        yield from _faults_of_what_is_measured(values)
    for indicator in values.indicators:
        yield from faults_of_indicator(indicator)


def normalised(values: PromiseValues) -> PromiseValues:
    """The same values as they are kept. There must be no faults in them."""
    source = values.source
    if isinstance(source, SourceValues):
        source = replace(
            source, link=check_link(source.link), archive_link=check_link(source.archive_link)
        )
    return replace(
        values,
        source=source,
        exact_words=values.exact_words.strip(),
        titles={language: title.strip() for language, title in values.titles.items() if title},
        became_link=check_link(values.became_link),
        indicators=tuple(_normalised(indicator) for indicator in values.indicators),
    )


def faults_of_indicator(indicator: IndicatorValues) -> Iterator[RuleBroken]:
    """What is wrong with one indicator."""
    yield from _length(indicator.text, SHORTEST_INDICATOR, LONGEST_INDICATOR, field="text")
    if indicator.baseline:
        yield from _refused(check_value, indicator.unit, indicator.baseline, field="baseline")
    yield from _refused(check_value, indicator.unit, indicator.target, field="target")
    if indicator.unit is Unit.OTHER and not indicator.unit_name:
        yield RuleBroken(N_("Say what is counted."), field="unit_name")
    if not indicator.methods:
        yield RuleBroken(NEEDED, field="methods")
    if not indicator.data_source:
        yield RuleBroken(NEEDED, field="data_source")


def _faults_of_words(values: PromiseValues) -> Iterator[RuleBroken]:
    least = 1 if values.origin else SHORTEST_WORDS  # A tracker's words are what they are.
    yield from _length(values.exact_words, least, LONGEST_WORDS, field="exact_words")
    if not values.titles.get(values.language, "").strip():
        yield RuleBroken(
            N_("A short title in the language of the source is needed."), field="title"
        )
    for title in values.titles.values():
        yield from _length(title, 0, LONGEST_TITLE, field="title")


def _faults_of_source(source: SourceValues) -> Iterator[RuleBroken]:
    if not source.title.strip():
        yield RuleBroken(NEEDED, field="source_title")
    yield from _refused(check_link, source.link, field="link")
    yield from _refused(check_link, source.archive_link, field="archive_link")


def _faults_of_due(values: PromiseValues) -> Iterator[RuleBroken]:
    is_dated = values.due_precision not in (Precision.MANDATE, Precision.NONE)
    if is_dated and values.due_on is None:
        yield RuleBroken(N_("Write the promised date, or choose another answer."), field="due_on")
    if values.due_on and values.made_on and values.due_on < values.made_on:
        yield RuleBroken(N_("It would have been due before it was promised."), field="due_on")


def _faults_of_what_is_measured(values: PromiseValues) -> Iterator[RuleBroken]:
    if not values.place_ids:
        yield RuleBroken(N_("Say where the promise holds."), field="places")
    if not values.institution.strip():
        yield RuleBroken(NEEDED, field="institution")
    if not 1 <= len(values.indicators) <= MOST_INDICATORS:
        yield RuleBroken(
            N_("A promise has one to %(most)s indicators."),
            field="indicators",
            most=MOST_INDICATORS,
        )


def _length(text: str, least: int, most: int, *, field: str) -> Iterator[RuleBroken]:
    if not least <= len(text.strip()) <= most:
        yield RuleBroken(
            N_("Write %(least)s to %(most)s characters."), field=field, least=least, most=most
        )


def _refused(check: Callable[..., Any], *typed: Any, field: str) -> Iterator[RuleBroken]:
    try:
        check(*typed)
    except RuleBroken as broken:
        yield RuleBroken(broken.message, field=field, **broken.params)


def _normalised(indicator: IndicatorValues) -> IndicatorValues:
    known = indicator.baseline and check_value(indicator.unit, indicator.baseline)
    return replace(
        indicator,
        text=indicator.text.strip(),
        baseline=known,
        target=check_value(indicator.unit, indicator.target),
    )
