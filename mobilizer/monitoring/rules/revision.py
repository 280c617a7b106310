"""What is sent, what each kind of report needs, and the hash that names it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_
from mobilizer.monitoring.rules.answers import Incomplete, clean, text_of
from mobilizer.monitoring.rules.matrix import BECAUSE, TRIED, Answers
from mobilizer.monitoring.rules.words import Because
from mobilizer.monitoring.rules.workflow import RevisionKind

#: How long a reason or a reply is, in characters.
REASON = (30, 1000)
REPLY_LONGEST = 2000


@dataclass(frozen=True)
class Sent:
    """One report as it comes in: from the pages, or from the phone's outbox."""

    kind: RevisionKind = RevisionKind.FULL
    #: Field → what was typed.
    fields: Mapping[str, Any] = field(default_factory=dict)
    #: The uids of the evidence it rests on.
    evidence: tuple[str, ...] = ()
    contradiction_reason: str = ""
    #: Commented field ("" for the whole) → the author's answer.
    replies: Mapping[str, str] = field(default_factory=dict)
    #: When it was saved by the phone's clock, and by how much that differed when it was sent.
    saved_at: datetime | None = None
    clock_off: timedelta | None = None
    #: Who brought it at the desk, by her id, where its author could not send it.
    handed_in_by: int | None = None


@dataclass(frozen=True)
class Content:
    """All that a revision says, read and found complete."""

    kind: RevisionKind
    answers: Answers
    evidence: tuple[str, ...]
    contradiction_reason: str
    replies: dict[str, str]
    matrix_version: str

    @property
    def canonical(self) -> bytes:
        """The one way it is written down: JSON, keys sorted, no spaces, UTF-8."""
        facts = {
            "answers": self.answers,
            "contradiction_reason": self.contradiction_reason,
            "evidence": sorted(self.evidence),
            "kind": self.kind.value,
            "matrix_version": self.matrix_version,
            "replies": self.replies,
        }
        written = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return written.encode()

    def sha256(self, salt: str) -> str:
        """The hash that names exactly this content; it tells nothing once its salt is erased."""
        return hashlib.sha256(salt.encode() + self.canonical).hexdigest()


def not_found_out(fields: Mapping[str, Any]) -> Answers:
    """The answers of "could not find out, because…".

    Raises:
        Incomplete: there is no reason, or it is another one and not told.
    """
    because, tried = clean(fields.get("because")), clean(fields.get("tried"))
    if because not in BECAUSE.words:
        raise Incomplete([RuleBroken(N_("Choose a reason."), field="because")])
    answers: Answers = {"because": because}
    if tried or because == Because.OTHER:
        answers["tried"] = _told(tried)
    return answers


def no_change(before: Answers, fields: Mapping[str, Any], *, has_evidence: bool) -> Answers:
    """The answers of "same as last month": last month's, and what was looked at.

    Raises:
        Incomplete: neither evidence of last month stands behind it, nor is told what was tried.
    """
    tried = clean(fields.get("tried"))
    if tried or not has_evidence:
        return {**before, "tried": _told(tried)}
    return dict(before)


def _told(tried: str) -> str:
    try:
        return text_of(TRIED, tried)
    except RuleBroken as fault:
        raise Incomplete([RuleBroken(fault.message, field="tried", **fault.params)]) from None


def reason(typed: str) -> str:
    """Why contradictions stand all the same.

    Raises:
        RuleBroken: it is too short or too long to be one.
    """
    text = clean(typed)
    least, most = REASON
    if not least <= len(text) <= most:
        raise RuleBroken(
            N_("Give the reason in %(least)s to %(most)s characters; this has %(n)s."),
            field="contradiction_reason",
            least=least,
            most=most,
            n=len(text),
        )
    return text


def unanswered(
    commented: set[str], replies: Mapping[str, str], before: Answers, after: Answers
) -> list[RuleBroken]:
    """The faults for each commented field that is neither changed nor answered.

    Args:
        commented: fields the mentor commented on; "" for the report as a whole.
        replies: what the author answers, by field.
        before: what the mentor saw, evidence included under its own name.
        after: what is sent now.
    """
    changed = {name for name in {*before, *after} if before.get(name) != after.get(name)}
    if changed:
        changed.add("")  # Any change is a change of the whole.
    return [
        RuleBroken(
            N_("Your mentor asked something here: answer it, or change the field."), field=name
        )
        for name in sorted(commented - changed - set(replies))
    ]
