"""What a record of a meeting must say."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta

from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_
from mobilizer.monitoring.rules.answers import Incomplete, clean

SUBJECT_LONGEST = 200
ADVICE_LONGEST = 4000
STEP_LONGEST = 600
#: A meeting lasts at least a minute and at most a day.
MINUTES = (1, 24 * 60)
#: A next step is no further off than this.
FURTHEST = timedelta(days=366)
#: People of a cycle meet before its first month begins, but no earlier than this before it.
EARLIEST = timedelta(days=366)
#: The same record again within this time is the same: a button was pressed twice.
SAME_WITHIN = timedelta(minutes=10)

#: What each part of a record is called; the log names which of them were changed.
LABELS: dict[str, str] = {
    "met_on": N_("Day of the meeting"),
    "minutes": N_("Minutes it took"),
    "subject": N_("Subject"),
    "advice": N_("Advice"),
    "next_step": N_("Next step"),
    "next_step_on": N_("To be done by"),
    "is_shared": N_("Shared with the mobilizer"),
}


@dataclass(frozen=True)
class Noted:
    """A record as it is kept."""

    met_on: date
    minutes: int
    subject: str
    advice: str
    next_step: str
    next_step_on: date | None
    is_shared: bool

    def changed(self, before: object) -> list[str]:
        """The names of the parts that differ from a record as it stood."""
        names = (one.name for one in fields(self))
        return [name for name in names if getattr(self, name) != getattr(before, name)]


def check_met(met_on: date, first_month: date) -> None:
    """A meeting belongs to its cycle, or to the year in which the cycle was prepared.

    Raises:
        RuleBroken: it was earlier.
    """
    earliest = first_month - EARLIEST
    if met_on < earliest:
        raise RuleBroken(
            N_("This is long before the cycle: choose a day from %(earliest)s on."),
            field="met_on",
            earliest=earliest,
        )


def read_noted(typed: Mapping[str, str], *, is_shared: bool, today: date) -> Noted:
    """A record as it was typed, held to the rules.

    Raises:
        Incomplete: something is missing or wrong; every fault names its field.
    """
    reading = _Reading(typed)
    met_on = reading.day("met_on")
    step_on = reading.day("next_step_on")
    minutes = reading.minutes()
    noted = {
        "subject": reading.text("subject", SUBJECT_LONGEST),
        "advice": reading.text("advice", ADVICE_LONGEST),
        "next_step": reading.text("next_step", STEP_LONGEST),
    }
    if met_on is None:
        reading.blame("met_on", N_("Say on which day you met."))
    elif met_on > today:
        reading.blame("met_on", N_("This day is still to come."))
    if not noted["subject"]:
        reading.blame("subject", N_("Say in a few words what it was about."))
    if noted["next_step"] and step_on is None:
        reading.blame("next_step_on", N_("Say by which day."))
    if step_on and not noted["next_step"]:
        reading.blame("next_step", N_("Say what is to be done by then."))
    if step_on and met_on and not met_on <= step_on <= met_on + FURTHEST:
        reading.blame("next_step_on", N_("Choose a day within a year after the meeting."))
    if reading.faults or met_on is None:
        raise Incomplete(reading.faults)
    return Noted(met_on, minutes, next_step_on=step_on, is_shared=is_shared, **noted)


class _Reading:
    """What was typed, and all that is wrong with it: one fault for each field."""

    def __init__(self, typed: Mapping[str, str]) -> None:
        self.typed = typed
        self.faults: list[RuleBroken] = []

    def blame(self, name: str, message: str, **params: object) -> None:
        """Note a fault, if the field has none yet."""
        if all(fault.field != name for fault in self.faults):
            self.faults.append(RuleBroken(message, field=name, **params))

    def text(self, name: str, most: int) -> str:
        """A text that is not too long."""
        text = clean(self.typed.get(name, ""))
        if len(text) > most:
            self.blame(
                name, N_("At most %(most)s characters; this has %(n)s."), most=most, n=len(text)
            )
        return text

    def day(self, name: str) -> date | None:
        """A day; None where none is typed."""
        typed = clean(self.typed.get(name, ""))
        try:
            return date.fromisoformat(typed) if typed else None
        except ValueError:
            self.blame(name, N_("This is not a date."))
            return None

    def minutes(self) -> int:
        """How long it took."""
        typed = clean(self.typed.get("minutes", ""))
        is_number = typed.isascii() and typed.isdigit() and len(typed) < 6
        least, most = MINUTES
        if not is_number or not least <= int(typed) <= most:
            self.blame(
                "minutes", N_("Whole minutes, %(least)s to %(most)s."), least=least, most=most
            )
            return 0
        return int(typed)
