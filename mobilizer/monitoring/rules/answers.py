"""From what was typed to the answers that are kept, with what is wrong beside each field."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from mobilizer.core.errors import RuleBroken, TooLong
from mobilizer.core.words import N_
from mobilizer.monitoring.rules.matrix import Answers, Field, Kind, Matrix, Measure, stands_still
from mobilizer.monitoring.rules.values import NO_DATA
from mobilizer.monitoring.rules.words import Answer, Foi, Light, Stagnation, Step
from mobilizer.promises.rules import Unit
from mobilizer.promises.rules.quantities import check_value

#: The field under which a lack of evidence is told.
EVIDENCE = "evidence"

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


class Incomplete(RuleBroken):
    """What was typed cannot be sent yet. ``faults`` says all of it, each beside its field."""

    def __init__(self, faults: Iterable[RuleBroken]) -> None:
        """Keep every fault; the message itself is for those who cannot show them one by one."""
        super().__init__(N_("Something is missing or wrong. Nothing that you typed is lost."))
        self.faults = tuple(faults)

    @property
    def each(self) -> tuple[RuleBroken, ...]:
        """Every fault."""
        return self.faults


@dataclass
class Reading:
    """Typed fields, read: the canonical answers, and every fault."""

    answers: Answers = field(default_factory=dict)
    faults: list[RuleBroken] = field(default_factory=list)

    def blame(self, name: str, message: str, **params: object) -> None:
        """Note a fault beside a field."""
        self.faults.append(RuleBroken(message, field=name, **params))

    def needs(self, name: str, message: str = N_("This is needed.")) -> None:
        """Note a fault if nothing was given here, and nothing wrong either."""
        if not self.answers.get(name) and all(fault.field != name for fault in self.faults):
            self.blame(name, message)

    def drop(self, *names: str) -> None:
        """Leave out what does not apply, whatever stands there."""
        for name in names:
            self.answers.pop(name, None)
        self.faults = [fault for fault in self.faults if fault.field not in names]


def read(matrix: Matrix, typed: Mapping[str, Any], today: date) -> Reading:
    """Read a whole typed matrix. Fields it does not know are left out."""
    reading = Reading()
    for one in matrix.fields.values():
        _read_field(reading, one, typed.get(one.name))
    for name in ("rating", "rating_reason", "next_step"):
        reading.needs(name)
    for measure in matrix.measures:
        _measure(reading, measure, str(typed.get(f"value_{measure.position}") or ""))
    _standstill(reading, matrix)
    _local(reading, matrix)
    _requests_and_contacts(reading, today)
    order = list(matrix.fields)
    reading.answers = {name: reading.answers[name] for name in order if name in reading.answers}
    reading.faults.sort(key=lambda fault: order.index(fault.field or ""))
    return reading


def clean(text: object) -> str:
    """Text as it is kept: composed, with plain line ends, without what cannot be seen."""
    if not isinstance(text, str):
        return ""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", lines).strip()


def _read_field(reading: Reading, one: Field, typed: object) -> None:
    if one.kind == Kind.VALUE:
        return  # Its unit is known to the measure.
    if one.kind == Kind.MANY:
        _many(reading, one, typed if isinstance(typed, list | tuple) else [typed])
        return
    text = clean(typed)
    if not text:
        return
    try:
        reading.answers[one.name] = _READERS[one.kind](one, text)
    except RuleBroken as fault:
        reading.blame(one.name, fault.message, **fault.params)


def _many(reading: Reading, one: Field, typed: Iterable[object]) -> None:
    chosen = {item for item in typed if item}
    if not chosen <= set(one.words):
        reading.blame(one.name, N_("Not a valid choice."))
    elif chosen:
        reading.answers[one.name] = [word.value for word in one.words if word in chosen]


def _one(one: Field, text: str) -> str:
    if text not in one.words:
        raise RuleBroken(N_("Not a valid choice."))
    return text


def text_of(one: Field, text: str) -> str:
    """A text that is neither too short nor too long for its field.

    Raises:
        RuleBroken: it is.
    """
    if len(text) < one.shortest:
        raise RuleBroken(
            N_("At least %(least)s characters; this has %(n)s."), least=one.shortest, n=len(text)
        )
    if len(text) > one.longest:
        raise TooLong(text, one.longest)
    return text


def _day(_: Field, text: str) -> str:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise RuleBroken(N_("This is not a date.")) from None
    if not 1990 <= found.year <= 2100:
        raise RuleBroken(N_("This date is too far away."))
    return found.isoformat()


_READERS = {Kind.ONE: _one, Kind.TEXT: text_of, Kind.LINE: text_of, Kind.DAY: _day}


def _measure(reading: Reading, measure: Measure, typed: str) -> None:
    """A value by its unit; no data greys the light, and then what was tried is asked."""
    value, light, finding, tried = (
        f"{part}_{measure.position}" for part in ("value", "light", "finding", "tried")
    )
    text = clean(typed)
    if text == NO_DATA:
        reading.answers[light] = Light.GREY.value
    is_grey = reading.answers.get(light) == Light.GREY
    if is_grey and text in ("", NO_DATA):
        reading.answers[value] = NO_DATA
        reading.needs(tried, N_("Say what you tried."))
        return
    if is_grey:
        reading.blame(
            light,
            N_("Grey says that there are no data, but a value is given: take away one of them."),
        )
    if text:
        _value(reading, value, measure.unit, text)
    reading.needs(value, N_("Give the value; if there are no data, choose the grey light."))
    reading.needs(light)
    reading.needs(finding)
    reading.drop(tried)


def _value(reading: Reading, name: str, unit: Unit, text: str) -> None:
    try:
        reading.answers[name] = check_value(unit, text)
    except RuleBroken as fault:
        reading.blame(name, fault.message, **fault.params)


def _standstill(reading: Reading, matrix: Matrix) -> None:
    if not stands_still(matrix, reading.answers):
        reading.drop("stagnation", "stagnation_other")
        return
    reading.needs("stagnation", N_("A promise that stands still needs a reason."))
    if Stagnation.OTHER in reading.answers.get("stagnation", ()):
        reading.needs("stagnation_other", N_("Say what it is."))
    else:
        reading.drop("stagnation_other")


def _local(reading: Reading, matrix: Matrix) -> None:
    if "participation" not in matrix.fields:
        return
    for step in Step:
        reading.needs(f"step_{step}")
    reading.needs("info_public")
    reading.needs("participation")
    if reading.answers.get("participation") == Answer.YES:
        reading.needs("mechanisms", N_("Say how they took part."))
    else:
        reading.drop("mechanisms")


def _requests_and_contacts(reading: Reading, today: date) -> None:
    foi = reading.answers.get("foi", Foi.NOT_SENT)
    if foi == Foi.NOT_SENT:
        reading.drop("foi_sent_on", "foi_answered_on")
    else:
        reading.needs("foi_sent_on", N_("Say when it was sent."))
    if foi in (Foi.IN_TIME, Foi.LATE):
        reading.needs("foi_answered_on", N_("Say when the answer came."))
    elif foi != Foi.REFUSED:
        reading.drop("foi_answered_on")
    sent, answered = reading.answers.get("foi_sent_on"), reading.answers.get("foi_answered_on")
    if sent and answered and answered < sent:
        reading.blame("foi_answered_on", N_("An answer cannot come before the request."))
    for name in ("foi_sent_on", "foi_answered_on", "contact_on"):
        if reading.answers.get(name, "") > today.isoformat():
            reading.blame(name, N_("This day has not come yet."))
    if reading.answers.get("contact_on"):
        reading.needs("contact", N_("Say with whom, and about what."))


def without_evidence(
    matrix: Matrix, answers: Answers, evidence: Iterable[Iterable[int]]
) -> list[RuleBroken]:
    """The faults for each indicator that has data and no evidence.

    Args:
        matrix: the promise's.
        answers: what is said about it.
        evidence: for each piece, the indicators it is about; none named means all.
    """
    pieces = [set(positions) for positions in evidence]
    lacking = [
        measure.position
        for measure in matrix.measures
        if answers.get(f"light_{measure.position}") != Light.GREY
        and not any(not piece or measure.position in piece for piece in pieces)
    ]
    if lacking and not pieces:
        return [
            RuleBroken(
                N_("Add at least one piece of evidence: a link, a photo, a request number."),
                field=EVIDENCE,
            )
        ]
    return [
        RuleBroken(N_("Indicator %(n)s has no evidence yet."), field=EVIDENCE, n=n) for n in lacking
    ]
