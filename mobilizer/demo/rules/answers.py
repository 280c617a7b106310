"""What a report says: the typed matrix, from a rating, the indicators and the phrases."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from mobilizer.demo.rules.courses import MONTHS, ODD, RATINGS, Told
from mobilizer.demo.rules.story import PromiseTold, chance
from mobilizer.monitoring.rules.words import (
    Answer,
    Because,
    Foi,
    Light,
    Mechanism,
    Stagnation,
    Step,
)
from mobilizer.promises.rules import Unit
from mobilizer.scoring.rules import Rating

LETTERS = {rating: letter for letter, rating in RATINGS.items()}
NUMBERS = (Unit.NUMBER, Unit.PERCENT, Unit.DENARS, Unit.EUROS, Unit.KILOMETRES)
#: What stands behind a number in a sentence.
BEHIND = {Unit.PERCENT: " %", Unit.KILOMETRES: " km"}

#: How far along an indicator is: at the beginning of the story, and how much more by its end.
ALONG: dict[Rating, tuple[Fraction, Fraction]] = {
    Rating.NOT_STARTED: (Fraction(0), Fraction(0)),
    Rating.BROKEN: (Fraction(0), Fraction(0)),
    Rating.STALLED: (Fraction(1, 4), Fraction(0)),
    Rating.IN_PROGRESS: (Fraction(1, 10), Fraction(3, 10)),
    Rating.PARTLY_KEPT: (Fraction(1, 2), Fraction(1, 3)),
    Rating.KEPT: (Fraction(1), Fraction(0)),
}
#: Nearly there: a value that speaks against "kept".
NEARLY = Fraction(24, 25)

LIGHTS = {
    Rating.NOT_STARTED: Light.RED,
    Rating.BROKEN: Light.RED,
    Rating.STALLED: Light.RED,
    Rating.IN_PROGRESS: Light.YELLOW,
    Rating.PARTLY_KEPT: Light.YELLOW,
    Rating.KEPT: Light.GREEN,
    Rating.CANNOT_BE_RATED: Light.GREY,
}
STEPS_DONE = {
    Rating.NOT_STARTED: 0,
    Rating.BROKEN: 1,
    Rating.STALLED: 2,
    Rating.IN_PROGRESS: 4,
    Rating.PARTLY_KEPT: 6,
    Rating.KEPT: 7,
}
REASONS = (Stagnation.NO_MONEY, Stagnation.PRECONDITION, Stagnation.NO_PRIORITY)


@dataclass(frozen=True)
class Telling:
    """One report that is to be written: about what, when, and in whose words."""

    promise: PromiseTold
    told: Told
    month: int
    key: str
    #: The phrases of the author's language.
    phrases: Mapping[str, Any]

    def pick(self, options: list[str], about: str = "") -> str:
        """One of some phrases."""
        return options[chance(f"{self.key} {about}", len(options))]

    def say(self, kind: str, position: int = 1) -> str:
        """A sentence of a kind on the rating, with numbers where the indicator has some."""
        _, unit, _, target = self.promise.measure[position - 1]
        options = self.phrases[kind][LETTERS[self.told.rating]]
        if unit not in NUMBERS:
            options = [one for one in options if "{" not in one]
        line = self.pick(options, f"{kind} {position}")
        after = BEHIND.get(Unit(unit), "")
        return line.format(value=self.value(position) + after, target=target + after)

    def value(self, position: int) -> str:
        """Where an indicator stands."""
        _, unit, baseline, target = self.promise.measure[position - 1]
        if unit == Unit.YES_NO:
            return target if self.told.rating is Rating.KEPT else baseline
        done = self._along
        if unit == Unit.STEPS:
            total = int(target.partition("/")[2])
            return f"{int(done * total)}/{total}"
        began, wanted = Fraction(baseline), Fraction(target)
        amount = began + done * (wanted - began)
        return f"{float(amount):.1f}" if "." in baseline + target else str(int(amount))

    @property
    def _along(self) -> Fraction:
        if self.told.fate in ODD:
            return NEARLY
        start, more = ALONG[self.told.rating]
        return start + more * Fraction(self.month, MONTHS)


def typed(telling: Telling) -> dict[str, Any]:
    """The whole matrix of a full report, as its author types it."""
    rating, key = telling.told.rating, telling.key
    fields: dict[str, Any] = {
        "rating": rating.value,
        "rating_reason": telling.say("reason"),
        "next_step": telling.pick(telling.phrases["next_step"]),
        "stagnation": [REASONS[chance(key, len(REASONS))].value],
        "foi": Foi.NOT_SENT.value,
        **_steps(rating),
        "info_public": (Answer.YES, Answer.NO)[chance(f"{key} public", 2)].value,
        **_participation(key),
    }
    for position in range(1, len(telling.promise.measure) + 1):
        fields |= _indicator(telling, position)
    if chance(f"{key} note", 8) == 0:
        fields |= {"note_mentor": telling.phrases["note"], "contact": telling.phrases["contact"]}
    return fields


def because(key: str) -> str:
    """Why it could not be found out."""
    reasons = [one for one in Because if one is not Because.OTHER]
    return reasons[chance(key, len(reasons))].value


def _indicator(telling: Telling, position: int) -> dict[str, str]:
    light = LIGHTS[telling.told.rating]
    fields = {f"light_{position}": light.value}
    if light is Light.GREY:
        return fields | {f"tried_{position}": telling.phrases["tried"]}
    return fields | {
        f"value_{position}": telling.value(position),
        f"finding_{position}": telling.say("finding", position),
    }


def _steps(rating: Rating) -> dict[str, str]:
    done = STEPS_DONE.get(rating)
    if done is None:
        return {f"step_{step}": Answer.NOT_APPLICABLE.value for step in Step}
    return {
        f"step_{step}": (Answer.YES if at < done else Answer.NO).value
        for at, step in enumerate(Step)
    }


def _participation(key: str) -> dict[str, Any]:
    if chance(f"{key} part", 3):
        return {"participation": Answer.NO.value}
    way = (Mechanism.GATHERINGS, Mechanism.ONLINE, Mechanism.OPEN_DAYS)[chance(key, 3)]
    return {"participation": Answer.YES.value, "mechanisms": [way.value]}
