"""What a second mentor answers."""

from dataclasses import dataclass

from mobilizer.core.errors import RuleBroken, TooLong
from mobilizer.core.words import N_
from mobilizer.monitoring.rules.answers import Incomplete, clean
from mobilizer.monitoring.rules.matrix import RATINGS
from mobilizer.scoring.rules import Rating

#: What is chosen in place of a rating.
CANNOT_TELL = "cannot_tell"
REASON_SHORTEST, REASON_LONGEST = 10, 600


@dataclass(frozen=True)
class Answer:
    """A rating with its reason; None where what she was shown does not tell."""

    rating: Rating | None
    reason: str


class NoLongerAsked(RuleBroken):
    """The report was sent back or taken back, or somebody else looks at it now."""

    def __init__(self) -> None:
        """Say what happened."""
        super().__init__(
            N_("This report needs no second look from you any more. Nothing was recorded.")
        )


def read_answer(chosen: str, typed: str) -> Answer:
    """The answer as it is kept.

    Raises:
        Incomplete: nothing is chosen, or the reason is missing or too long.
    """
    reason, faults = clean(typed), []
    if chosen != CANNOT_TELL and chosen not in RATINGS:
        faults.append(RuleBroken(N_("Choose a rating, or that it cannot be told."), field="rating"))
    if len(reason) < REASON_SHORTEST:
        faults.append(
            RuleBroken(
                N_("At least %(least)s characters: what shows it?"),
                field="reason",
                least=REASON_SHORTEST,
            )
        )
    if len(reason) > REASON_LONGEST:
        faults.append(TooLong(reason, REASON_LONGEST, field="reason"))
    if faults:
        raise Incomplete(faults)
    return Answer(None if chosen == CANNOT_TELL else Rating(chosen), reason)
