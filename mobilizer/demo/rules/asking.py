"""Requests for public information: which reports rest on the answer to one, and what it was."""

from dataclasses import dataclass
from datetime import date, timedelta

from mobilizer.demo.rules.story import chance
from mobilizer.monitoring.rules.words import Foi
from mobilizer.scoring.rules import Rating

#: So many days an institution has for its answer.
ALLOWED = 20
#: What becomes of requests: of four two are answered in time. All came to an answer, for that
#: is what is shown as evidence.
OUTCOMES = (Foi.IN_TIME, Foi.LATE, Foi.IN_TIME, Foi.REFUSED)


@dataclass(frozen=True)
class Asked:
    """What became of a request; of one that was never sent there are no days."""

    outcome: Foi = Foi.NOT_SENT
    sent_on: date | None = None
    answered_on: date | None = None

    @property
    def fields(self) -> dict[str, str]:
        """What the matrix says of it."""
        days = {"foi_sent_on": self.sent_on, "foi_answered_on": self.answered_on}
        told = {name: day.isoformat() for name, day in days.items() if day}
        return {"foi": self.outcome.value, **told}


def has_photo(key: str) -> bool:
    """Whether a photo is among the evidence of a report."""
    return chance(f"{key} photo", 4) == 0


def asked(key: str, rating: Rating, day: date) -> Asked:
    """The request on whose answer a report of a day rests: sent, unless there is none.

    Evidence and answers both follow from this, so that neither speaks against the other.
    """
    if rating is Rating.CANNOT_BE_RATED or has_photo(key) or chance(f"{key} request", 5):
        return Asked()
    outcome = OUTCOMES[chance(f"{key} outcome", len(OUTCOMES))]
    took = chance(f"{key} took", ALLOWED - 5) + (ALLOWED + 1 if outcome is Foi.LATE else 5)
    answered_on = day - timedelta(days=1 + chance(f"{key} came", 3))
    return Asked(outcome, answered_on - timedelta(days=took), answered_on)
