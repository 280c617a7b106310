"""What a step of the log tells of the record it made: hashes of its content.

So the one chain vouches for records that stand outside it. The form is described in
docs/decisions/audit.md; like the log's own it never changes.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any


@dataclass(frozen=True)
class Content:
    """What a record says: facts, which last, and words, which may have to be erased."""

    facts: Mapping[str, Any]
    words: Mapping[str, Any] = field(default_factory=dict)
    #: Random, and erased together with the words: then their hash tells nothing of them.
    salt: str = ""
    #: Of the facts, those that no step changes, where steps change others.
    lasts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_erased(self) -> bool:
        """Whether the words are gone, and the salt with them."""
        return bool(self.words) and not self.salt and not any(self.words.values())


def hashes(content: Content) -> dict[str, str]:
    """The hashes of a content, by what they are of: what a step tells."""
    told = {"facts": _sha256(written(content.facts))}
    if content.words:
        told["words"] = _sha256(f"{content.salt}\n".encode() + written(content.words))
    if content.lasts:
        told["lasts"] = _sha256(written(content.lasts))
    return told


def written(columns: Mapping[str, Any]) -> bytes:
    """The one way columns are written down: ASCII JSON, keys sorted, no spaces."""
    return json.dumps(
        columns, sort_keys=True, separators=(",", ":"), ensure_ascii=True, default=_moment
    ).encode()


def _moment(value: object) -> str:
    """A moment in UTC, to the microsecond; a day as it is; what none of ours holds, anyhow."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else repr(value)


def _sha256(form: bytes) -> str:
    return hashlib.sha256(form).hexdigest()


def difference(kept: Content | None, told: Sequence[Mapping[str, Any]], *, may_change: bool) -> str:
    """What speaks against a record; "" if it is what the log tells.

    Args:
        kept: what is stored; None if it cannot be read any more.
        told: what each step that tells of it says, the latest last.
        may_change: whether it is changed by steps. What is made once is told once: told again,
            its facts are the same and its words are gone. What lasts is the same in all that
            tell of it.
    """
    if not told:
        return "no step of the log tells of it"
    if kept is None:
        return "cannot be read: it was changed"
    now, latest = hashes(kept), told[-1]
    is_retold = len(told) > 1 and not may_change
    facts = {str(one.get("facts")) for one in told}
    if is_retold and (not kept.is_erased or len(facts) > 1):
        return "the log tells of it more than once"
    if any(one.get("lasts") != now.get("lasts") for one in told):
        return "its content is not what was logged"
    if all(latest.get(part) == hash_ for part, hash_ in now.items()):
        return ""
    if kept.is_erased and now["facts"] == latest.get("facts"):
        return "its words were erased, and no step of the log tells of that"
    return "its content is not what was logged"
