"""What a report says: the typed matrix, from a rating, the indicators and the phrases.

Whoever is told a verdict reads its answers side by side, and over the months: none of them speaks
against another, nor against the phrases (``seed/demonstration/phrases.toml``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from mobilizer.demo.rules.asking import asked
from mobilizer.demo.rules.courses import MONTHS, ODD, RATINGS, Told
from mobilizer.demo.rules.story import PromiseTold, chance
from mobilizer.monitoring.rules.words import (
    Answer,
    Because,
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
#: What stopped, or was given up, stands where it stood, and nothing begun falls behind that.
ALONG: dict[Rating, tuple[Fraction, Fraction]] = {
    Rating.NOT_STARTED: (Fraction(0), Fraction(0)),
    Rating.BROKEN: (Fraction(1, 4), Fraction(0)),
    Rating.STALLED: (Fraction(1, 4), Fraction(0)),
    Rating.IN_PROGRESS: (Fraction(1, 10), Fraction(3, 20)),
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
#: Of these no step was found; of what cannot be rated none is asked for.
NO_STEP = (Rating.NOT_STARTED, Rating.CANNOT_BE_RATED)
#: Of these something is in use, whatever the indicators count.
IN_USE = (Rating.PARTLY_KEPT, Rating.KEPT)
#: Whether something is published, where the phrases say so; else it is left to chance.
IN_PUBLIC = {
    Rating.IN_PROGRESS: Answer.YES,
    Rating.KEPT: Answer.YES,
    Rating.BROKEN: Answer.YES,
    Rating.STALLED: Answer.NO,
    Rating.CANNOT_BE_RATED: Answer.NO,
}
#: Why it stands still: for each phrase of the reason, in their order, what that phrase says.
STANDS: dict[Rating, tuple[Stagnation, ...]] = {
    Rating.NOT_STARTED: (Stagnation.NO_MONEY, Stagnation.NO_PRIORITY),
    Rating.STALLED: (Stagnation.UNKNOWN, Stagnation.NO_MONEY),
    Rating.BROKEN: (Stagnation.NO_PRIORITY,),
}
#: Who says that she waits for an answer has sent a request, of which no report of hers tells.
UNTOLD = (Because.WAITING, Because.OTHER)


@dataclass(frozen=True)
class Telling:
    """One report that is to be written: about what, when, and in whose words."""

    promise: PromiseTold
    told: Told
    month: int
    key: str
    #: The day on which it is written.
    day: date
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
    def stands(self) -> list[Stagnation]:
        """Why it stands still, as the phrase that ``say`` finds for the reason has it."""
        told = STANDS.get(self.told.rating)
        return [told[chance(f"{self.key} reason 1", len(told))]] if told else []

    @property
    def has_result(self) -> bool:
        """Whether anything of what was promised is there."""
        moved = (
            self.value(position) != baseline
            for position, (_, _, baseline, _) in enumerate(self.promise.measure, 1)
        )
        return self.told.rating in IN_USE or any(moved)

    @property
    def _along(self) -> Fraction:
        if self.told.fate in ODD:
            return NEARLY
        start, more = ALONG[self.told.rating]
        return start + more * Fraction(self.month, MONTHS)


def typed(telling: Telling) -> dict[str, Any]:
    """The whole matrix of a full report, as its author types it."""
    rating, key = telling.told.rating, telling.key
    at_random = (Answer.YES, Answer.NO)[chance(f"{key} public", 2)]
    fields: dict[str, Any] = {
        "rating": rating.value,
        "rating_reason": telling.say("reason"),
        "next_step": telling.pick(telling.phrases["next_step"]),
        "stagnation": [one.value for one in telling.stands],
        **asked(key, rating, telling.day).fields,
        **_steps(telling),
        "info_public": IN_PUBLIC.get(rating, at_random).value,
        **_participation(rating, key),
    }
    for position in range(1, len(telling.promise.measure) + 1):
        fields |= _indicator(telling, position)
    if chance(f"{key} note", 8) == 0:
        fields |= {"note_mentor": telling.phrases["note"], "contact": telling.phrases["contact"]}
    return fields


def because(key: str) -> str:
    """Why it could not be found out."""
    reasons = [one for one in Because if one not in UNTOLD]
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


def _steps(telling: Telling) -> dict[str, str]:
    """What was begun went through all steps but the last, which needs something to show."""
    rating = telling.told.rating
    if rating is Rating.CANNOT_BE_RATED:
        return {f"step_{step}": Answer.NOT_APPLICABLE.value for step in Step}
    done = set() if rating in NO_STEP else {*Step} - {Step.RESULTS}
    if telling.has_result:
        done.add(Step.RESULTS)
    return {f"step_{step}": (Answer.YES if step in done else Answer.NO).value for step in Step}


def _participation(rating: Rating, key: str) -> dict[str, Any]:
    """Nobody takes part in what nobody has begun."""
    if rating in NO_STEP or chance(f"{key} part", 3):
        return {"participation": Answer.NO.value}
    way = (Mechanism.GATHERINGS, Mechanism.ONLINE, Mechanism.OPEN_DAYS)[chance(key, 3)]
    return {"participation": Answer.YES.value, "mechanisms": [way.value]}
