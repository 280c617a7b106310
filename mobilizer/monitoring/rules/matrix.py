"""The monthly part of the monitoring matrix: its fields, and on which screen each is asked.

Answers are flat: a field's name → a text, or a list of codes. So a comment, a fault and a
change can all name a field in the same way, and a draft is what the form sent.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from mobilizer.core.words import N_, Word
from mobilizer.cycles.rules import Level
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

MATRIX_VERSION = "1"

#: What a mobilizer can find. "Not yet rated" is said by silence, never by her.
RATINGS = tuple(rating for rating in Rating if rating != Rating.NOT_YET_RATED)

Answers = dict[str, Any]


class Kind(StrEnum):
    """How a field is typed."""

    ONE = "one"
    MANY = "many"
    TEXT = "text"
    LINE = "line"
    DAY = "day"
    VALUE = "value"


class Screen(Word):
    """The questions that are asked together. Indicators have a screen each."""

    STATE = "state", N_("State")
    INDICATOR = "indicator", N_("Indicator")
    STANDSTILL = "standstill", N_("Standing still")
    LOCAL = "local", N_("Steps")
    EVIDENCE = "evidence", N_("Evidence")
    SEND = "send", N_("Check and send")


@dataclass(frozen=True)
class Field:
    """One field of the matrix: its label, what may stand in it, and where it is asked."""

    name: str
    label: str
    kind: Kind
    screen: Screen
    words: tuple[Word, ...] = ()
    shortest: int = 0
    longest: int = 0
    #: The position of the indicator it is about; 0 for the promise as a whole.
    position: int = 0
    is_published: bool = True
    #: Whether last month's answer is offered again.
    is_carried: bool = True


@dataclass(frozen=True)
class Measure:
    """An indicator, as far as the matrix needs it."""

    position: int
    unit: Unit
    target: str = ""
    baseline: str = ""


@dataclass(frozen=True)
class Matrix:
    """The matrix of one promise: what is asked depends on its level and its indicators."""

    level: Level
    measures: tuple[Measure, ...]
    due_on: date | None = None

    @cached_property
    def fields(self) -> dict[str, Field]:
        """All fields by name, in the order in which they are asked and shown."""
        local = LOCAL if self.level == Level.LOCAL else ()
        every = (*STATE, *self._indicators(), *STANDSTILL, *local, *EVIDENCE, *SEND)
        return {field.name: field for field in every}

    def _indicators(self) -> Iterator[Field]:
        for measure in self.measures:
            yield from _indicator(measure.position)

    def on(self, screen: Screen, position: int = 0) -> list[Field]:
        """The fields of one screen."""
        return [
            field
            for field in self.fields.values()
            if field.screen == screen and field.position == position
        ]

    def screens(self, typed: Mapping[str, Any]) -> list[tuple[Screen, int]]:
        """The screens to go through, as far as can be told from what is typed so far."""
        standstill = [(Screen.STANDSTILL, 0)] if stands_still(self, typed) else []
        local = [(Screen.LOCAL, 0)] if self.level == Level.LOCAL else []
        return [
            (Screen.STATE, 0),
            *((Screen.INDICATOR, measure.position) for measure in self.measures),
            *standstill,
            *local,
            (Screen.EVIDENCE, 0),
            (Screen.SEND, 0),
        ]


def stands_still(matrix: Matrix, typed: Mapping[str, Any]) -> bool:
    """Whether it must be said why: the promise is stalled, or any light is red."""
    lights = (typed.get(f"light_{measure.position}") for measure in matrix.measures)
    return typed.get("rating") == Rating.STALLED or Light.RED in lights


STATE = (
    Field("rating", N_("What is the state today?"), Kind.ONE, Screen.STATE, RATINGS),
    Field("rating_reason", N_("Reason for the rating"), Kind.TEXT, Screen.STATE, (), 30, 600),
    Field("next_step", N_("Your next step"), Kind.TEXT, Screen.STATE, (), 1, 600),
    Field("next_step_on", N_("Date of the next step"), Kind.DAY, Screen.STATE),
)


def _indicator(n: int) -> tuple[Field, ...]:
    at = Screen.INDICATOR
    return (
        Field(f"value_{n}", N_("Current value"), Kind.VALUE, at, position=n),
        Field(f"light_{n}", N_("Light"), Kind.ONE, at, tuple(Light), position=n),
        Field(f"finding_{n}", N_("What did you find?"), Kind.TEXT, at, (), 30, 1500, n),
        Field(
            f"tried_{n}",
            N_("If there are no data: what did you try?"),
            Kind.TEXT,
            at,
            (),
            30,
            1500,
            n,
        ),
    )


STANDSTILL = (
    Field(
        "stagnation",
        N_("Why does it stand still?"),
        Kind.MANY,
        Screen.STANDSTILL,
        tuple(Stagnation),
    ),
    Field(
        "stagnation_other", N_("If other: what is it?"), Kind.LINE, Screen.STANDSTILL, (), 3, 300
    ),
)
LOCAL = (
    *(Field(f"step_{step}", step.label, Kind.ONE, Screen.LOCAL, tuple(Answer)) for step in Step),
    Field(
        "info_public",
        N_("Information is on the website or social networks"),
        Kind.ONE,
        Screen.LOCAL,
        tuple(Answer),
    ),
    Field(
        "participation",
        N_("Citizens took part in decisions"),
        Kind.ONE,
        Screen.LOCAL,
        tuple(Answer),
    ),
    Field("mechanisms", N_("If they took part: how?"), Kind.MANY, Screen.LOCAL, tuple(Mechanism)),
)
EVIDENCE = (
    Field("foi", N_("Request for public information"), Kind.ONE, Screen.EVIDENCE, tuple(Foi)),
    Field("foi_sent_on", N_("Request sent on"), Kind.DAY, Screen.EVIDENCE),
    Field("foi_answered_on", N_("Request answered on"), Kind.DAY, Screen.EVIDENCE),
    Field(
        "contact",
        N_("Contact with officials"),
        Kind.TEXT,
        Screen.EVIDENCE,
        (),
        3,
        1000,
        is_carried=False,
    ),
    Field("contact_on", N_("Date of the contact"), Kind.DAY, Screen.EVIDENCE, is_carried=False),
)
SEND = (
    Field(
        "note_mentor",
        N_("Note to the mentor (not published)"),
        Kind.TEXT,
        Screen.SEND,
        (),
        1,
        2000,
        is_published=False,
        is_carried=False,
    ),
)
#: What the two short reports ask in place of the matrix.
BECAUSE = Field(
    "because", N_("Could not find out, because…"), Kind.ONE, Screen.SEND, tuple(Because)
)
TRIED = Field("tried", N_("What did you look at or try?"), Kind.TEXT, Screen.SEND, (), 30, 1500)
