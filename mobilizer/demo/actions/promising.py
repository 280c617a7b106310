"""Promises are logged, checked, published and assigned."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from mobilizer.accounts.models import User
from mobilizer.assignments.actions import assign
from mobilizer.assignments.models import Assignment
from mobilizer.core import clock
from mobilizer.cycles.rules import Level, month_after
from mobilizer.demo.actions.ground import AHEAD, Stage, moment
from mobilizer.demo.rules.story import PromiseTold
from mobilizer.demo.rules.timetable import Watch
from mobilizer.places.models import Place
from mobilizer.places.rules import PlaceKind
from mobilizer.promises.actions import check, log_promise, publish
from mobilizer.promises.models import Promise
from mobilizer.promises.rules import Method, Precision, SourceKind, Testability, Unit
from mobilizer.promises.rules.values import IndicatorValues, PromiseValues, SourceValues

#: How long after the setting up promises are logged, and how long before it they were made.
LOGGED, MADE = timedelta(days=10), timedelta(days=40)


@dataclass
class Watched:
    """An assignment, with what is told of it."""

    watch: Watch
    told: PromiseTold
    assignment: Assignment
    #: Who goes on with it, where it was handed over.
    heir: Assignment | None = None

    def held_in(self, month: date) -> Assignment:
        """The assignment that a month belongs to."""
        if self.heir is not None and month >= self.heir.first_month:
            return self.heir
        return self.assignment


@dataclass
class Promising:
    """Remembers which documents are known by now, and whose turn it is in each region."""

    stage: Stage
    sources: dict[str, int] = field(default_factory=dict)
    turns: Counter[str] = field(default_factory=Counter)

    def log(self, told: PromiseTold) -> Promise:
        """A mobilizer of the place logs a promise."""
        stage = self.stage
        key = told.source or told.party
        source = self.sources.get(key) or self._new_source(key)
        values = PromiseValues(
            cycle_id=stage.cycle.id,
            party_id=stage.parties[told.party].id,
            topic_id=stage.topics[told.topic].id,
            level=self._level(told),
            language=told.language,
            exact_words=told.words,
            titles=told.titles,
            source=source,
            source_spot=told.spot,
            made_on=stage.months[0] - AHEAD - MADE,
            institution=told.institution,
            place_ids=tuple(stage.places[code].id for code in told.places),
            indicators=tuple(self._indicator(told, *one) for one in told.measure),
            due_precision=Precision.MANDATE if told.due is None else Precision.MONTH,
            due_on=self._due(told),
        )
        promise = log_promise(values, by=self._author(told))
        self.sources[key] = promise.source_id
        return promise

    def check(self, promise: Promise, told: PromiseTold) -> None:
        """The mentor of the place finds it testable or not."""
        is_testable = told.fate != "not_testable"
        finding = Testability.TESTABLE if is_testable else Testability.NOT_TESTABLE
        mentor = self.stage.mentor(self._region(told))
        check(promise, finding, told.fate_reason, by=mentor, seen=promise.mark)

    def publish(self, promise: Promise) -> None:
        """A coordinator publishes it."""
        publish(promise, by=self.stage.coordinator(), seen=promise.mark)

    def assign(self, promise: Promise, told: PromiseTold) -> list[Watched]:
        """A coordinator hands it out, place by place, to those whose turn it is."""
        stage, made = self.stage, []
        for code, course in told.watch.items():
            place = stage.places[code]
            region = place.region.code if place.region else ""
            mobilizers = stage.mobilizers(region)
            assignment = assign(
                promise,
                place,
                mobilizers[self.turns[region] % len(mobilizers)],
                stage.months[course.first],
                stage.months[-1],
                by=stage.coordinator(),
            )
            self.turns[region] += 1
            watch = Watch(f"{promise.number} {code}", course)
            made.append(Watched(watch, told, assignment))
        return made

    def _new_source(self, key: str) -> SourceValues:
        told = next(one for one in self.stage.story.sources if one["key"] == key)
        said_on = self.stage.months[0] - AHEAD - MADE
        return SourceValues(SourceKind(told["kind"]), told["title"], said_on, link=told["link"])

    def _indicator(
        self, told: PromiseTold, text: str, unit: str, baseline: str, target: str
    ) -> IndicatorValues:
        phrases = self.stage.story.phrases
        return IndicatorValues(
            text=text,
            unit=Unit(unit),
            baseline=baseline,
            baseline_on=self.stage.months[0] - AHEAD,
            target=target,
            methods=(Method.DOCUMENTS, Method.VISIT),
            data_source=phrases.get(told.language, phrases["mk"])["data_source"],
        )

    def _due(self, told: PromiseTold) -> date | None:
        if told.due is None:
            return None
        return month_after(self.stage.months[0], told.due + 1) - timedelta(days=1)

    def _level(self, told: PromiseTold) -> Level:
        kinds = {self.stage.places[code].kind for code in told.places}
        return Level.LOCAL if kinds == {PlaceKind.MUNICIPALITY} else Level.CENTRAL

    def _author(self, told: PromiseTold) -> User:
        mobilizers = self.stage.mobilizers(self._region(told))
        speaking = [one for one in mobilizers if one.language == told.language]
        return (speaking or mobilizers)[0]

    def _region(self, told: PromiseTold) -> str:
        code = next(iter(told.watch), told.places[0])
        place: Place = self.stage.places[code]
        return place.region.code if place.region else ""


def promise_all(stage: Stage) -> tuple[Promising, list[Watched]]:
    """All that is public before the first month, each step on a day of its own."""
    promising, day, watched = Promising(stage), stage.months[0] - AHEAD + LOGGED, []
    public = [one for one in stage.story.promises if one.fate in ("published", "not_testable")]
    made = []
    for at, told in enumerate(public):
        with clock.at(moment(day, 6 * at)):
            made.append((promising.log(told), told))
    for days, step in ((7, promising.check), (12, lambda promise, _: promising.publish(promise))):
        for at, (promise, told) in enumerate(made):
            with clock.at(moment(day + timedelta(days=days), 6 * at)):
                step(promise, told)
    for at, (promise, told) in enumerate(made):
        with clock.at(moment(day + timedelta(days=20), 6 * at)):
            watched += promising.assign(promise, told)
    return promising, watched
