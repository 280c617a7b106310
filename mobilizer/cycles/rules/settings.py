"""What of a cycle's settings was changed, and which of them are rules that the public relies on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mobilizer.core.words import N_
from mobilizer.cycles.rules import Level

#: The settings by the name they are stored under -> what the form calls them.
LABELS: dict[str, str] = {
    "level": N_("Level"),
    "election": N_("Election"),
    "first_month": N_("First month"),
    "last_month": N_("Last month"),
    "opens_day": N_("Opens on day"),
    "due_day": N_("Due on day"),
    "closes_day": N_("Closes on day"),
    "time_zone": N_("Time zone"),
    "least_rated": N_("Fewest rated promises for a percentage"),
    "review_days": N_("Days for a review"),
    "reply_days": N_("Days for a reply before publication"),
    "answer_days": N_("Days to answer whoever asks"),
    "second_share": N_("Reports that go to a second mentor, in percent"),
    "is_public": N_("The public may see this cycle"),
    "is_current": N_("The public first page shows this cycle"),
}
#: What bears on no finding: how long a mentor or an answer may take, which cycle comes first.
INSIDE = frozenset({"review_days", "answer_days", "is_current"})
#: What bears on what is published, and when. A setting that is new is a rule until it is weighed.
RULES = frozenset(LABELS) - INSIDE
YES, NO = N_("Yes"), N_("No")


@dataclass(frozen=True)
class Changed:
    """One setting with what it was and what it became.

    Text, or a date for a month; where ``is_word``, message ids. Empty: it was or is not set.
    """

    name: str
    label: str
    before: str | date
    after: str | date
    is_word: bool = False
    #: The language or the region it holds for, by its code.
    of: str = ""


def changes(changed: Mapping[str, Any]) -> Iterator[Changed]:
    """All that was changed, from what the log keeps: ``{"least_rated": {"from": 5, "to": 8}}``.

    What the log names and nothing here does is not told.
    """
    for name, both in changed.items():
        before, after = both.get("from"), both.get("to")
        if name == "names":
            yield from _each(name, N_("Name"), before, after)
        elif name == "quotas":
            yield from _planned(before, after)
        elif name in LABELS:
            yield _one(name, before, after)


def rule_changes(changed: Mapping[str, Any]) -> Iterator[Changed]:
    """The same, of the rules alone."""
    return (one for one in changes(changed) if one.name in RULES)


def _one(name: str, before: Any, after: Any) -> Changed:
    was, now = _written(name, before), _written(name, after)
    is_word = name == "level" or isinstance(after, bool)
    return Changed(name, LABELS[name], was, now, is_word)


def _written(name: str, value: Any) -> str | date:
    if isinstance(value, bool):
        return YES if value else NO
    if name in ("first_month", "last_month"):
        return date.fromisoformat(value)
    if name == "level":
        return Level(value).label
    return "" if value is None else str(value)


def _planned(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Changed]:
    for name, label in (
        ("mobilizers", N_("Mobilizers in most regions")),
        ("mentors", N_("Mentors in each region")),
    ):
        if before.get(name) != after.get(name):
            was, now = (str(one.get(name, "")) for one in (before, after))
            yield Changed("quotas", label, was, now)
    exceptions = (one.get("mobilizers_in") or {} for one in (before, after))
    yield from _each("quotas", N_("Mobilizers"), *exceptions)


def _each(
    name: str, label: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[Changed]:
    for code in sorted({*before, *after}):
        was, now = (str(one.get(code, "")) for one in (before, after))
        if was != now:
            yield Changed(name, label, was, now, of=code)
