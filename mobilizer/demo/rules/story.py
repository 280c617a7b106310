"""The story as its files tell it (``seed/demonstration/``), read into plain values."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

from mobilizer.accounts.rules import Role
from mobilizer.demo.rules.courses import Course, read_course

#: The files, by the name of the part of the story that each holds.
PARTS = ("parties", "people", "promises", "courses", "phrases")
#: Codes of what is invented begin so.
PREFIX = "MK-DEMO-"
#: The fields of life the story is told in, of those the project brings along.
TOPICS = (
    "education",
    "social",
    "culture",
    "economy",
    "health",
    "infrastructure",
    "public-services",
    "environment",
    "agriculture",
    "urban-planning",
    "public-administration",
    "youth-and-sport",
)


@dataclass(frozen=True)
class Character:
    """Somebody with an account."""

    role: Role
    number: int
    language: str
    alias: str
    region: str = ""
    #: Whether she wants a public page.
    has_page: bool = False

    @property
    def sign_in_name(self) -> str:
        """What she signs in with: "mentor3@demo.example"."""
        return f"{self.role.value}{self.number}@demo.example"


@dataclass(frozen=True)
class PartyTold:
    """An invented party, and the parties of a coalition."""

    key: str
    kind: str
    names: Mapping[str, str]
    members: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """What it is called in addresses: "MK-DEMO-WALNUT"."""
        return PREFIX + self.key.upper()


@dataclass(frozen=True)
class PromiseTold:
    """An invented promise. ``due`` is a month of the story; None the end of the mandate."""

    topic: str
    party: str
    language: str
    words: str
    titles: Mapping[str, str]
    spot: str
    institution: str
    places: tuple[str, ...]
    #: Text, unit, baseline and target of each indicator.
    measure: tuple[tuple[str, str, str, str], ...]
    source: str = ""
    due: int | None = None
    #: Place → how it goes there.
    watch: Mapping[str, Course] = field(default_factory=dict)
    #: What the gate made of it: "published", "not_testable", "checked" or "draft".
    fate: str = "published"
    fate_reason: str = ""


@dataclass(frozen=True)
class ReplyTold:
    """What a party answers to a finding, so many days before today."""

    party: str
    language: str
    days: int
    is_published: bool
    function: str
    text: str


@dataclass(frozen=True)
class Story:
    """All of it."""

    parties: tuple[PartyTold, ...]
    sources: tuple[Mapping[str, str], ...]
    people: tuple[Character, ...]
    promises: tuple[PromiseTold, ...]
    phrases: Mapping[str, Any]
    replies: tuple[ReplyTold, ...] = ()

    def of(self, role: Role) -> list[Character]:
        """The people in a role."""
        return [one for one in self.people if one.role == role]


def read_story(files: Mapping[str, str]) -> Story:
    """The story from the text of its files, by the names of ``PARTS``."""
    parts = {name: tomllib.loads(files[name]) for name in PARTS}
    courses = {name: read_course(line) for name, line in parts["courses"].items()}
    return Story(
        parties=tuple(_party(one) for one in parts["parties"]["party"]),
        sources=tuple(parts["parties"]["source"]),
        people=tuple(_people(parts["people"])),
        promises=tuple(_promise(one, courses) for one in parts["promises"]["promise"]),
        phrases=parts["phrases"],
        replies=tuple(ReplyTold(**one) for one in parts["parties"]["reply"]),
    )


def chance(key: str, of: int) -> int:
    """A number from 0 to below ``of`` that looks like chance and is always the same."""
    return crc32(key.encode()) % of


def _party(told: dict[str, Any]) -> PartyTold:
    return PartyTold(**{**told, "members": tuple(told.get("members", ()))})


def _people(told: dict[str, Any]) -> Iterator[Character]:
    numbers = dict.fromkeys(Role, 0)

    def next_one(role: Role, one: dict[str, Any], region: str = "") -> Character:
        numbers[role] += 1
        return Character(role, numbers[role], region=region, **one)

    for one in told["administrator"]:
        yield next_one(Role.ADMINISTRATOR, one)
    for one in told["coordinator"]:
        yield next_one(Role.COORDINATOR, one)
    for region in told["region"]:
        yield next_one(Role.MENTOR, region["mentor"], region["code"])
        for one in region["mobilizers"]:
            yield next_one(Role.MOBILIZER, one, region["code"])


def _promise(told: dict[str, Any], courses: Mapping[str, Course]) -> PromiseTold:
    watch = {place: courses[name] for place, name in told.get("watch", {}).items()}
    places, measure = tuple(told["places"]), tuple(tuple(one) for one in told["measure"])
    return PromiseTold(**{**told, "places": places, "measure": measure, "watch": watch})
